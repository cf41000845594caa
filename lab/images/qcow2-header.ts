import type { Qcow2Options } from './options.ts';

interface Described {
  readonly options: Qcow2Options;
  readonly clusterBits: number;
  readonly size: number;
  readonly l1Size: number;
  readonly l1Offset: number;
  readonly refcountOffset: number;
  readonly refcountClusters: number;
}

const compressionTypeFeature = 8n;
const extendedL2Feature = 16n;

/** The header, its extensions and the name of the backing file. */
export function qcow2Header(described: Described): Buffer {
  const { options } = described;
  const version = options.version ?? 3;
  const head = Buffer.alloc(version === 2 ? 72 : 112);
  const extensions =
    options.backing?.format === undefined ? [] : [extension(0xe2792aca, options.backing.format)];
  const whole = [head, ...extensions, Buffer.alloc(8)];
  const name = Buffer.from(options.backing?.path ?? '', 'utf8');
  head.write('QFI\xfb', 0, 'latin1');
  head.writeUInt32BE(version, 4);
  if (options.backing) {
    head.writeBigUInt64BE(BigInt(Buffer.concat(whole).length), 8);
    head.writeUInt32BE(name.length, 16);
  }
  head.writeUInt32BE(described.clusterBits, 20);
  head.writeBigUInt64BE(BigInt(described.size), 24);
  head.writeUInt32BE(described.l1Size, 36);
  head.writeBigUInt64BE(BigInt(described.l1Offset), 40);
  head.writeBigUInt64BE(BigInt(described.refcountOffset), 48);
  head.writeUInt32BE(described.refcountClusters, 56);
  if (version === 3) version3Fields(head, options);
  return Buffer.concat([...whole, name]);
}

function version3Fields(head: Buffer, options: Qcow2Options): void {
  const needed =
    (options.compression === 'zstd' ? compressionTypeFeature : 0n) |
    (options.extendedL2 ? extendedL2Feature : 0n);
  head.writeBigUInt64BE(needed | (options.incompatible ?? 0n), 72);
  head.writeUInt32BE(4, 96);
  head.writeUInt32BE(head.length, 100);
  head.writeUInt8(options.compression === 'zstd' ? 1 : 0, 104);
}

function extension(type: number, text: string): Buffer {
  const bytes = Buffer.alloc(8 + Math.ceil(text.length / 8) * 8);
  bytes.writeUInt32BE(type, 0);
  bytes.writeUInt32BE(text.length, 4);
  bytes.write(text, 8, 'utf8');
  return bytes;
}
