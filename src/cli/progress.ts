import { say, text } from '../text/index.ts';

/** How much has been read from far away so far. */
export interface ReadSoFar {
  readonly bytesRead: number;
  readonly reads: number;
}

export interface Progress {
  update(soFar: ReadSoFar): void;
  stop(): void;
}

/**
 * Shows on standard error, where that is a terminal, that long work goes on. Nothing is loaded or shown for work
 * that never reports, as a local disk never does.
 */
export function startProgress(): Progress {
  if (!process.stderr.isTTY) return { update() {}, stop() {} };
  let latest: ReadSoFar | undefined;
  let spinner: ReturnType<typeof makeSpinner> | undefined;
  let stopped = false;
  return {
    update(soFar) {
      latest = soFar;
      spinner ??= makeSpinner(() => (stopped ? undefined : latest && sentence(latest)));
      spinner.then((shown) => shown?.message(sentence(soFar)));
    },
    stop() {
      stopped = true;
      spinner?.then((shown) => shown?.clear());
    },
  };
}

async function makeSpinner(current: () => string | undefined) {
  const { spinner } = await import('@clack/prompts');
  const sentenceNow = current();
  if (sentenceNow === undefined) return undefined;
  const shown = spinner({ output: process.stderr });
  shown.start(sentenceNow);
  return shown;
}

function sentence({ bytesRead, reads }: ReadSoFar): string {
  return say(text('progress.remote', { kibibytes: Math.round(bytesRead / 1024), requests: reads }));
}
