// biome-ignore-all lint/style/noRestrictedImports: only tests use this, and they may make files
import { closeSync, ftruncateSync, mkdirSync, openSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { randomFrom } from '../../../../lab/fuzz/mutate.ts';

/** A file of the feature volume: what it holds, and how it came to hold it. */
interface FeatureFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly streams?: Readonly<Record<string, Buffer>>;
}

/**
 * Bytes that LZNT1 cannot compress; they repeat only after more than a chunk of it, so that what packs a
 * whole image still can.
 */
export function noise(length: number, seed: number): Buffer {
  const random = randomFrom(seed);
  const period = Buffer.from(Array.from({ length: 5003 }, () => Math.floor(random() * 256)));
  return Buffer.alloc(length, period);
}

/** Bytes that compress, by matches near and far. */
export function prose(length: number): Buffer {
  let text = '';
  for (let i = 0; text.length < length; i++) text += `line ${i} of ${(i * i) % 97}: the quick brown fox; `;
  return Buffer.from(text.slice(0, length), 'latin1');
}

/** Prose, a stretch of zeros as long as a compression unit and more, noise, prose. */
function mixed(): Buffer {
  return Buffer.concat([prose(40_000), Buffer.alloc(200_000), noise(140_000, 7), prose(3333)]);
}

function sparse(): Buffer {
  const bytes = Buffer.alloc(600_001);
  noise(5000, 3).copy(bytes, 0);
  noise(7000, 4).copy(bytes, 300_000);
  bytes.write('end', bytes.length - 3);
  return bytes;
}

/** Everything that the volume holds, by backslashed path. */
export const featureFiles: readonly FeatureFile[] = [
  { path: 'empty.txt', bytes: Buffer.alloc(0) },
  { path: 'resident.txt', bytes: Buffer.from('resident') },
  { path: 'Windows\\System32\\config\\SYSTEM', bytes: noise(50_000, 1) },
  { path: 'Windows\\System32\\config\\SOFTWARE', bytes: noise(4096, 2) },
  { path: 'sparse.bin', bytes: sparse() },
  { path: 'fragmented.bin', bytes: noise(200_000, 5) },
  {
    path: 'streams.txt',
    bytes: Buffer.from('unnamed'),
    streams: { note: Buffer.from('a small stream'), 'large stream': noise(20_000, 6) },
  },
  { path: 'packed\\mixed.bin', bytes: mixed() },
  { path: 'packed\\prose.txt', bytes: prose(70_000) },
  { path: 'packed\\noise.bin', bytes: noise(66_000, 8) },
  { path: 'packed\\tiny.txt', bytes: Buffer.from('tiny') },
  { path: 'names\\Åäö ÿ Ωmega ж.txt', bytes: Buffer.from('latin, greek, cyrillic') },
  { path: 'names\\日本語.txt', bytes: Buffer.from('japanese') },
  { path: 'names\\emoji 😀.txt', bytes: Buffer.from('surrogates') },
  ...Array.from({ length: 150 }, (_, i) => ({
    path: `many\\file number ${i} with a name of some length.txt`,
    bytes: Buffer.from(`content ${i}`),
  })),
];

/** Writes all of it below a mount point; `compress` turns compression on for a folder. */
export function fillFeatureVolume(folder: string, compress: (directory: string) => void): void {
  const places = featureFiles.map((file) => ({
    ...file,
    place: path.join(folder, ...file.path.split('\\')),
  }));
  for (const directory of new Set(places.map(({ place }) => path.dirname(place)))) {
    mkdirSync(directory, { recursive: true });
  }
  compress(path.join(folder, 'packed'));
  for (const { path: name, place, bytes, streams } of places) {
    if (name === 'sparse.bin') writeSparse(place, bytes);
    else if (name === 'fragmented.bin') writeFragmented(place, bytes);
    else writeFileSync(place, bytes);
    for (const [stream, content] of Object.entries(streams ?? {}))
      writeFileSync(`${place}:${stream}`, content);
  }
}

/** Writes only what is not zero. */
function writeSparse(place: string, bytes: Buffer): void {
  const file = openSync(place, 'w');
  ftruncateSync(file, bytes.length);
  const chunk = 1000;
  for (let at = 0; at < bytes.length; at += chunk) {
    const part = bytes.subarray(at, at + chunk);
    if (part.some((byte) => byte !== 0)) writeSync(file, part, 0, part.length, at);
  }
  closeSync(file);
}

/** Writes in turns with another file, so that neither gets its clusters together. */
function writeFragmented(place: string, bytes: Buffer): void {
  const between = `${place}.between`;
  const files = [openSync(place, 'w'), openSync(between, 'w')] as const;
  const chunk = 4096;
  for (let at = 0; at < bytes.length; at += chunk) {
    const part = bytes.subarray(at, at + chunk);
    for (const file of files) writeSync(file, part, 0, part.length, at);
  }
  for (const file of files) closeSync(file);
  unlinkSync(between);
}
