import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { diagnose } from '../src/checks/diagnose.ts';
import { checks } from '../src/checks/index.ts';
import { openEndpoint } from '../src/sources/endpoint/index.ts';
import type { Held } from './endpoint-audits.ts';

// Two hundred audits in this process, and what it holds after some of them: `node --expose-gc endpoint-two-hundred.ts PORT`.

const port = Number(process.argv[2]);

async function auditOnce(): Promise<void> {
  const { sources } = await openEndpoint(`127.0.0.1:${port}`, { timeout: 8000, quick: false });
  for (const source of sources) await diagnose(source, checks, new Date());
}

async function held(audits: number): Promise<Held> {
  // What was destroyed a moment ago is given back in a later turn of the event loop.
  await sleep(200);
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { audits, resources: resources(), sockets: socketsTo(port), heap: heapUsed, external, rss };
}

/** What keeps this process alive, by kind; the pipe to whoever started it is not of an audit. */
function resources(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap');
}

/**
 * Connections of this machine to the port, by state (proc(5): the second number of a line is the remote address, the third
 * the state in hex); undefined where there is no such table.
 */
function socketsTo(remote: number): Held['sockets'] {
  const wanted = remote.toString(16).toUpperCase().padStart(4, '0');
  try {
    const lines = readFileSync('/proc/net/tcp', 'latin1').split('\n').slice(1);
    const states = lines
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , to]) => to?.endsWith(`:${wanted}`));
    const waiting = states.filter(([, , , state]) => state === '06').length;
    return { open: states.length - waiting, waiting };
  } catch {
    return undefined;
  }
}

const first = 20;
const last = 200;
const after: Held[] = [];
const start = performance.now();
for (let audits = 1; audits <= last; audits++) {
  await auditOnce();
  if (audits === first || audits === last) after.push(await held(audits));
}
process.stdout.write(JSON.stringify({ after, milliseconds: (performance.now() - start) / last }));
