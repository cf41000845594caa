import { describe, expect, it } from 'vitest';
import { type HivePatient, hivePatient, valueCell, words } from '../../../lab/hostile/hive.ts';
import { plantSharedData, plantSharedList, plantSymbolicLink } from '../../../lab/hostile/hives.ts';
import { bufferDevice, type Device } from '../../formats/device.ts';
import { FormatError } from '../../formats/errors.ts';
import { buildHive } from '../../formats/regf/hive.fixture.ts';
import { type Hive, type Key, openHive } from '../../formats/regf/index.ts';
import { keyNode } from '../../formats/regf/layout.ts';
import type { OfflineMachine } from './offline-machine.ts';
import { findKey, modelKey, modelValue } from './registry.ts';

const schannel = 'ControlSet001\\Control\\SecurityProviders\\SCHANNEL';
const listener = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp';

function nested(path: string): { name: string; subkeys?: ReturnType<typeof nested>[] } {
  const [name = '', ...rest] = path.split('\\');
  return rest.length === 0 ? { name } : { name, subkeys: [nested(rest.join('\\'))] };
}

/** A hive with one key below another, broken in one place. */
function openWith(path: string, damage: (hive: HivePatient) => void): Hive {
  const patient = hivePatient(buildHive({ root: { name: 'ROOT', subkeys: [nested(path)] } }));
  damage(patient);
  return openHive(counting(patient.finish()));
}

let bytesRead = 0;

function counting(bytes: Buffer): Device {
  const device = bufferDevice(bytes);
  return {
    size: device.size,
    read(offset, length) {
      bytesRead += length;
      return device.read(offset, length);
    },
  };
}

function machineWith(hive: Hive): OfflineMachine {
  return { hive: () => hive, file: () => undefined };
}

function found(hive: Hive, path: string): Key {
  const { key } = findKey(machineWith(hive), `SYSTEM\\${path}`);
  if (!key) throw new Error(`the hive has no key ${path}`);
  return key;
}

function refusal(act: () => unknown): [string, string] {
  try {
    act();
  } catch (error) {
    if (error instanceof FormatError) return [error.kind, error.message];
    throw error;
  }
  throw new Error('it was taken');
}

describe('a key that seems to hold more than any real one', () => {
  it('by values that share their data', () => {
    const key = found(openWith(schannel, plantSharedData), schannel);
    bytesRead = 0;
    expect(refusal(() => modelKey(key, 0))).toEqual([
      'damaged',
      "key 'SCHANNEL' has more than 33554432 bytes of data, more than any real key holds",
    ]);
    expect(bytesRead).toBeLessThan(40 * 2 ** 20);
  });

  it('by keys that share their values', () => {
    const protocols = `${schannel}\\Protocols`;
    const key = found(openWith(protocols, plantSharedList), schannel);
    bytesRead = 0;
    expect(refusal(() => modelKey(key, 2))).toEqual([
      'damaged',
      "key 'SCHANNEL' has more than 100000 keys and values, more than any real key holds",
    ]);
    expect(bytesRead).toBeLessThan(20 * 2 ** 20);
  });

  it('by its counts, before they are believed', () => {
    const hive = openWith(schannel, (patient) => {
      patient.append(Buffer.alloc(9_000_000));
      patient.setWord(patient.key(schannel), keyNode.subkeyCount, 100_001);
    });
    bytesRead = 0;
    expect(refusal(() => modelKey(found(hive, schannel), 1))[1]).toMatch(
      /has more than 100000 keys and values/,
    );
    expect(bytesRead).toBeLessThan(10_000);
  });

  it('while one with as many values as a long list of firewall rules is read', () => {
    const many = 4000;
    const rule = Buffer.alloc(1500, 'v2');
    const hive = openWith(schannel, (patient) => {
      const data = patient.append(...Array<Buffer>(many).fill(rule));
      const values = patient.append(...data.map((cell, i) => valueCell(`rule ${i}`, 1, rule.length, cell)));
      const [list = 0] = patient.append(words(...values));
      patient.setWord(patient.key(schannel), keyNode.valueCount, many);
      patient.setWord(patient.key(schannel), keyNode.valueList, list);
    });
    expect(modelKey(found(hive, schannel), 2).values).toHaveLength(many);
  });
});

describe('a value that is asked for by name', () => {
  it.each([1, 3, 7])('is not read where it is larger than any real one: type %i', (type) => {
    const size = 2 ** 20 + 1;
    const value = { name: 'v', type, typeName: '', size, data: () => expect.fail('read') };
    expect(refusal(() => modelValue(value))).toEqual([
      'damaged',
      "value 'v' has 1048577 bytes, which is more than any real value holds",
    ]);
  });
});

describe('a symbolic link', () => {
  const hive = openWith(listener, plantSymbolicLink);
  const expected = ['unsupported', "key 'RDP-Tcp' is a symbolic link to another one, which is not followed"];

  it('on the way is not taken for the key that it stands for', () => {
    expect(refusal(() => found(hive, listener))).toEqual(expected);
    expect(refusal(() => found(hive, `${listener}\\Below`))).toEqual(expected);
  });

  it('among the keys whose values are wanted is none of them', () => {
    const parent = found(hive, listener.slice(0, listener.lastIndexOf('\\')));
    expect(refusal(() => modelKey(parent, 1))).toEqual(expected);
    expect(modelKey(parent, 0).keys).toEqual([{ name: 'RDP-Tcp', values: [], keys: [] }]);
  });
});
