import { expectations } from './endpoint-expectations.ts';
import { type Fixture, missingFor, withFixture } from './endpoint-fixture.ts';
import { runWithin } from './endpoint-run.ts';
import { namedBy } from './endpoint-said.ts';
import { markdownColumns } from './endpoint-table.ts';
import type { Tool, Tools } from './endpoint-tools.ts';

/** A program that says nothing for so long, in milliseconds, is of no use to whoever waits. */
const limit = 30_000;

interface Peer {
  readonly tool: Tool;
  /** What is asked where that does not end: nmap prints nothing before the last of its scripts has ended. */
  readonly orElse?: Tool;
}

/** What each program says of each server, and how long it took; and how often rdpmend names what is wrong. */
export async function comparisonPart({ full, nmap, nmapRdp, sslscan, xfreerdp }: Tools): Promise<string> {
  const peers: readonly Peer[] = [{ tool: nmap, orElse: nmapRdp }, { tool: sslscan }, { tool: xfreerdp }];
  const rows: string[][] = [];
  const wrong: string[] = [];
  let judged = 0;
  for (const [name, expected] of Object.entries(expectations)) {
    const missing = missingFor(name);
    if (missing.length > 0) {
      rows.push([name, `not measured: not installed: ${missing.join(', ')}`, ...peers.map(() => '')]);
      continue;
    }
    process.stderr.write(`${name}\n`);
    const { cells, isRight } = await withFixture(name, (fixture) => look(fixture, expected, full, peers));
    judged++;
    if (!isRight) wrong.push(name);
    rows.push([name, ...cells]);
  }
  const score = `rdpmend names what is expected on ${judged - wrong.length} of ${judged} servers`;
  const table = markdownColumns(['server', full.name, ...peers.map(({ tool }) => tool.name)], rows);
  return `${table}\n\n${score}${wrong.length > 0 ? `; not on ${wrong.join(', ')}` : ''}.`;
}

async function look(
  { host, port }: Fixture,
  expected: readonly string[],
  full: Tool,
  peers: readonly Peer[],
): Promise<{ cells: string[]; isRight: boolean }> {
  const { stdout, output, milliseconds, ended } = await runWithin(full.command(host, port), limit);
  if (!ended || stdout === '') throw new Error(`rdpmend made no report: ${output}`);
  const isRight = namedBy(stdout).toSorted().join() === expected.toSorted().join();
  const cells = [`${full.said(stdout)}, ${seconds(milliseconds)}${isRight ? '' : ' (wrong)'}`];
  for (const peer of peers) cells.push(await lookWith(peer, host, port));
  return { cells, isRight };
}

async function lookWith({ tool, orElse }: Peer, host: string, port: number): Promise<string> {
  if (!tool.installed) return 'not installed';
  const { output, milliseconds, ended } = await runWithin(tool.command(host, port), limit);
  if (ended) return `${tool.said(output)}, ${seconds(milliseconds)}`;
  const over = `over ${limit / 1000} s`;
  return orElse ? `${over}; ${orElse.name}: ${await lookWith({ tool: orElse }, host, port)}` : over;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
