import type { FileLiteral } from '../literal.ts';

/** Bytes that no compressor shortens, the same for the same seed. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

/** Bytes that any compressor shortens. */
export function prose(length: number): Buffer {
  return Buffer.alloc(length, 'All work and no play makes Jack a dull boy. ');
}

/** A descriptor with so many entries in its DACL, which comes first, as NTFS-3G puts it. */
export function descriptorOf(entries: number): Buffer {
  const header = Buffer.from('010004800000000000000000000000001400000002000000', 'hex');
  const aces = Array.from({ length: entries }, () =>
    Buffer.from('0003140089001200010100000000000512000000', 'hex'),
  );
  const descriptor = Buffer.concat([header, Buffer.alloc(4), ...aces, administrators, administrators]);
  const daclSize = 8 + 20 * entries;
  descriptor.writeUInt32LE(20 + daclSize, 4);
  descriptor.writeUInt32LE(20 + daclSize + administrators.length, 8);
  descriptor.writeUInt16LE(daclSize, 22);
  descriptor.writeUInt16LE(entries, 24);
  return descriptor;
}

const administrators = Buffer.from('01020000000000052000000020020000', 'hex');

/** Every feature of a literal at once, for clusters of any size. */
export function sampleFiles(clusterSize: number): FileLiteral[] {
  return [...layouts(clusterSize), ...names, ...manyOfEach];
}

function layouts(clusterSize: number): FileLiteral[] {
  const mixed = [
    prose(50 * clusterSize),
    Buffer.alloc(33 * clusterSize),
    noise(17 * clusterSize, 9),
    prose(5),
  ];
  const compressed: FileLiteral[] = [
    { path: 'compressed', data: Buffer.concat(mixed), layout: 'compressed' },
    { path: 'compressed, in one unit', data: noise(5 * clusterSize + 1), layout: 'compressed' },
  ];
  // So many that the run list fills several records, or one beside an attribute list.
  const pieces = clusterSize > 1024 ? 250 : 2000;
  return [
    { path: 'empty', data: Buffer.alloc(0) },
    { path: 'empty, in clusters', data: Buffer.alloc(0), layout: 'contiguous' },
    { path: 'resident', data: prose(600) },
    { path: 'just too big', data: prose(4000) },
    { path: 'in pieces', data: noise(pieces * clusterSize - 17, 5), layout: { fragments: pieces } },
    { path: 'sparse', data: Buffer.concat([Buffer.alloc(20 * clusterSize), prose(5)]), layout: 'sparse' },
    { path: 'half written', data: noise(30_000), initialized: 12_345 },
    ...(clusterSize <= 4096 ? compressed : []),
  ];
}

const names: readonly FileLiteral[] = [
  { path: '', streams: { 'of the root': prose(10) } },
  { path: 'Windows\\System32\\config\\SYSTEM', data: noise(9000), security: descriptorOf(3) },
  {
    path: 'linked by many names',
    shortName: 'LINKED~1',
    data: prose(7),
    links: ['Windows\\link to it', 'Windows\\LINK', 'new\\folder\\link'],
  },
  { path: 'Grüße, Ωmega ſ µ.txt', data: prose(8) },
  { path: 'twins\\name', data: prose(1) },
  { path: 'twins\\NAME', data: prose(2) },
  { path: 'folder with a stream', streams: { stream: noise(5000) }, security: descriptorOf(2) },
  { path: 'mount point', reparse: Buffer.from('030000a00c000000000000000000000000000000', 'hex') },
];

const manyOfEach: readonly FileLiteral[] = [
  {
    path: 'many links',
    data: prose(3),
    links: Array.from({ length: 60 }, (_, index) => `links\\the link that has number ${index}`),
  },
  {
    path: 'many streams',
    data: prose(3),
    streams: Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`stream ${index}`, noise(100 + index * 100, index + 1)]),
    ),
  },
  { path: 'many files', layout: { fragments: 5 } },
  ...Array.from({ length: 600 }, (_, index) => ({
    path: `many files\\${(index * 7919) % 600} of many.log`,
    data: Buffer.from(String(index)),
    ...(index < 120 ? { security: descriptorOf(4 + index) } : {}),
  })),
];

export function isDataFile(file: FileLiteral): file is FileLiteral & { data: Buffer } {
  return file.data !== undefined;
}

/** What a reader is given: zeros where nothing counts as written. */
export function contentOf(file: FileLiteral & { data: Buffer }): Buffer {
  return Buffer.from(file.data).fill(0, file.initialized ?? file.data.length);
}

/** A path as programs outside Windows write it. */
export function slashed(name: string): string {
  return name.replaceAll('\\', '/');
}
