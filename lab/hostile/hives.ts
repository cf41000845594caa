import { keyNode, keyValue } from '../../src/formats/regf/layout.ts';
import {
  type HivePatient,
  keyCell,
  subkeyListCell,
  subkeyListOf,
  valueCell,
  valueCellOf,
  words,
} from './hive.ts';

const terminalServer = 'ControlSet001\\Control\\Terminal Server';
const listener = `${terminalServer}\\WinStations\\RDP-Tcp`;
const schannel = 'ControlSet001\\Control\\SecurityProviders\\SCHANNEL';

/** One place in the SYSTEM hive that is broken, and a check that cannot be judged for it. */
export interface HiveDamage {
  readonly damage: (system: HivePatient) => void;
  readonly blind: string;
}

/** The `db` header of data in segments, whose list names `segments`. */
function segmentedValue(
  hive: HivePatient,
  segments: (own: number) => readonly number[],
  count: number,
): void {
  const value = valueCellOf(hive, listener);
  const [header = 0, list = 0] = hive.append(Buffer.alloc(16), Buffer.alloc(4 * count));
  hive.setHalf(header, 0, 0x6264);
  hive.setHalf(header, 2, count);
  hive.setWord(header, 4, list);
  segments(header).forEach((segment, index) => {
    hive.setWord(list, index * 4, segment);
  });
  hive.setWord(value, keyValue.dataSize, count * 16_344);
  hive.setWord(value, keyValue.data, header);
}

/** What hostile hives are made of, each in one place of a hive that is otherwise sound. */
export const hiveDamages: Readonly<Record<string, HiveDamage>> = {
  'an index root in an index root': {
    blind: 'tls-1.2-server-disabled',
    damage(hive) {
      const list = subkeyListOf(hive, schannel);
      const [root = 0] = hive.append(subkeyListCell('ri', 1, words(0)));
      hive.setWord(root, 4, root);
      hive.setWord(hive.key(schannel), keyNode.subkeyList, root);
      hive.setWord(hive.key(schannel), keyNode.subkeyCount, list === 0 ? 0 : 5);
    },
  },
  'a key that is its own child': {
    blind: 'schannel-damaged',
    damage(hive) {
      const key = hive.key(schannel);
      const [list = 0] = hive.append(subkeyListCell('li', 1, words(key)));
      hive.setWord(key, keyNode.subkeyList, list);
      hive.setWord(key, keyNode.subkeyCount, 1);
      hive.setWord(key, keyNode.parent, key);
    },
  },
  'a count of 2^32 - 1 values': {
    blind: 'listener-value-invalid',
    damage: (hive) => hive.setWord(hive.key(listener), keyNode.valueCount, 0xffff_ffff),
  },
  'a count of 2^32 - 1 subkeys': {
    blind: 'tls-1.2-server-disabled',
    damage: (hive) => hive.setWord(hive.key(schannel), keyNode.subkeyCount, 0xffff_ffff),
  },
  'a key name longer than its cell': {
    blind: 'remote-connections-denied',
    damage: (hive) => hive.setHalf(hive.key(terminalServer), keyNode.nameLength, 0xffff),
  },
  'a value name longer than its cell': {
    blind: 'listener-missing',
    damage: (hive) => hive.setHalf(valueCellOf(hive, listener), keyValue.nameLength, 0xffff),
  },
  'a subkey list that lies outside': {
    blind: 'listener-value-invalid',
    damage: (hive) =>
      hive.setWord(hive.key(`${terminalServer}\\WinStations`), keyNode.subkeyList, 0x7fff_fff8),
  },
  'a value list that is a key': {
    blind: 'remote-connections-denied',
    damage: (hive) => hive.setWord(hive.key(terminalServer), keyNode.valueList, hive.key('ControlSet001')),
  },
  'segments that are their own header': {
    blind: 'listener-missing',
    damage: (hive) => segmentedValue(hive, (own) => [own, own], 2),
  },
  'segments that lie outside': {
    blind: 'listener-missing',
    damage: (hive) => segmentedValue(hive, () => [0xffff_fff0, 0], 2),
  },
};

