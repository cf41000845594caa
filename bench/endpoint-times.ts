import { type Fixture, missingFor, withFixture } from './endpoint-fixture.ts';
import { runWithin } from './endpoint-run.ts';
import { markdownColumns } from './endpoint-table.ts';
import { rdpmend, type Tool, type Tools } from './endpoint-tools.ts';
import { markdownTable } from './table.ts';
import { type Timing, timeInTurn } from './time.ts';

const runs = 9;
const fiveTimes = 'at most 0.2';

/** What a program's time is held against. */
interface Rival {
  readonly tool: Tool;
  readonly runs: number;
  /** How much of its time a full audit may take at most, and what that means. */
  readonly aim?: string;
}

/** How long each program takes with a server that is healthy, in turn, and how many connections it makes. */
export async function timesPart(tools: Tools): Promise<string> {
  const { quick, sslscan, nmap, nmapRdp, xfreerdp } = tools;
  const first: readonly Rival[] = [
    { tool: quick, runs },
    { tool: sslscan, runs, aim: 'under 1' },
    { tool: xfreerdp, runs },
  ];
  const rows = [
    ...(await rowsOf('xrdp-tls', tools.full, [
      ...first,
      { tool: nmapRdp, runs },
      { tool: nmap, runs, aim: fiveTimes },
    ])),
    // The lab's server waits for the rest of whatever does not begin as RDP does, and so do the two scripts of TLS, for
    // half a minute: once is enough, and nothing is held against that.
    ...(await rowsOf('windows-nla', tools.full, [
      ...first,
      { tool: nmapRdp, runs, aim: fiveTimes },
      { tool: nmap, runs: 1 },
    ])),
  ];
  const head = ['server', 'program', 'median, least and most', 'rdpmend diagnose takes', 'aim'];
  return markdownColumns([...head, 'connections', 'sign-ins'], rows);
}

async function rowsOf(name: string, full: Tool, rivals: readonly Rival[]): Promise<string[][]> {
  const missing = missingFor(name);
  if (missing.length > 0) return [[name, `not measured: not installed: ${missing.join(', ')}`]];
  return withFixture(name, async (fixture) => {
    const timings = new Map([...timed(fixture, full, rivals, runs), ...timed(fixture, full, rivals, 1)]);
    const ours = timings.get(full);
    if (!ours) throw new Error('rdpmend was not timed');
    const rows: string[][] = [[name, full.name, spread(ours), '', '', ...(await countsOf(fixture, full))]];
    for (const { tool, aim = '' } of rivals) {
      const timing = timings.get(tool);
      const ratio = timing ? `${(ours.median / timing.median).toFixed(2)} of its time` : '';
      const cells = [timing ? spread(timing) : 'not measured: not installed', ratio, aim];
      rows.push(['', tool.name, ...cells, ...(timing ? await countsOf(fixture, tool) : ['', ''])]);
    }
    return rows;
  });
}

/** Those that are timed so often; rdpmend is in turn with those that are timed often. */
function timed(
  { host, port }: Fixture,
  full: Tool,
  rivals: readonly Rival[],
  times: number,
): [Tool, Timing & { runs: number }][] {
  const present = rivals.filter(({ tool, runs }) => tool.installed && runs === times).map(({ tool }) => tool);
  const tools = times === runs ? [full, ...present] : present;
  if (tools.length === 0) return [];
  process.stderr.write(`${times} of each: ${tools.map(({ name }) => name).join(', ')}\n`);
  const commands = tools.map((tool) => ({
    name: tool.name,
    run: tool.command(host, port),
    succeeds: everyEnd,
  }));
  const timings = timeInTurn(commands, times);
  return tools.flatMap((tool, index) => {
    const timing = timings[index];
    return timing ? [[tool, { ...timing, runs: times }]] : [];
  });
}

/** xfreerdp ends with the kind of its failure, and with no name and no password it has to fail. */
const everyEnd = Array.from({ length: 256 }, (_, code) => code);

function spread({ median, least, most, runs }: Timing & { runs: number }): string {
  if (runs === 1) return `${milliseconds(median)}, once`;
  return `${milliseconds(median)} (${least.toFixed(0)} to ${most.toFixed(0)})`;
}

/** One run more: what the server counted of it, where it counts. */
async function countsOf(fixture: Fixture, tool: Tool): Promise<string[]> {
  const before = await fixture.counts();
  if (!before) return ['', ''];
  await runWithin(tool.command(fixture.host, fixture.port), 60_000);
  const after = await fixture.counts();
  if (!after) return ['', ''];
  return [`${after.connections - before.connections}`, `${after.signIns - before.signIns}`];
}

/** How long a diagnosis takes of what accepts a connection and says nothing. */
export async function silencePart(): Promise<string> {
  return withFixture('silent', async ({ host, port }) => {
    const tool = rdpmend('rdpmend diagnose --timeout 8', ['--timeout', '8']);
    const command = { name: tool.name, run: tool.command(host, port), succeeds: [1] };
    const start = { name: 'node -e 0', run: [process.execPath, '-e', '0'] as const };
    const [ours, node] = timeInTurn([command, start], 3);
    if (!ours || !node) throw new Error('the silent server was not timed');
    return markdownTable([
      {
        what: 'a silent server, `--timeout 8`',
        measured: `${milliseconds(ours.median)} (${ours.least.toFixed(0)} to ${ours.most.toFixed(0)}), of which Node's own start ${milliseconds(node.median)}`,
        aim: '8000 ms and the start of the program',
      },
    ]);
  });
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}
