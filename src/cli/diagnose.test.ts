import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveRanges } from '../../lab/http/index.ts';
import { healthyMachine } from '../../lab/machine/index.ts';
import { runProgram } from '../../lab/program/run.ts';
import { machineDisk } from '../../lab/world/disk.ts';
import { reportSchema } from '../report/schema.ts';
import { version } from '../version.ts';

const demoDisk = path.resolve(import.meta.dirname, '../../lab/demo/os-disk.vhd.zst');
const demoFaults = ['certificate-key-unreadable', 'firewall-blocks-rdp', 'tls-1.2-server-disabled'];

describe('rdpmend diagnose', () => {
  let folder: string;
  let demo: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-test-'));
    demo = path.join(folder, 'os-disk.vhd');
    writeFileSync(demo, zstdDecompressSync(readFileSync(demoDisk)));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds the three faults of the demo disk, says so by its exit code, and writes nothing', async () => {
    const before = { bytes: readFileSync(demo), status: statSync(demo, { bigint: true }) };
    const { exitCode, stdout, stderr } = await runProgram(['diagnose', demo]);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
    for (const fault of demoFaults) expect(stdout).toContain(fault);
    expect(readFileSync(demo).equals(before.bytes)).toBe(true);
    expect(statSync(demo, { bigint: true }).mtimeNs).toBe(before.status.mtimeNs);
  });

  it('prints one JSON object and nothing else with --json', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['diagnose', '--json', demo]);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.findings.map(({ check }) => check).sort()).toEqual(demoFaults);
    expect(report.targets[0]?.machine).toMatchObject({ computerName: 'WEB-01', build: 20348, partition: 3 });
    expect(report.targets[0]).toMatchObject({ kind: 'disk', image: { format: 'vhd-dynamic' } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  });

  it('examines the same disk over HTTP, and never tells the query', async () => {
    const server = await serveRanges(readFileSync(demo));
    try {
      const url = `${server.url}?sig=SECRET`;
      const { exitCode, stdout, stderr } = await runProgram(['diagnose', '--json', url]);
      const report = reportSchema.parse(JSON.parse(stdout));
      expect(report.findings.map(({ check }) => check).sort()).toEqual(demoFaults);
      expect(stdout + stderr).not.toContain('SECRET');
      expect(exitCode).toBe(1);
    } finally {
      await server.close();
    }
  });

  it('ends with 0 on a healthy machine', async () => {
    const disk = path.join(folder, 'healthy.raw');
    writeFileSync(disk, machineDisk(healthyMachine('2019')));
    const { exitCode, stdout } = await runProgram(['diagnose', disk]);
    expect(stdout).toContain('Nothing that this disk can show prevents Remote Desktop.');
    expect(exitCode).toBe(0);
  });

  it('ends with 3, a sentence, and an error in the JSON where there is nothing to examine', async () => {
    const text = path.join(folder, 'notes.txt');
    writeFileSync(text, 'not a disk\n'.repeat(200));
    const { exitCode, stdout, stderr } = await runProgram(['diagnose', '--json', text]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^rdpmend: cannot examine .*notes\.txt: [^\n]+\n$/);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.error?.target).toBe(text);
    expect(report.targets).toEqual([]);
  });
});

describe('rdpmend', () => {
  it.each([
    [[]],
    [['diagnose']],
    [['diagnose', '--no-such-option', 'x']],
    [['diagnose', '--volume', 'C:', 'x']],
    [['repair-everything']],
  ])('ends with 2 when used wrongly: %j', async (args) => {
    const { exitCode, stdout, stderr } = await runProgram(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('tells its version and its help', async () => {
    expect(await runProgram(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
    const help = await runProgram(['diagnose', '--help']);
    expect(help.exitCode).toBe(0);
    expect(help.stdout).toContain('Exit codes: 0 no fault found');
    expect(help.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
