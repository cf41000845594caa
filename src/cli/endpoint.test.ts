import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EndpointLiteral,
  endpoints,
  type LabEndpoint,
  startEndpoint,
  startOnBothFamilies,
} from '../../lab/endpoint/index.ts';
import { runProgram } from '../../lab/program/run.ts';
import { type Report, reportSchema } from '../report/schema.ts';
import { openEndpoint } from '../sources/endpoint/index.ts';

type EndpointReport = Extract<Report['targets'][number], { kind: 'endpoint' }>;

async function withEndpoint<T>(literal: EndpointLiteral, work: (endpoint: LabEndpoint) => Promise<T>) {
  const endpoint = await startEndpoint(literal);
  try {
    return await work(endpoint);
  } finally {
    await endpoint.close();
  }
}

/** `%` in an argument stands for the endpoint. */
function runOn(literal: EndpointLiteral, args: readonly string[]) {
  return withEndpoint(literal, async (endpoint) => {
    const run = await runProgram([
      'diagnose',
      ...args.map((word) => word.replace('%', `127.0.0.1:${endpoint.port}`)),
    ]);
    expect(run.stderr).toBe('');
    expect(endpoint.signIns).toBe(0);
    return { ...run, endpoint };
  });
}

async function reportOn(literal: EndpointLiteral, args: readonly string[] = ['--json', '%']) {
  const { stdout, exitCode, endpoint } = await runOn(literal, args);
  return { report: reportSchema.parse(JSON.parse(stdout)), exitCode, endpoint };
}

function endpointIn({ targets }: Report): EndpointReport {
  const target = targets.find(({ kind }) => kind === 'endpoint');
  if (target?.kind !== 'endpoint') throw new Error('no endpoint in the report');
  return target;
}

describe('rdpmend diagnose ENDPOINT', () => {
  it('ends with 0 where nothing is wrong up to a sign-in, and says what was seen', async () => {
    const { stdout, exitCode, endpoint } = await runOn(endpoints['windows-nla'](), ['%']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`127.0.0.1:${endpoint.port}`);
    expect(stdout).toContain('SRV2022');
    expect(stdout).toContain('healthy-from-here');
  });

  it('reports the same as one object with --json', async () => {
    const { report, exitCode, endpoint } = await reportOn(endpoints['windows-nla']());
    expect(exitCode).toBe(0);
    expect(report.findings.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual([
      'healthy-from-here healthy',
    ]);
    const target = endpointIn(report);
    expect(target).toMatchObject({
      address: '127.0.0.1',
      port: endpoint.port,
      machine: { computerName: 'SRV2022', build: 20348 },
      keyProven: true,
    });
    expect(target.negotiation.map(({ requested }) => requested)).toEqual([11, 0, 1, 3, 2, 8, 4, 16]);
  });

  it('ends with 1 where there is a fault, and names it', async () => {
    const { stdout, exitCode } = await runOn(endpoints['alert-internal-error'](), ['%']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('tls-refused');
    expect(stdout).toContain('internal_error');
  });

  it('shows names off the network without what would steer a terminal', async () => {
    const runs = [[], ['--json']].map((flags) =>
      runOn(endpoints['ntlm-hostile-names'](), ['%', '--quick', ...flags]),
    );
    for (const { stdout } of await Promise.all(runs)) {
      for (const line of stdout.split('\n')) expect(line).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
    }
  });

  it('looks at localhost on both of its addresses, and names them apart', async () => {
    const both = await startOnBothFamilies(endpoints['windows-nla'](), endpoints['http']());
    try {
      const { stdout } = await runProgram(['diagnose', '--json', '--quick', `localhost:${both.port}`]);
      const report = reportSchema.parse(JSON.parse(stdout));
      const addresses = report.targets.map((target) => (target.kind === 'endpoint' ? target.address : ''));
      // What localhost leads to is the system's to say.
      if (addresses.length === 2) expect(addresses.toSorted()).toEqual(['127.0.0.1', '::1']);
      else expect(addresses).toEqual([addresses[0] === '::1' ? '::1' : '127.0.0.1']);
      const faulty = report.findings
        .filter(({ verdict }) => verdict === 'fault')
        .map(({ target }) => addresses[target]);
      expect(faulty).toEqual(addresses.filter((address) => address === '::1'));
    } finally {
      await both.close();
    }
  });

  it('compares the certificate with the one that the user says is configured', async () => {
    await withEndpoint(endpoints['windows-nla'](), async ({ port }) => {
      const named = `127.0.0.1:${port}`;
      const { sources } = await openEndpoint(named, { timeout: 8000, quick: true });
      const chain = sources[0].observed['endpoint-certificate'];
      const thumbprint = chain.state === 'known' ? chain.value.certificates[0].thumbprint : '';
      const asCopied = (thumbprint.match(/../g) ?? []).join(':').toLowerCase();
      const other = thumbprint.replace(/^./, (digit) => (digit === 'A' ? 'B' : 'A'));
      const [right, wrong] = await Promise.all(
        [asCopied, other].map(async (expected) => {
          const flags = ['--json', '--quick', '--expect-certificate', expected];
          const { stdout, exitCode } = await runProgram(['diagnose', ...flags, named]);
          const { findings } = reportSchema.parse(JSON.parse(stdout));
          return { exitCode, checks: findings.map(({ check }) => check) };
        }),
      );
      expect(right).toMatchObject({
        exitCode: 0,
        checks: expect.not.arrayContaining(['certificate-changed']),
      });
      expect(wrong?.checks).toContain('certificate-changed');
    });
  });
});

describe('rdpmend diagnose DISK ENDPOINT', () => {
  let folder: string;
  let demo: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-endpoint-'));
    demo = path.join(folder, 'os-disk.vhd');
    const packed = path.resolve(import.meta.dirname, '../../lab/demo/os-disk.vhd.zst');
    writeFileSync(demo, zstdDecompressSync(readFileSync(packed)));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('tells what each shows, and what on the disk explains the endpoint', async () => {
    const literal = endpoints['resets-at-client-hello']();
    const { report, exitCode } = await reportOn(literal, ['--json', demo, '%']);
    expect(exitCode).toBe(1);
    expect(report.targets.map(({ kind }) => kind)).toEqual(['disk', 'endpoint']);
    const checksOf = (place: number) =>
      report.findings.flatMap((finding) =>
        finding.verdict === 'fault' && finding.target === place ? finding.check : [],
      );
    expect(checksOf(0)).toEqual(
      expect.arrayContaining(['certificate-key-unreadable', 'tls-1.2-server-disabled']),
    );
    expect(checksOf(1)).toEqual(['dropped-at-tls']);
    const dropped = report.findings.find(({ check }) => check === 'dropped-at-tls');
    expect(dropped).toMatchObject({ explainedBy: expect.arrayContaining(['certificate-key-unreadable']) });
  });

  it('still tells of the disk where the endpoint cannot be examined', async () => {
    const run = await runProgram(['diagnose', '--json', demo, 'no-such-host.invalid']);
    const report = reportSchema.parse(JSON.parse(run.stdout));
    expect(run.exitCode).toBe(1);
    expect(report.targets.map(({ kind }) => kind)).toEqual(['disk']);
    expect(report.error).toMatchObject({ target: 'no-such-host.invalid' });
    expect(run.stderr).toContain('cannot examine no-such-host.invalid');
  });
});
