import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz } from '../../lab/fuzz/fuzz.ts';
import { reportOf, target as wholeDisk } from '../../lab/fuzz/targets/disk.ts';
import { bombs } from '../../lab/hostile/bombs.ts';
import { foreigners, strangers } from '../../lab/hostile/files.ts';
import { hiveDamages, plantDepth, plantSymbolicLink } from '../../lab/hostile/hives.ts';
import { hostileVhds, hostileVhdxs, qcow2Over, selfReferringQcow2 } from '../../lab/hostile/images.ts';
import { type RunLimits, runWatched, type WatchedOptions, type WatchedRun } from '../../lab/hostile/run.ts';
import {
  brokenKeyIndexes,
  brokenSystemFiles,
  partlyReadableVolumes,
  unreadableVolumes,
} from '../../lab/hostile/volumes.ts';
import { buildWindows, softwarePath, windowsVolume } from '../../lab/hostile/windows.ts';
import { serveRanges } from '../../lab/http/index.ts';
import { makeImage } from '../../lab/images/index.ts';
import { setValue } from '../../lab/machine/index.ts';
import { gptDisk } from '../../lab/world/disk.ts';
import { FormatError } from '../formats/errors.ts';
import { type Report, reportSchema } from '../report/schema.ts';

// Every input here is bad. It ends in one clear sentence and exit code 3, or, where only a part of it cannot be read,
// in a report that says so; within ten seconds and a modest memory, whatever the input claims of itself.

/** What needs a system that has such files. */
const onPosix = process.platform === 'win32' ? it.skip : it;

const longestRun = 10_000;
/** A healthy machine takes about 115. */
const mostMebibytes = 256;
const secret = 'HUSH';

let folder: string;
let windows: Buffer;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-bad-'));
  windows = windowsVolume();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes an input into a folder of its own, so that nothing lies beside it. */
function put(name: string, bytes: Buffer): string {
  const own = mkdtempSync(path.join(folder, 'input-'));
  const file = path.join(own, name);
  writeFileSync(file, bytes);
  return file;
}

/** Two runs at a time are what a small machine has room for. */
const mostRuns = 2;
const waiting: (() => void)[] = [];
let running = 0;

async function run(args: readonly string[], options: WatchedOptions = {}): Promise<WatchedRun> {
  if (running === mostRuns) await new Promise<void>((start) => waiting.push(start));
  else running++;
  try {
    return await runWatched(args, options);
  } finally {
    const start = waiting.shift();
    if (start) start();
    else running--;
  }
}

function expectBounded(result: WatchedRun): void {
  expect(result.endedFor).toBeUndefined();
  expect(result.milliseconds).toBeLessThan(longestRun);
  expect(result.peakMebibytes).toBeLessThan(mostMebibytes);
}

/** One line that names the target and the problem, nothing that steers a terminal, no stack trace. */
function expectRefusal(result: WatchedRun, target: string, problem: RegExp): void {
  expectBounded(result);
  const opening = `rdpmend: cannot examine ${target}: `;
  expect(result.stderr.slice(0, opening.length)).toBe(opening);
  const message = result.stderr.slice(opening.length);
  expect(message).toMatch(/^\P{Cc}+\n$/u);
  expect(message).toMatch(problem);
  expect(message).not.toMatch(/defect|undefined|NaN|\bat (?:file|node):/);
  expect(result.exitCode).toBe(3);
}

/** With `--json` standard output has the same as one object; without it has nothing. */
async function expectRefused(target: string, problem: RegExp, args: readonly string[] = []): Promise<void> {
  const result = await run(['diagnose', target, '--json', ...args]);
  expectRefusal(result, target, problem);
  const { error, targets, findings } = reportSchema.parse(JSON.parse(result.stdout));
  expect({ targets, findings, target: error?.target }).toEqual({ targets: [], findings: [], target });
  expect(result.stderr).toContain(error?.message);
}

async function reportFrom(file: string, options: WatchedOptions = {}): Promise<Report> {
  const result = await run(['diagnose', file, '--json'], options);
  expectBounded(result);
  expect(result.stderr).toBe('');
  const report = reportSchema.parse(JSON.parse(result.stdout));
  const faulty = report.findings.some(({ verdict }) => verdict === 'fault');
  expect(result.exitCode).toBe(faulty ? 1 : 0);
  return report;
}

function verdictsOf(report: Report): Record<string, string> {
  return Object.fromEntries(report.findings.map(({ check, verdict }) => [check, verdict]));
}