/** Ten thousand keys one below the other, under a key that is asked for with what is below it. */
export function plantDepth(hive: HivePatient): void {
  const levels = 10_000;
  const parent = hive.key(`${schannel}\\Protocols`);
  const cells = hive.append(...Array.from({ length: levels }, () => keyCell('deep', 0)));
  const lists = hive.append(...cells.map((cell) => subkeyListCell('li', 1, words(cell))));
  cells.forEach((cell, level) => {
    hive.setWord(cell, keyNode.parent, cells[level - 1] ?? parent);
    const next = lists[level + 1];
    if (next === undefined) return;
    hive.setWord(cell, keyNode.subkeyCount, 1);
    hive.setWord(cell, keyNode.subkeyList, next);
  });
  hive.setWord(parent, keyNode.subkeyCount, 1);
  hive.setWord(parent, keyNode.subkeyList, lists[0] ?? 0);
}

/** An index root that names one leaf of one key sixty thousand times. */
export function plantRepeatedLeaf(hive: HivePatient): void {
  const repeats = 60_000;
  const root = hive.key('');
  const list = subkeyListOf(hive, '');
  const count = hive.word(root, keyNode.subkeyCount);
  const [leaf = 0] = hive.append(subkeyListCell('li', 1, words(hive.word(list, 4))), Buffer.alloc(70_000));
  const [index = 0] = hive.append(
    subkeyListCell('ri', repeats + 1, words(list, ...Array<number>(repeats).fill(leaf))),
  );
  hive.setWord(root, keyNode.subkeyCount, count + repeats);
  hive.setWord(root, keyNode.subkeyList, index);
  // Room for as many keys as the count claims.
  hive.append(Buffer.alloc(repeats * 82));
}

/** Four thousand values that share a MiB of data. */
export function plantSharedData(hive: HivePatient): void {
  const count = 4000;
  const size = 2 ** 20;
  const key = hive.key(schannel);
  const [data = 0] = hive.append(Buffer.alloc(size, 'x'));
  const cells = hive.append(
    ...Array.from({ length: count }, (_, index) => valueCell(`v${index}`, 3, size, data)),
  );
  const [list = 0] = hive.append(words(...cells));
  hive.setWord(key, keyNode.valueCount, count);
  hive.setWord(key, keyNode.valueList, list);
}

/** Three thousand keys that share the list of three thousand values. */
export function plantSharedList(hive: HivePatient): void {
  const many = 3000;
  const parent = hive.key(`${schannel}\\Protocols`);
  const values = hive.append(
    ...Array.from({ length: many }, (_, index) => valueCell(`v${index}`, 4, 0x8000_0004, 1)),
  );
  const [list = 0] = hive.append(words(...values));
  const keys = hive.append(
    ...Array.from({ length: many }, (_, index) => {
      const key = keyCell(`k${index}`, parent);
      key.writeUInt32LE(many, keyNode.valueCount);
      key.writeUInt32LE(list, keyNode.valueList);
      return key;
    }),
  );
  const [subkeys = 0] = hive.append(subkeyListCell('li', many, words(...keys)), Buffer.alloc(100_000));
  hive.setWord(parent, keyNode.subkeyCount, many);
  hive.setWord(parent, keyNode.subkeyList, subkeys);
}

/** Keys for thirty thousand certificates, all of them the one that is there. */
export function plantManyCertificates(hive: HivePatient): void {
  const many = 30_000;
  const store = 'Microsoft\\SystemCertificates\\Remote Desktop\\Certificates';
  const parent = hive.key(store);
  const model = hive.word(subkeyListOf(hive, store), 4);
  const keys = hive.append(
    ...Array.from({ length: many }, (_, index) => {
      const key = keyCell(String(index).padStart(40, '0'), parent);
      key.writeUInt32LE(hive.word(model, keyNode.valueCount), keyNode.valueCount);
      key.writeUInt32LE(hive.word(model, keyNode.valueList), keyNode.valueList);
      return key;
    }),
  );
  const [subkeys = 0] = hive.append(subkeyListCell('li', many, words(...keys)));
  hive.setWord(parent, keyNode.subkeyCount, many);
  hive.setWord(parent, keyNode.subkeyList, subkeys);
}

/** A key that only stands for another one, which is where its values are. */
export function plantSymbolicLink(hive: HivePatient): void {
  const key = hive.key(listener);
  hive.setHalf(key, keyNode.flags, 0x30);
  const target = Buffer.from('\\Registry\\Machine\\SYSTEM\\Elsewhere', 'utf16le');
  const [data = 0] = hive.append(target);
  const [value = 0] = hive.append(valueCell('SymbolicLinkValue', 6, target.length, data));
  const [list = 0] = hive.append(words(value));
  hive.setWord(key, keyNode.valueCount, 1);
  hive.setWord(key, keyNode.valueList, list);
  hive.setWord(key, keyNode.subkeyCount, 0);
}
