import { damaged } from '../../errors.ts';

/** Header extensions (QEMU, docs/interop/qcow2, "Header extensions"): type, length, data padded to 8 bytes. */
const extensionType = {
  end: 0,
  backingFormat: 0xe2792aca,
  featureNames: 0x6803f857,
  externalDataFile: 0x44415441,
} as const;

/** An entry of the feature name table: type (0: incompatible), bit number, name padded with zeros. */
const featureLayout = { type: 0, bit: 1, name: 2, size: 48 } as const;

export interface Qcow2Extensions {
  readonly backingFormat: string | undefined;
  readonly externalDataFile: string | undefined;
  /** What the writer calls the incompatible features, by bit. */
  readonly incompatibleNames: ReadonlyMap<number, string>;
}

/** Reads the extensions between two offsets of the header. Throws `FormatError` (damaged). */
export function readExtensions(header: Buffer, start: number, end: number): Qcow2Extensions {
  const found = new Map<number, Buffer>();
  let at = start;
  while (at + 8 <= end) {
    const type = header.readUInt32BE(at);
    const length = header.readUInt32BE(at + 4);
    if (type === extensionType.end) break;
    if (at + 8 + length > end) throw damaged(`the header extension at ${at} reaches past the header's end`);
    found.set(type, header.subarray(at + 8, at + 8 + length));
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return {
    backingFormat: found.get(extensionType.backingFormat)?.toString('utf8').toLowerCase(),
    externalDataFile: found.get(extensionType.externalDataFile)?.toString('utf8'),
    incompatibleNames: featureNames(found.get(extensionType.featureNames) ?? Buffer.alloc(0)),
  };
}

function featureNames(table: Buffer): Map<number, string> {
  const names = new Map<number, string>();
  for (let at = 0; at + featureLayout.size <= table.length; at += featureLayout.size) {
    if (table.readUInt8(at + featureLayout.type) !== 0) continue;
    const name = table.toString('utf8', at + featureLayout.name, at + featureLayout.size);
    names.set(table.readUInt8(at + featureLayout.bit), name.replace(/\0.*$/s, ''));
  }
  return names;
}
