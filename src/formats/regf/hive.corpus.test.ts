import { expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { bufferDevice } from '../device.ts';
import { FormatError } from '../errors.ts';
import { decodeNumber, decodeString, type Hive, type Key, openHive } from './index.ts';

function open(name: string, ...logs: string[]): Hive {
  return openHive(
    bufferDevice(corpusFile(name)),
    logs.map((log) => bufferDevice(corpusFile(`${name}.${log}`))),
  );
}

/** Reads everything that a hive has; throws at the first thing that it cannot read. */
function countAll(key: Key): { keys: number; values: number } {
  const total = { keys: 1, values: key.valueCount };
  expect(key.securityDescriptor()?.[0]).toBe(1);
  void key.className;
  for (const value of key.values()) value.data();
  for (const subkey of key.subkeys()) {
    const below = countAll(subkey);
    total.keys += below.keys;
    total.values += below.values;
  }
  return total;
}

/** Reads what is readable and notes why the rest is not. Returns the number of keys. */
function walkAround(key: Key, errors: string[]): number {
  const attempt = <T>(reading: () => T[]): T[] => {
    try {
      return reading();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      errors.push(error.message);
      return [];
    }
  };
  for (const value of attempt(() => key.values())) attempt(() => [value.data()]);
  return attempt(() => key.subkeys()).reduce((keys, subkey) => keys + walkAround(subkey, errors), 1);
}

describeWithCorpus('real hives', () => {
  it.each<[string, string[], number, number]>([
    ['hives/win8-dirty-without-logs.SYSTEM', [], 20_015, 49_779],
    ['hives/usrclass-dirty.dat', [], 6205, 12_369],
    ['hives/usrclass-dirty.dat', ['LOG1', 'LOG2'], 6238, 12_531],
    ['hives/ntuser-dirty.dat', [], 2590, 4119],
    ['hives/ntuser-dirty.dat', ['LOG2', 'LOG1'], 3105, 4695],
    ['bcd/uefi.BCD', [], 132, 103],
    ['bcd/setup-media.BCD', [], 66, 46],
  ])('%s %j is read to the last byte', (name, logs, keys, values) => {
    expect(countAll(open(name, ...logs).root)).toEqual({ keys, values });
  });

  it('have the settings that other programs find in them', () => {
    const hive = open('hives/win7.SYSTEM');
    const listener = hive.find('ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp');
    const port = listener?.value('PortNumber');
    expect(port && decodeNumber(port)).toBe(3389);
    const loader = open('bcd/uefi.BCD').find(
      'Objects\\{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\Elements\\23000003',
    );
    const element = loader?.value('Element');
    expect(element && decodeString(element)).toMatch(/^\{[0-9a-f-]{36}\}$/);
  });
});

describeWithCorpus('the dirty hive of a Windows 10', () => {
  const name = 'hives/win10-dirty.SYSTEM';

  it.each([
    ['LOG1', 'LOG2'],
    ['LOG2', 'LOG1'],
  ])('grows by its logs, given as %s, %s', (...logs) => {
    const hive = open(name, ...logs);
    expect(hive.state).toMatchObject({
      dirty: true,
      recovery: 'logs-applied',
      sequences: [1622, 1621],
      lastSequence: 2130,
      entriesApplied: 24,
      size: 12_591_104,
    });
    expect(countAll(hive.root).keys).toBe(35_595);
  });

  it('has only what reached its file without them', () => {
    const hive = open(name);
    expect(hive.state).toMatchObject({ dirty: true, recovery: 'no-usable-logs', size: 12_398_592 });
    expect(countAll(hive.root).keys).toBe(33_123);
  });

  it('has what the first log brings if the second is lost, and nothing of the second alone', () => {
    expect(open(name, 'LOG1').state).toMatchObject({ entriesApplied: 4, lastSequence: 2110 });
    expect(open(name, 'LOG2').state).toMatchObject({ entriesApplied: 20, lastSequence: 2130 });
  });
});

describeWithCorpus('a hive that is truncated and damaged', () => {
  const hive = open('hives/corrupted.SYSTEM');

  it('says of each place what is wrong there, and gives the rest', () => {
    const errors: string[] = [];
    const keys = walkAround(hive.root, errors);
    expect(keys).toBe(501);
    expect(errors).toHaveLength(9);
    expect(errors[0]).toBe('key at 0x25078 is not a cell in use');
    expect(hive.find('Select')?.value('Current')?.data()).toHaveLength(4);
  });
});

describeWithCorpus('speed on hives of 12 MB', () => {
  /** The best of several runs, in milliseconds of this thread's own time: others use the machine too. */
  function best(runs: number, work: () => unknown): number {
    const times = Array.from({ length: runs }, () => {
      const before = process.threadCpuUsage();
      work();
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000;
    });
    return Math.min(...times);
  }

  const primary = bufferDevice(corpusFile('hives/win10-dirty.SYSTEM'));
  const logs = ['LOG1', 'LOG2'].map((log) => bufferDevice(corpusFile(`hives/win10-dirty.SYSTEM.${log}`)));

  it('a replay takes less than 20 ms', () => {
    expect(best(5, () => openHive(primary, logs))).toBeLessThan(20);
  });

  it('a walk over everything takes less than a second', () => {
    const { root } = openHive(primary, logs);
    const walk = (key: Key): void => {
      for (const value of key.values()) value.data();
      key.subkeys().forEach(walk);
    };
    expect(best(2, () => walk(root))).toBeLessThan(1000);
  });

  it('opening and finding ten values takes less than 3 ms', () => {
    const services =
      'TermService SessionEnv UmRdpService CertPropSvc KeyIso gpsvc BFE mpssvc Dnscache lmhosts';
    const paths = services.split(' ').map((service) => `ControlSet001\\Services\\${service}`);
    const find = () => {
      const hive = openHive(primary);
      return paths.map((path) => hive.find(path)?.value('Start')?.size);
    };
    expect(find()).toEqual(paths.map(() => 4));
    expect(best(10, find)).toBeLessThan(3);
  });
});