describe.concurrent('a target that is no disk', () => {
  it('says nothing on standard output without --json', async () => {
    const target = put('empty.img', Buffer.alloc(0));
    const result = await run(['diagnose', target]);
    expectRefusal(result, target, /^it is empty\. Check the path\.\n$/);
    expect(result.stdout).toBe('');
  });

  it('a folder', () => expectRefused(folder, /^it is a folder/));

  it('a file that is not there', () =>
    expectRefused(path.join(folder, 'none.img'), /^there is no such file/));

  it.skipIf(process.platform === 'win32')('a pipe that nobody writes to', () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    return expectRefused(pipe, /^it is neither a file nor a disk/);
  });

  it.skipIf(process.platform === 'win32').for(['/dev/zero', '/dev/null'])('%s', (device) =>
    expectRefused(device, /^it is neither a file nor a disk/),
  );

  const problems: Record<keyof typeof strangers, RegExp> = {
    png: /neither a partition table nor a volume/,
    zip: /a ZIP archive\. Unpack it/,
    gzip: /a gzip file\. Unpack it/,
    zstd: /a Zstandard file\. Unpack it/,
    iso: /an ISO 9660 image, an installation medium/,
    vmdk: /a VMDK image, .* qemu-img convert/,
    text: /neither a partition table nor a volume/,
    random: /neither a partition table nor a volume/,
    zeros: /the first sector is blank/,
    'one byte': /too few for a disk/,
  };

  it.for(Object.entries(strangers))('%s', ([name, make]) =>
    expectRefused(put('input.img', make()), problems[name as keyof typeof strangers]),
  );
});

describe.concurrent('a disk without Windows', () => {
  const problems: Record<keyof typeof foreigners, RegExp> = {
    'no partitions': /it has no partitions/,
    'a partition of Linux': /has no Windows installation/,
    FAT: /has no Windows installation/,
    BitLocker: /encrypted with BitLocker.*manage-bde -unlock/,
  };

  it.for(Object.entries(foreigners))('%s', ([name, make]) =>
    expectRefused(put('input.img', make()), problems[name as keyof typeof foreigners]),
  );

  it('a partition that is not there', () =>
    expectRefused(put('input.img', windows), /there is no partition 7. The disk has: 0/, ['--volume', '7']));
});

describe.concurrent('a container that lies about itself', () => {
  const problems: Readonly<Record<string, RegExp>> = {
    'a fixed VHD of nearly 2^64 bytes': /which no device can hold/,
    'a VHD of nearly 2^64 bytes': /which no device can hold/,
    'a VHD of nearly 2^53 bytes': /has 1 entries for a disk of 4294967296 blocks/,
    'a VHD of nearly 2^53 bytes with 2^32 blocks': /has 4294967295 entries for/,
    'a VHD with a table past its end': /table entry of block 0 at \d+ lies past the end/,
    'a VHD with blocks past its end': /block 0 at \d+ reaches past the end/,
    'a VHD with blocks of 4 GiB': /a block size of 2147483648 bytes/,
    'a VHDX without a sound header': /neither of the two VHDX headers/,
    'a VHDX with a region table of 2^32 entries': /neither of the two VHDX region tables/,
    'a VHDX with regions past its end': /the metadata table at \d+ reaches past the end/,
    'a VHDX with a log of 4 GiB': /a log of 4294963200 bytes/,
    'a VHDX whose log goes round': /reaches past the end of the file/,
    'a VHDX whose log entries lie over each other': /reaches past the end of the file|over each other/,
    'a VHDX with a disk of 2^63 bytes': /which no device can hold/,
  };

  const container = (name: string): Buffer => {
    const file = { ...hostileVhds(windows), ...hostileVhdxs(windows) }[name];
    if (!file) throw new Error(`no container is ${name}`);
    return file;
  };
  const absurd = ['a VHD of nearly 2^53 bytes with 2^32 blocks', 'a VHDX with a log of 4 GiB'];

  it.for(Object.entries(problems))('%s', ([name, problem]) => {
    expect(() => reportOf(container(name))).toThrow(problem);
  });

  it.for(absurd)('%s, seen from outside', (name) =>
    expectRefused(put('input.img', container(name)), problems[name] ?? /^$/),
  );

  it('a qcow2 whose first table is the table of tables', () =>
    expectRefused(put('input.qcow2', selfReferringQcow2(windows)), /neither a partition table nor a volume/));

  it('any container cut off anywhere ends in a sentence, or in what is left of it', {
    timeout: 30_000,
  }, () => {
    const disk = gptDisk([windows]);
    for (const kind of ['raw', 'vhd-fixed', 'vhd-dynamic', 'vhdx-dynamic', 'qcow2'] as const) {
      const { file } = makeImage(kind, disk);
      const lengths = [1, 8, 511, 512, 513, 4095, 65_536, 200_000, file.length - 512, file.length - 1];
      for (let i = 1; i < 16; i++) lengths.push(Math.floor((file.length * i) / 16));
      for (const length of lengths)
        expect(outcome(file.subarray(0, length)), `${kind} ${length}`).toBe('ends');
    }
  });

  it.for(['raw', 'vhd-dynamic', 'vhdx-dynamic', 'qcow2'] as const)('%s cut off in the middle', (kind) => {
    const { file } = makeImage(kind, windows);
    return expectRefused(
      put('input.img', file.subarray(0, file.length / 5)),
      /past the end|cut|outside|last/,
    );
  });
});

