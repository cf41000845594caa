import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusingPort } from '../../lab/endpoint/index.ts';
import { serveApart } from '../../lab/endpoint-trial/served.ts';
import { type ProgramRun, runProgram } from '../../lab/program/run.ts';
import { type Report, reportSchema } from '../report/schema.ts';

// Names that are none, names that lead nowhere, and servers that never end. Each ends in one clear sentence and exit code
// 3, or, where something was seen, in a report; in time, and without a byte that could steer a terminal.

const printableLines = /^[^\p{Cc}\p{Cf}]*$/u;

function expectPrintable({ stdout, stderr }: ProgramRun): void {
  for (const line of `${stdout}\n${stderr}`.split('\n')) expect(line).toMatch(printableLines);
}

function reportOf({ stdout }: ProgramRun): Report {
  return reportSchema.parse(JSON.parse(stdout));
}

const notAName = 'it is neither a name nor an address';
const notAPort = 'the port must be a number from 1 to 65535';
const notFound = 'no address is known for this name';

const badTargets: readonly [target: string, problem: string][] = [
  ['', notAName],
  ['10.0.0.256', notAName],
  ['1.2.3', notAName],
  ['0x7f000001', notAName],
  [':3389', notAName],
  ['[::1', notAName],
  ['a..b', notAName],
  ['n'.repeat(5000), notAName],
  ['\u001b[2J\u001b]0;owned\u0007host', notAName],
  ['ho\u202est', notAName],
  ['ho\nst:3389', notAName],
  ['host\u009b31m:3389', notAName],
  ['host:', notAPort],
  ['127.0.0.1:0', notAPort],
  ['127.0.0.1:65536', notAPort],
  ['[::1]:abc', notAPort],
  ['host:\u001b[2J', notAPort],
  ['no-such-host.invalid', notFound],
  ['bücher.invalid:3390', notFound],
  [`${'n'.repeat(63)}.${'m'.repeat(63)}.invalid`, notFound],
  ['missing-disk.vhd', 'there is no such file'],
];

describe('rdpmend diagnose, given what is no endpoint', () => {
  /** As many as one run takes, and as are told apart. */
  const half = Math.ceil(badTargets.length / 2);

  it.each([
    { flags: [], given: badTargets.slice(0, half) },
    { flags: ['--json'], given: badTargets.slice(half) },
  ])('says of each what is wrong with it, in one line, and ends with 3: $flags', async ({ flags, given }) => {
    const run = await runProgram(['diagnose', ...flags, ...given.map(([target]) => target)]);
    expect(run.exitCode).toBe(3);
    const lines = run.stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(given.length);
    for (const [index, [, problem]] of given.entries()) expect(lines[index]).toContain(`: ${problem}`);
    expectPrintable(run);
    if (flags.length === 0) expect(run.stdout).toBe('');
    else expect(reportOf(run)).toMatchObject({ targets: [], errors: { length: given.length } });
  });

  it('takes blanks around a name for a slip', async () => {
    const port = await refusingPort();
    const run = await runProgram(['diagnose', '--json', ` 127.0.0.1:${port} `]);
    expect(run.exitCode).toBe(1);
    expect(reportOf(run).findings[0]).toMatchObject({ check: 'port-closed' });
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('says so where nothing can be sent there from here', async () => {
    const run = await runProgram(['diagnose', '--json', '224.0.0.1']);
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toMatch(/^rdpmend: cannot examine 224\.0\.0\.1: no connection could be tried .*\n$/);
    expect(reportOf(run)).toMatchObject({ targets: [], error: { target: '224.0.0.1' } });
  });
});

describe('rdpmend diagnose, used wrongly', () => {
  it.each([[['--timeout', '0']], [['--timeout', 'x']], [['--timeout', '\u001b[2J']], [['--\u001b[2J']]])(
    'ends with 2: %j',
    async (flags) => {
      const run = await runProgram(['diagnose', '127.0.0.1', ...flags]);
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
      expect(run.stderr).toMatch(/^error: .+\n$/);
      expectPrintable(run);
    },
  );
});

describe('rdpmend diagnose, at a server that never ends', () => {
  it('says what came, in time', async () => {
    await using served = await serveApart('endless-junk');
    const began = performance.now();
    const run = await runProgram(['diagnose', '--json', '--timeout', '2', `127.0.0.1:${served.port}`]);
    expect(performance.now() - began).toBeLessThan(2000 + startAndEnd);
    expect(run).toMatchObject({ exitCode: 1, stderr: '' });
    expect(reportOf(run).findings[0]).toMatchObject({ check: 'wrong-service', verdict: 'fault' });
  });
});

/** What Node may take to start on a machine that is busy; what hangs, hangs for longer. */
const startAndEnd = 15_000;

describe('rdpmend diagnose, where the resolver hangs', () => {
  const onPosix = process.platform === 'win32' ? it.skip : it;
  const program = path.resolve(import.meta.dirname, 'main.ts');
  const hook = path.resolve(import.meta.dirname, '../../lab/endpoint-trial/hanging-lookup.ts');

  function runHanging(args: readonly string[]): Promise<ProgramRun> {
    const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
    return new Promise((resolve) => {
      const words = ['--import', hook, program, 'diagnose', ...args];
      const child = execFile(process.execPath, words, { env }, (_error, stdout, stderr) =>
        resolve({ exitCode: child.exitCode, stdout, stderr }),
      );
    });
  }

  onPosix('says so and ends at its deadline', async () => {
    const began = performance.now();
    const run = await runHanging(['--timeout', '1', '--json', 'localhost']);
    expect(performance.now() - began).toBeLessThan(1000 + startAndEnd);
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toMatch(/^rdpmend: cannot examine localhost: the DNS servers .* in time\..*\n$/);
    expect(reportOf(run).error).toMatchObject({ target: 'localhost' });
  });
});
