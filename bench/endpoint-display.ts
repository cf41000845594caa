import { isInstalled } from '../lab/installed.ts';
import { startGroup } from '../lab/real-servers/process-group.ts';

/** A display for programs that want one. */
export interface Display {
  /** `:0`; undefined where Xvfb is not installed. */
  readonly name: string | undefined;
  stop(): Promise<void>;
}

/** One for the whole run: its start is no part of anyone's time. */
export async function startDisplay(): Promise<Display> {
  if (!isInstalled('Xvfb')) return { name: undefined, stop: async () => {} };
  const args = ['-displayfd', '3', '-noreset', '-screen', '0', '640x480x24'];
  const xvfb = await startGroup('Xvfb', args, {});
  let written = '';
  for await (const text of xvfb.signals) {
    written += text;
    if (written.endsWith('\n')) break;
  }
  if (written === '') throw new Error(`Xvfb gave no display: ${xvfb.output()}`);
  return { name: `:${written.trim()}`, stop: () => xvfb.end() };
}
