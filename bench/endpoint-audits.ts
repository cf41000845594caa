import path from 'node:path';
import { withFixture } from './endpoint-fixture.ts';
import { runWithin } from './endpoint-run.ts';
import { markdownTable, type Row } from './table.ts';

/** What a process holds after so many audits. */
export interface Held {
  readonly audits: number;
  /** Kinds of what keeps it alive: sockets, timers. */
  readonly resources: readonly string[];
  /** Connections of the system to the server; those that are over wait for a minute for what is late (TIME_WAIT). */
  readonly sockets: { readonly open: number; readonly waiting: number } | undefined;
  /** In bytes, after a collection of garbage. */
  readonly heap: number;
  readonly external: number;
  readonly rss: number;
}

const longest = 300_000;

/** What two hundred audits of one server in one process leave behind. */
export async function auditsPart(): Promise<string> {
  return withFixture('windows-nla', async ({ port }) => {
    const child = path.join(import.meta.dirname, 'endpoint-two-hundred.ts');
    process.stderr.write('two hundred audits\n');
    const { stdout, output } = await runWithin([process.execPath, '--expose-gc', child, `${port}`], longest);
    if (!stdout.startsWith('{')) throw new Error(`the audits did not end: ${output}`);
    const { after, milliseconds } = JSON.parse(stdout) as { after: Held[]; milliseconds: number };
    const [early, late] = after;
    if (!early || !late) throw new Error('nothing was held');
    return markdownTable(rowsOf(early, late, milliseconds));
  });
}

function rowsOf(early: Held, late: Held, milliseconds: number): Row[] {
  const both = (figure: (held: Held) => string) =>
    `${figure(early)} after ${early.audits} audits, ${figure(late)} after ${late.audits}`;
  const memory = (kind: 'heap' | 'external' | 'rss') => both((held) => mebibytes(held[kind]));
  return [
    {
      what: 'an audit in a process that runs',
      measured: `${milliseconds.toFixed(0)} ms on average`,
      aim: '',
    },
    {
      what: 'sockets and timers that keep it alive',
      measured: both(({ resources }) => resources.join(', ') || 'none'),
      aim: 'none',
    },
    {
      what: 'connections to the server',
      measured: both(({ sockets }) =>
        sockets ? `${sockets.open} open, ${sockets.waiting} in TIME_WAIT` : 'not to be seen here',
      ),
      aim: '0 open',
    },
    { what: 'heap', measured: memory('heap'), aim: 'no growth' },
    { what: 'buffers beside the heap', measured: memory('external'), aim: 'no growth' },
    { what: 'resident memory', measured: memory('rss'), aim: '' },
  ];
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
