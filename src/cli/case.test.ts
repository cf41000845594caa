import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  domainMember,
  type EndpointLiteral,
  type EndpointName,
  endpoints,
  listenerCertificate,
  startEndpoint,
  windowsEndpoint,
} from '../../lab/endpoint/index.ts';
import { healthyMachine, type MachineLiteral, setValue } from '../../lab/machine/index.ts';
import { runProgram } from '../../lab/program/run.ts';
import { listenerKeyFile, replaceSelfSigned } from '../../lab/world/certificates.ts';
import { machineDisk } from '../../lab/world/disk.ts';
import { type Report, type ReportedTrouble, reportSchema } from '../report/schema.ts';
import { terminalPage } from '../report/terminal.ts';

const computerName = 'SRV2022';
const day = 86_400_000;
const control = 'ControlSet001\\Control';
const expired = {
  subject: `${computerName}.lab.example`,
  notBefore: new Date(Date.UTC(2020, 0, 1)),
  notAfter: new Date(Math.floor(Date.now() / day) * day - day),
};

const plants = {
  healthy() {},
  'TLS 1.2 off': ({ system }: MachineLiteral) =>
    setValue(system, `${control}\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server`, 'Enabled', 0),
  'unreadable key': (machine: MachineLiteral) => {
    listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)';
  },
  'certificate ended': (machine: MachineLiteral) => replaceSelfSigned(machine, expired),
} as const satisfies Record<string, (machine: MachineLiteral) => void>;

type PlantName = keyof typeof plants;

/** The disk of the machine as which the lab's endpoints present themselves, with the certificate that they present. */
function labDisk(plant: PlantName, name = computerName): Buffer {
  const machine = healthyMachine('2022', { computerName: name, domain: 'lab.example' });
  replaceSelfSigned(machine, listenerCertificate(`${name}.lab.example`));
  plants[plant](machine);
  return machineDisk(machine);
}

interface Run {
  readonly report: Report;
  readonly page: string;
  readonly exitCode: number | null;
}

describe('a disk and an endpoint in one command', { timeout: 30_000 }, () => {
  let folder: string;
  let file: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-case-'));
    file = path.join(folder, 'os-disk.raw');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function lookAt(disk: Buffer, literal: EndpointLiteral): Promise<Run> {
    writeFileSync(file, disk);
    const endpoint = await startEndpoint(literal);
    try {
      const run = await runProgram(['diagnose', '--json', file, `127.0.0.1:${endpoint.port}`]);
      expect(run.stderr).toBe('');
      const report = reportSchema.parse(JSON.parse(run.stdout));
      return { report, page: terminalPage(report, { width: 200, colour: false }), exitCode: run.exitCode };
    } finally {
      await endpoint.close();
    }
  }

  function troubles({ report }: Run): ReportedTrouble[] {
    return report.findings.filter(
      (finding): finding is ReportedTrouble => finding.verdict === 'fault' || finding.verdict === 'risk',
    );
  }

  function sourcesOf(run: Run, check: string): string[] {
    const trouble = troubles(run).find((candidate) => candidate.check === check);
    return [...new Set(trouble?.evidence.map(({ source }) => source))].sort();
  }

  it.each<[PlantName, EndpointName, string, string]>([
    ['TLS 1.2 off', 'tls-1.0', 'tls-1.2-server-disabled', 'no-modern-tls'],
    ['TLS 1.2 off', 'resets-at-client-hello', 'tls-1.2-server-disabled', 'dropped-at-tls'],
    ['unreadable key', 'alert-internal-error', 'certificate-key-unreadable', 'tls-refused'],
  ])('%s, and %s: one cause, proven by both', async (plant, name, cause, seen) => {
    const run = await lookAt(labDisk(plant), endpoints[name]());
    expect(troubles(run).map(({ check, certainty }) => [check, certainty])).toEqual([
      [cause, 'proven'],
      [seen, 'proven'],
    ]);
    expect(sourcesOf(run, cause)).toEqual(['disk', 'endpoint']);
    expect(sourcesOf(run, seen)).toEqual(['disk', 'endpoint']);
    expect(troubles(run).map(({ target, explainedBy }) => [target, explainedBy])).toEqual([
      [0, undefined],
      [1, [cause]],
    ]);
    expect(run.report.contradictions).toEqual([]);
    expect(run.page).toContain(`The disk of this machine has the cause: ${cause}.`);
    expect(run.exitCode).toBe(1);
  });

  it('a certificate that has ended is one finding with the evidence of both', async () => {
    const identity = domainMember(computerName, 10, 0, 20348);
    const literal = windowsEndpoint('presents what has ended', { identity, tls: { certificate: expired } });
    const run = await lookAt(labDisk('certificate ended'), literal);
    expect(troubles(run).map(({ check, certainty, target }) => [check, certainty, target])).toEqual([
      ['certificate-expired', 'proven', 0],
    ]);
    expect(sourcesOf(run, 'certificate-expired')).toEqual(['disk', 'endpoint']);
  });

  it('says that the disk has TLS 1.2 on and the endpoint refuses it', async () => {
    const run = await lookAt(labDisk('healthy'), endpoints['tls-1.0']());
    expect(run.report.contradictions).toMatchObject([
      {
        targets: [0, 1],
        checks: ['tls-1.2-server-disabled'],
        title: 'The disk says that TLS 1.2 is on, the endpoint refuses it',
        evidence: [{ source: 'disk' }, { source: 'endpoint' }],
      },
    ]);
    expect(run.page).toContain('CONTRADICTION  The disk says that TLS 1.2 is on, the endpoint refuses it');
    expect(run.report.targets[1]?.notes).toEqual([expect.stringContaining('(no-modern-tls)')]);
    expect(run.exitCode).toBe(1);
  });

  it('says that a fault of the disk is not in force at the endpoint', async () => {
    const run = await lookAt(labDisk('TLS 1.2 off'), endpoints['windows-nla']());
    expect(run.report.contradictions).toMatchObject([
      {
        checks: ['tls-1.2-server-disabled'],
        explanation: expect.stringContaining('after the next restart'),
        evidence: [{ source: 'disk' }, { source: 'endpoint' }],
      },
    ]);
    expect(sourcesOf(run, 'tls-1.2-server-disabled')).toEqual(['disk']);
    expect(run.exitCode).toBe(1);
  });

  it('says that another machine answers, and keeps the two apart', async () => {
    const run = await lookAt(labDisk('TLS 1.2 off', 'OTHER'), endpoints['tls-1.0']());
    expect(run.report.contradictions).toMatchObject([{ checks: [], targets: [0, 1] }]);
    expect(run.page).toContain('The disk is that of OTHER, and SRV2022');
    expect(sourcesOf(run, 'tls-1.2-server-disabled')).toEqual(['disk']);
    expect(sourcesOf(run, 'no-modern-tls')).toEqual(['endpoint']);
  });

  it('a healthy pair has no fault, no contradiction and nothing to explain', async () => {
    const run = await lookAt(labDisk('healthy'), endpoints['windows-nla']());
    expect(troubles(run)).toEqual([]);
    expect(run.report.contradictions).toEqual([]);
    expect(run.report.targets.map(({ notes }) => notes)).toEqual([[], []]);
    expect(run.exitCode).toBe(0);
  });
});
