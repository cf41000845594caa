import path from 'node:path';
import { expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../lab/images/temporary.ts';
import { runOracle } from '../../../lab/oracle.ts';
import { examine, onlyTarget, verdicts } from '../../../lab/whole-disk/examine.ts';
import { asHivexPrints, hivexTree, hivexValue, treeLines } from '../../../lab/whole-disk/hivex.ts';
import { compressFolder, mountedVolume, scatterFreeSpace } from '../../../lab/whole-disk/mounted.ts';
import { naivelyReplayed } from '../../../lab/whole-disk/naive-replay.ts';
import { checks } from '../../checks/index.ts';
import { describeWithMount, type VolumeRecipe } from '../../formats/ntfs/testing/mounted-volume.ts';
import type { Answer } from '../../model/answer.ts';
import { type Question, questionName, registryKey, registryValue } from '../../model/question.ts';
import type { RegistryKey, RegistryValue } from '../../model/registry.ts';
import { type DiskMachine, openDisk } from './index.ts';

const mebibyte = 2 ** 20;
const place = 'Windows\\System32\\config\\SYSTEM';
const control = 'SYSTEM\\CurrentControlSet\\Control';

/** A hive of the corpus with its logs, as files of a volume. */
function hiveFiles(name: string, logs: readonly string[], at = place) {
  return ['', ...logs].map((suffix) => ({
    path: `${at}${suffix}`,
    data: corpusFile(`hives/${name}.SYSTEM${suffix}`),
  }));
}

/** All that the checks ask of SYSTEM, each question once, and whole keys besides. */
const asked = [
  ...checks.flatMap(({ questions }): Question[] => Object.values(questions)),
  ...['LanmanServer', 'Tcpip', 'TermService', 'W32Time'].map((service) =>
    registryKey(`SYSTEM\\CurrentControlSet\\Services\\${service}`, 9),
  ),
  registryKey(`${control}\\Terminal Server`, 9),
  registryKey('SYSTEM\\Select'),
  registryValue('SYSTEM\\Setup', 'SystemPartition'),
].filter((question) => 'key' in question && question.key.startsWith('SYSTEM\\'));

const questions = [...new Map(asked.map((question) => [questionName(question), question])).values()];

const valueQuestions = questions.filter((question) => question.kind === 'registry-value');
const keys = questions.filter((question) => question.kind === 'registry-key').map(({ key }) => key);
const keyQuestions = [...new Set(keys)].map((key) => registryKey(key, 9));

/** Below the hive's root, with control set 1, which all three hives start with. */
function inHive(key: string): string {
  return key.replace(/^SYSTEM\\/, '').replace(/^CurrentControlSet/, 'ControlSet001');
}

async function expectValuesAsHivexReads(machine: DiskMachine, hive: string): Promise<void> {
  const answers = (await machine.answer(valueQuestions)) as readonly Answer<RegistryValue>[];
  let seen = 0;
  for (const [i, { key, name }] of valueQuestions.entries()) {
    const answer = answers[i];
    const printed = hivexValue(hive, inHive(key), name);
    if (answer?.state === 'known') seen++;
    const ours = answer?.state === 'known' ? asHivexPrints(answer.value) : answer?.state;
    expect([key, name, ours]).toEqual([key, name, printed ?? 'absent']);
  }
  expect(seen).toBeGreaterThan(20);
}

async function expectKeysAsHivexReads(machine: DiskMachine, hive: string): Promise<void> {
  const answers = (await machine.answer(keyQuestions)) as readonly Answer<RegistryKey>[];
  let lines = 0;
  for (const [i, { key }] of keyQuestions.entries()) {
    const answer = answers[i];
    if (answer?.state !== 'known') {
      expect([key, answer?.state]).toEqual([key, 'absent']);
      expect(() => hivexTree(hive, inHive(key))).toThrow();
      continue;
    }
    const ours = treeLines(answer.value).map(upper).sort();
    expect([key, ours]).toEqual([key, hivexTree(hive, inHive(key)).map(upper).sort()]);
    lines += ours.length;
  }
  expect(lines).toBeGreaterThan(500);
}

/** The judge prints the key that it was asked for as it was asked. */
function upper(line: string): string {
  return line.toUpperCase();
}

/** The address by which sleuthkit knows the data of a file on a volume. */
function addressOf(volume: string, name: string): string {
  const listing = runOracle('fls', ['-Frp', volume]).toString().split('\n');
  const line = listing.find((entry) => entry.toLowerCase().endsWith(`\t${name.toLowerCase()}`));
  const address = /\d+-128-\d+/.exec(line ?? '')?.[0];
  if (address === undefined) throw new Error(`sleuthkit finds no ${name}`);
  return address;
}

/** A file that another program has put together from what yet another took out of the volume. */
function hiveForJudge(folder: TemporaryFolder, volume: string, at: string, logs: readonly string[]): string {
  const names = ['', ...logs].map((suffix) => `${at}${suffix}`.replaceAll('\\', '/'));
  const files = names.map((name) => runOracle('icat', [volume, addressOf(volume, name)]));
  const [primary = Buffer.alloc(0), ...found] = files;
  return folder.write('extracted', logs.length > 0 ? naivelyReplayed(primary, found) : primary);
}

async function withMachine(disk: string, use: (machine: DiskMachine) => Promise<void>): Promise<void> {
  const { machines, close } = await openDisk(disk);
  try {
    const [machine] = machines;
    if (!machine) throw new Error('no machine was found');
    await use(machine);
  } finally {
    close();
  }
}

interface VolumeCase {
  readonly name: string;
  readonly hive: string;
  readonly logs?: readonly string[];
  readonly at?: string;
  readonly recipe?: Partial<VolumeRecipe>;
  readonly computerName: string;
  readonly domain: string;
  readonly found: string;
  readonly note?: string;
  /** What sleuthkit says of the hive's file, where the case is about that. */
  readonly shape?: RegExp;
}

const win7 = {
  hive: 'win7',
  computerName: 'WKS-WIN732BITA',
  domain: 'shieldbase.local',
  found: 'risk nla-off',
};
const win8 = {
  hive: 'win8-dirty-without-logs',
  computerName: 'SENSEI',
  domain: '',
  found: 'fault remote-connections-denied',
  note: 'no usable transaction logs',
};
const win10 = {
  hive: 'win10-dirty',
  logs: ['.LOG1', '.LOG2'],
  computerName: 'DESKTOP-PM6C56D',
  domain: '',
  found: 'fault remote-connections-denied',
  note: '24 entries of its transaction logs were applied',
};

const volumes: readonly VolumeCase[] = [
  { name: 'Windows 7', ...win7 },
  { name: 'Windows 7, clusters of 64 KiB', ...win7, recipe: { mkntfs: ['-c', '65536'] } },
  { name: 'Windows 7, names in another case', ...win7, at: 'WINDOWS\\system32\\Config\\system' },
  { name: 'Windows 8, clusters of 512 bytes', ...win8, recipe: { mkntfs: ['-c', '512'] } },
  {
    name: 'Windows 8, in thousands of pieces',
    ...win8,
    recipe: { fill: scatterFreeSpace },
    shape: /ATTRIBUTE_LIST/,
  },
  { name: 'Windows 10', ...win10 },
  { name: 'Windows 10, compressed', ...win10, recipe: { fill: compressFolder }, shape: /Compressed/ },
  { name: 'Windows 10, sectors of 4096 bytes', ...win10, recipe: { mkntfs: ['-s', '4096', '-c', '4096'] } },
];

describeWithCorpus('real SYSTEM hives on volumes of mkntfs', () => {
  describeWithMount('hold what hivexget reads there', ['fls', 'icat', 'istat', 'hivexget'], () => {
    it.each(volumes)('$name', async ({ hive, logs = [], at = place, recipe = {}, ...expected }) => {
      using folder = temporaryFolder();
      const volume = folder.write('volume', mountedVolume(hiveFiles(hive, logs, at), recipe));
      const shape = runOracle('istat', [volume, addressOf(volume, at.replaceAll('\\', '/'))]).toString();
      expect(shape).toMatch(expected.shape ?? /Allocated File/);
      const judge = hiveForJudge(folder, volume, at, logs);
      await withMachine(volume, (machine) => expectValuesAsHivexReads(machine, judge));
      const report = await examine(volume);
      expect(verdicts(report)).toContain(expected.found);
      const { machine, notes } = onlyTarget(report);
      expect(machine).toMatchObject({
        windows: null,
        role: 'workstation',
        computerName: expected.computerName,
        domain: expected.domain,
        controlSet: 'ControlSet001',
      });
      expect(notes.join('\n')).toContain(expected.note ?? '');
      expect(notes).toHaveLength(expected.note === undefined ? 0 : 1);
    });
  });

  describeWithMount('hold whole keys as hivexregedit exports them', ['fls', 'icat', 'hivexregedit'], () => {
    it.each([
      ['win7', []],
      ['win8-dirty-without-logs', []],
      ['win10-dirty', ['.LOG1', '.LOG2']],
    ] as const)('%s', async (hive, logs) => {
      using folder = temporaryFolder();
      const volume = folder.write('volume', mountedVolume(hiveFiles(hive, logs)));
      const judge = hiveForJudge(folder, volume, place, logs);
      await withMachine(volume, (machine) => expectKeysAsHivexReads(machine, judge));
    });
  });

  describeWithMount('a hive that ntfscp put there', ['ntfscp', 'ntfscat', 'hivexget'], () => {
    it('reads as hivexget reads what ntfscat gets', async () => {
      using folder = temporaryFolder();
      const folders = [{ path: path.win32.dirname(place) }];
      const volume = folder.write('volume', mountedVolume(folders));
      const hive = folder.write('hive', corpusFile('hives/win7.SYSTEM'));
      const inVolume = place.replaceAll('\\', '/');
      runOracle('ntfscp', ['-q', volume, hive, inVolume]);
      const judge = folder.write('extracted', runOracle('ntfscat', [volume, inVolume]));
      await withMachine(volume, (machine) => expectValuesAsHivexReads(machine, judge));
    });
  });

  describeWithMount('a damaged hive', [], () => {
    it('leaves most causes unknown, and is no failure', async () => {
      using folder = temporaryFolder();
      const volume = folder.write('volume', mountedVolume(hiveFiles('corrupted', [])));
      const report = await examine(volume);
      expect(verdicts(report)).toEqual(
        expect.arrayContaining(['unknown listener-missing', 'unknown rdp-service-disabled']),
      );
      expect(onlyTarget(report).machine).toMatchObject({
        computerName: 'GINEVRA',
        controlSet: 'ControlSet001',
      });
    });
  });

  describeWithMount('a volume that is cut off in its hive', [], () => {
    it('is no failure, and what cannot be seen is no fault', async () => {
      using folder = temporaryFolder();
      const whole = mountedVolume(hiveFiles('win7', []));
      const report = await examine(folder.write('volume', whole.subarray(0, whole.length - 11 * mebibyte)));
      expect(onlyTarget(report).machine.partition).toBe(0);
      expect(verdicts(report)).toContain('unknown remote-connections-denied');
      expect(verdicts(report).filter((verdict) => verdict.startsWith('fault'))).toEqual([]);
    });
  });
});