/** What becomes of an input; all that is not a `FormatError` is thrown. */
function outcome(input: Buffer): 'ends' {
  try {
    reportOf(input);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  return 'ends';
}

describe.concurrent('a backing file', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['that is the image itself', 'input.qcow2', /is its own parent/],
    ['that is not there', 'none.qcow2', /parent "none.qcow2" is not there/],
    ['far away', '/etc/passwd', /"\/etc\/passwd" lies outside the image's own folder.*--follow-parent/],
    ['in the folder above', '../above.raw', /lies outside the image's own folder.*--follow-parent/],
    ['that is a folder', '.', /is neither a file nor a disk/],
    ['that never ends', '/dev/zero', /is neither a file nor a disk/],
    ['of JSON', `json:{"driver":"nbd","password":"${secret}"}`, /behind "json:"/],
    ['on a server', `nbd://user:${secret}@127.0.0.1:1/disk`, /behind "nbd:"/],
    ['with a name that steers terminals', 'no\x1b[31m\u202e\x9b31m', /is not there/],
  ];

  it.skipIf(process.platform === 'win32').for(cases)('%s', async ([, name, problem]) => {
    const file = put('input.qcow2', qcow2Over(name));
    writeFileSync(path.join(folder, 'above.raw'), windows);
    await expectRefused(file, problem);
  });

  it('that comes back to the image over another', async () => {
    const own = mkdtempSync(path.join(folder, 'input-'));
    writeFileSync(path.join(own, 'a'), qcow2Over('b', 'qcow2'));
    writeFileSync(path.join(own, 'b'), qcow2Over('a', 'qcow2'));
    await expectRefused(path.join(own, 'a'), /\/a" is its own parent/);
  });

  it('keeps its password to itself behind a URL too', async () => {
    const server = await serveRanges(qcow2Over(`nbd://user:${secret}@127.0.0.1:1/disk`));
    try {
      const { stdout, stderr, exitCode } = await run(['diagnose', server.url, '--json']);
      expect(exitCode).toBe(3);
      expect(stdout + stderr).not.toContain(secret);
    } finally {
      await server.close();
    }
  });
});

describe.concurrent('a volume that cannot be opened', () => {
  const ofRecord5 = 'a root directory whose record is another kind';

  it.for(Object.entries(unreadableVolumes))('%s', ([, make]) => {
    expect(() => reportOf(make())).toThrow(/^the volume cannot be read: .*chkdsk/);
  });

  it('seen from outside', () =>
    expectRefused(
      put('input.img', unreadableVolumes['file records of 2^127 bytes']?.() ?? windows),
      /^the volume cannot be read: .*chkdsk/,
    ));

  it(ofRecord5, () =>
    expectRefused(
      put('input.img', unreadableVolumes[ofRecord5]?.() ?? windows),
      /^the volume cannot be read/,
    ),
  );
});

function damagedSystem(name: string): Buffer {
  const damage = hiveDamages[name]?.damage;
  if (!damage) throw new Error(`no hive is damaged by ${name}`);
  return windowsVolume({ system: damage });
}

function expectBlindToSystem(report: Report): void {
  expect(report.targets[0]?.machine).toMatchObject({ build: 20348, computerName: null });
  const blind = report.findings.flatMap((finding) => (finding.verdict === 'unknown' ? finding.unseen : []));
  expect(blind.some(({ why }) => why.startsWith('cannot read the SYSTEM hive: '))).toBe(true);
  expect(verdictsOf(report)['rdp-service-disabled']).toBe('unknown');
}

describe.concurrent('a part that cannot be read', () => {
  it('makes its own checks unknown and leaves the others', async () => {
    const file = put('input.img', damagedSystem('a count of 2^32 - 1 values'));
    const verdicts = verdictsOf(await reportFrom(file));
    expect(verdicts['listener-value-invalid']).toBe('unknown');
    expect(verdicts).not.toHaveProperty('rdp-service-disabled');
    expect(verdicts).not.toHaveProperty('tls-1.2-server-disabled');
  });

  it.for(Object.entries(brokenSystemFiles))('the SYSTEM hive, by %s', ([, make]) => {
    expectBlindToSystem(reportOf(make()));
  });

  it('the SYSTEM hive, seen from outside', async () => {
    const make = brokenSystemFiles['a size of nearly 2^53 in two clusters'];
    expectBlindToSystem(await reportFrom(put('input.img', make?.() ?? windows)));
  });

  it.for(Object.entries(hiveDamages))('%s', ([name, { blind }]) => {
    expect(verdictsOf(reportOf(damagedSystem(name)))[blind]).toBe('unknown');
  });

  it('ten thousand keys one below the other', async () => {
    const { findings } = await reportFrom(put('input.img', windowsVolume({ system: plantDepth })));
    expect(findings).toEqual([]);
  });

  it('$Secure', () => {
    const volume = partlyReadableVolumes['a $Secure without its index']?.() ?? windows;
    const verdicts = verdictsOf(reportOf(volume));
    expect(verdicts['certificate-key-unreadable']).toBe('unknown');
    expect(verdicts['machine-keys-folder-changed']).toBe('unknown');
  });

  onPosix('a bad sector in the SOFTWARE hive', async () => {
    const { image, files, clusterSize } = buildWindows();
    const runs = files.get(softwarePath)?.attributes.find(({ type }) => type === 0x80)?.runs;
    const report = await reportFrom(put('input.img', image), {
      preload: path.resolve(import.meta.dirname, '../../lab/hostile/failing-reads.ts'),
      env: { FAILING_READS: `${(runs?.[0]?.lcn ?? 0) * clusterSize}+4096` },
    });
    expect(report.targets[0]?.machine.computerName).toBe('LAB-2022');
    expect(verdictsOf(report)['certificate-expired']).toBe('unknown');
  });
});

describe('a disk that was changed anywhere', () => {
  it('ends in a report, or in a typed error', () => {
    const { read, refused } = fuzz(wholeDisk, 150, 1);
    expect(Math.min(read, refused)).toBeGreaterThan(10);
  });
});

describe('what could not be seen is never taken for not there', () => {
  const keyMissing = (volume: Buffer) => verdictsOf(reportOf(volume))['certificate-key-missing'];

  it.for(Object.entries(brokenKeyIndexes))('%s', ([, make]) => {
    expect(keyMissing(make())).toBe('unknown');
  });

  it('a folder whose record has forgotten that it is one', () => {
    const volume = partlyReadableVolumes['a folder whose record has forgotten that it is one'];
    expect(keyMissing(volume?.() ?? windows)).toBe('unknown');
  });

  it('a key that only stands for another', () => {
    const verdicts = verdictsOf(reportOf(windowsVolume({ system: plantSymbolicLink })));
    expect(verdicts['listener-value-invalid']).toBe('unknown');
  });

  it('a list of subkeys that is another key’s', () => {
    const verdicts = verdictsOf(reportOf(damagedSystem('a key that is its own child')));
    expect(verdicts['tls-1.2-server-disabled']).toBe('unknown');
  });
});

describe.concurrent('a small disk that asks for all there is', () => {
  // A healthy disk of this size takes half a second and 115 MiB.
  const limits = { time: longestRun, mebibytes: 400 };

  async function expectExamined(make: () => Buffer, limits: RunLimits): Promise<void> {
    const { endedFor, exitCode } = await run(['diagnose', put('input.img', make())], { limits });
    expect({ endedFor, examined: exitCode === 0 || exitCode === 1 }).toEqual({
      endedFor: undefined,
      examined: true,
    });
  }

  it.for(Object.keys(bombs))('%s', (name) => expectExamined(bombs[name] ?? (() => windows), limits));
});

describe.concurrent('the terminal', () => {
  const steering = 'evil\x1b[31m\x1b]0;title\x07\r\n\u009b31m';
  const control = /[^\P{Cc}\n]/u;
  const named = (name: string) =>
    windowsVolume({
      machine({ system, software }) {
        const control = 'ControlSet001\\Control\\ComputerName\\ComputerName';
        setValue(system, control, 'ComputerName', name);
        setValue(system, 'ControlSet001\\Services\\TermService\\Parameters', 'ServiceDll', name);
        setValue(software, 'Microsoft\\Windows NT\\CurrentVersion', 'ProductName', name);
      },
    });

  it('is not steered by names on the disk', async () => {
    const { stdout, stderr } = await run(['diagnose', put('input.img', named(steering))]);
    expect(stdout).toContain('evil');
    expect(stdout + stderr).not.toMatch(control);
  });

  it('is not steered by the domain in an explanation', async () => {
    const volume = windowsVolume({
      machine({ system, software }) {
        setValue(system, 'ControlSet001\\Services\\Tcpip\\Parameters', 'Domain', steering);
        const policies = 'Policies\\Microsoft\\Windows NT\\Terminal Services';
        setValue(software, policies, 'fDenyTSConnections', 1);
      },
    });
    const { stdout } = await run(['diagnose', put('input.img', volume)]);
    expect(stdout).toContain('group-policy-reapplies');
    expect(stdout).not.toMatch(control);
  });

  it('shows no text in another order than it has', async () => {
    const { stdout } = await run(['diagnose', put('input.img', named('gnp.\u202eexe'))]);
    expect(stdout).not.toMatch(/\p{Bidi_Control}/u);
  });

  it('is not steered by the name of the target', async () => {
    const { stderr } = await run(['diagnose', path.join(folder, `none${steering}`)]);
    expect(stderr).not.toMatch(control);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});

describe.concurrent('output that cannot be written', () => {
  onPosix.for(['closed', 'full'] as const)('%s', async (stdout) => {
    const { stderr, exitCode } = await run(['diagnose', put('input.img', windows)], { stdout });
    expect(stderr).not.toMatch(/^ +at |Unhandled/m);
    expect(exitCode).not.toBe(1);
  });
});

describe.concurrent('wrong use', () => {
  const cases: readonly (readonly string[])[] = [
    [],
    ['diagnose'],
    ['diagnose', ...Array.from({ length: 17 }, (_, index) => `${index}.img`)],
    ['diagnose', 'server.example', '--timeout', '0'],
    ['diagnose', 'server.example', '--expect-certificate', 'AB'],
    ['explain'],
    ['diagnose', 'one.img', '--unknown'],
    ['diagnose', 'one.img', '--volume', 'two'],
    ['diagnose', 'one.img', '--volume', '-1'],
    ['diagnose', 'one.img', '--volume', '1.5'],
    ['mend'],
  ];

  it.for(cases)('%j', async (args) => {
    const result = await run(args);
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toMatch(/^(error: |Usage: )/);
    expect(result.stderr).not.toMatch(/^ +at /m);
  });
});

describe.concurrent('a URL', () => {
  const link = `https://user:${secret}@127.0.0.1:1/disk.vhd?sig=${secret}#${secret}`;

  it('that nobody answers is named without its secrets', async () => {
    const result = await run(['diagnose', link, '--json']);
    expectRefusal(result, 'https://127.0.0.1:1/disk.vhd', /^the server refuses connections/);
    expect(result.stdout + result.stderr).not.toContain(secret);
    expect(reportSchema.parse(JSON.parse(result.stdout)).error?.target).toBe('https://127.0.0.1:1/disk.vhd');
  });

  it('that is none is not named at all', async () => {
    const broken = `https://user:${secret}@[127.0.0.1/disk.vhd?sig=${secret}`;
    const result = await run(['diagnose', broken, '--json']);
    expectRefusal(result, 'https://...', /not a valid http or https URL/);
    expect(result.stdout + result.stderr).not.toContain(secret);
  });

  const slips: readonly (readonly string[])[] = [
    [link],
    ['diagnose', link, 'more'],
    ['diagnose', '--volume', link],
    ['diagnose', ` ${link}`],
    ['diagnose', `"${link}"`],
    ['diagnose', link.replace('https', 'ftp')],
  ];

  it.for(slips)('given wrongly keeps its secrets: %j', async (args) => {
    const { stdout, stderr } = await run(args);
    expect(stdout + stderr).not.toContain(secret);
  });
});
