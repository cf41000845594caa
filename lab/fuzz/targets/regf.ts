import { bufferDevice } from '../../../src/formats/device.ts';
import { FormatError } from '../../../src/formats/errors.ts';
import { buildHive, sealBaseBlock } from '../../../src/formats/regf/hive.fixture.ts';
import {
  decodeNumber,
  decodeString,
  decodeStrings,
  type Key,
  openHive,
} from '../../../src/formats/regf/index.ts';
import { baseBlock, sectorSize } from '../../../src/formats/regf/layout.ts';
import { buildNewLog, buildOldLog, sealEntry } from '../../../src/formats/regf/log.fixture.ts';
import { corpusAvailable, corpusFile } from '../../corpus.ts';
import type { FuzzTarget } from '../target.ts';

/** Set in an input's last byte: checksums and hashes stay as the mutation left them. */
const leaveChecksums = 0x80;

/** An input is a hive, then its logs, then four bytes for each file with its length, then their number. */
function pack(files: readonly Buffer[], flags = 0): Buffer {
  const trailer = Buffer.alloc(files.length * 4 + 1);
  files.forEach((file, i) => {
    trailer.writeUInt32LE(file.length, i * 4);
  });
  trailer[files.length * 4] = files.length | flags;
  return Buffer.concat([...files, trailer]);
}

function unpack(input: Buffer): Buffer[] {
  const count = Math.min((input.at(-1) ?? 0) & ~leaveChecksums, 3, Math.floor(input.length / 4));
  const trailer = input.length - 1 - count * 4;
  const files: Buffer[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = Math.min(at + input.readUInt32LE(trailer + i * 4), trailer);
    files.push(Buffer.from(input.subarray(at, end)));
    at = end;
  }
  return files.length > 0 ? files : [Buffer.from(input)];
}

/** Repairs checksums and hashes, so that most mutations get past them. */
function reseal(file: Buffer): void {
  if (file.length >= baseBlock.copiedSize) sealBaseBlock(file);
  for (let at = sectorSize; at + sectorSize <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    if (file.toString('latin1', at, at + 4) !== 'HvLE' || size < sectorSize || size % 4 !== 0) break;
    if (at + size > file.length) break;
    sealEntry(file.subarray(at, at + size));
    at += size;
  }
}

function syntheticSeeds(): Buffer[] {
  const value = (length: number, type: number) => ({
    name: `v${length}`,
    type,
    data: Buffer.alloc(length, 'ab'),
  });
  const values = [value(0, 0), value(4, 4), value(8, 11), value(30, 1), value(40, 7), value(20_000, 3)];
  const leafKeys = ['Alpha', 'beta', 'Gamma', 'Ωmega'].map((name) => ({ name, values, className: 'class' }));
  const descriptor = Buffer.alloc(20, 1);
  const root = (text: string) => ({
    name: 'ROOT',
    descriptor,
    values: [{ name: '', type: 1, data: Buffer.from(text, 'utf16le') }],
    subkeys: (['lf', 'lh', 'li', 'ri'] as const).map((list) => ({ name: list, list, subkeys: leafKeys })),
  });
  const old = buildHive({ root: root('older'), sequences: [8, 7] });
  const newer = buildHive({ root: root('newer') });
  const binsSize = newer.length - baseBlock.size;
  const pages = [{ offset: 0, bytes: newer.subarray(baseBlock.size, baseBlock.size + 4096) }];
  const first = buildNewLog(old, 8, [{ sequence: 8, binsSize, pages }]);
  const second = buildNewLog(old, 9, [{ sequence: 9, binsSize: binsSize + 4096, pages }]);
  const oldLog = buildOldLog(old, newer, 8);
  const broken = Buffer.from(old).fill(1, 100, 104);
  return [
    pack([newer]),
    pack([old, first, second]),
    pack([old, oldLog]),
    pack([old, first, second], leaveChecksums),
    pack([broken, first, second], leaveChecksums),
    pack([broken, oldLog], leaveChecksums),
  ];
}

function realSeeds(): Buffer[] {
  if (!corpusAvailable) return [];
  return [pack([corpusFile('bcd/uefi.BCD')]), pack([corpusFile('bcd/setup-media.BCD').subarray(0, 32_768)])];
}

/** Runs a reading that damage may end; only this part of the hive is lost by it. */
function attempt<T>(reading: () => T): T | undefined {
  try {
    return reading();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return undefined;
  }
}

function walk(key: Key): void {
  attempt(() => key.className);
  attempt(() => key.securityDescriptor());
  attempt(() => key.value('no such value'));
  attempt(() => key.subkey('no such key'));
  void key.lastWritten.getTime();
  for (const value of attempt(() => key.values()) ?? []) {
    attempt(() => value.data());
    attempt(() => [decodeNumber(value), decodeString(value), decodeStrings(value), value.typeName]);
  }
  for (const child of attempt(() => key.subkeys()) ?? []) {
    attempt(() => key.subkey(child.name));
    walk(child);
  }
}

export const target: FuzzTarget = {
  name: 'regf',
  seeds: () => [...syntheticSeeds(), ...realSeeds()],
  hotRanges(input) {
    const files = unpack(input);
    let start = 0;
    return files.flatMap((file, i) => {
      const at = start;
      start += file.length;
      const head = { offset: at, length: 48 };
      if (i > 0) return [head, { offset: at + sectorSize, length: 64 }];
      return [
        head,
        { offset: at + baseBlock.size, length: Math.max(0, Math.min(0x2000, file.length - baseBlock.size)) },
      ];
    });
  },
  run(input) {
    const unpacked = unpack(input);
    const [hive, ...logs] = unpacked;
    if (((input.at(-1) ?? 0) & leaveChecksums) === 0) unpacked.forEach(reseal);
    const opened = openHive(bufferDevice(hive ?? input), logs.map(bufferDevice));
    walk(opened.root);
    return opened.state;
  },
};
