import type { Attribute } from './attributes.ts';
import { ATTRIBUTE, COLLATION, FILE_ATTRIBUTE, RECORD_FLAG, SYSTEM_RECORD } from './constants.ts';
import { layIndex } from './contents.ts';
import { plainDescriptor, systemDescriptor, writableSystemDescriptor } from './descriptor.ts';
import { putFields, utf16 } from './fields.ts';
import { fileReference } from './file-record.ts';
import { viewEntry } from './index-tree.ts';
import type { NtfsLiteral, Run } from './literal.ts';
import { SECURE_INDEXES, SECURE_STREAM, type SecureContents } from './secure.ts';
import type { Space } from './space.ts';
import type { FileNode, FileTree } from './tree.ts';

/** The nodes of the files that every volume has. */
export type SystemFiles = Readonly<Record<SystemName, FileNode>>;

type SystemName = keyof typeof SYSTEM_RECORD;

const names: Readonly<Record<Exclude<SystemName, 'ROOT'>, string>> = {
  MFT: '$MFT',
  MFT_MIRROR: '$MFTMirr',
  LOG_FILE: '$LogFile',
  VOLUME: '$Volume',
  ATTRIBUTE_DEFINITIONS: '$AttrDef',
  BITMAP: '$Bitmap',
  BOOT: '$Boot',
  BAD_CLUSTERS: '$BadClus',
  SECURE: '$Secure',
  UP_CASE: '$UpCase',
  EXTEND: '$Extend',
  QUOTA: '$Quota',
  OBJECT_IDS: '$ObjId',
  REPARSE: '$Reparse',
};

/** The system files that may be written to; the others may only be read. */
const writable: ReadonlySet<SystemName> = new Set([
  'VOLUME',
  'SECURE',
  'EXTEND',
  'QUOTA',
  'OBJECT_IDS',
  'REPARSE',
]);

/** Bytes of a record for each of the two indexes of $Secure and of $Quota. */
export const VIEW_ROOM = 0x140;

/** Puts the system's files into the root and into $Extend, without contents. */
export function addSystemFiles(tree: FileTree): SystemFiles {
  const add = (key: Exclude<SystemName, 'ROOT'>, flags = 0, parent = tree.root): FileNode => {
    const node = tree.addSystemFile(parent, names[key], SYSTEM_RECORD[key], flags);
    node.fileAttributes = FILE_ATTRIBUTE.HIDDEN | FILE_ATTRIBUTE.SYSTEM;
    if ((flags & RECORD_FLAG.VIEW_INDEX) !== 0) node.fileAttributes |= FILE_ATTRIBUTE.HAS_VIEW_INDEX;
    node.security = {
      descriptor: writable.has(key) ? writableSystemDescriptor : systemDescriptor,
      isOwn: false,
    };
    return node;
  };
  const view = RECORD_FLAG.VIEW_INDEX;
  const files = {
    MFT: add('MFT'),
    MFT_MIRROR: add('MFT_MIRROR'),
    LOG_FILE: add('LOG_FILE'),
    VOLUME: add('VOLUME'),
    ATTRIBUTE_DEFINITIONS: add('ATTRIBUTE_DEFINITIONS'),
    ROOT: tree.root,
    BITMAP: add('BITMAP'),
    BOOT: add('BOOT'),
    BAD_CLUSTERS: add('BAD_CLUSTERS'),
    SECURE: add('SECURE', view),
    UP_CASE: add('UP_CASE'),
    EXTEND: add('EXTEND', RECORD_FLAG.DIRECTORY),
  };
  tree.root.fileAttributes = FILE_ATTRIBUTE.HIDDEN | FILE_ATTRIBUTE.SYSTEM;
  // These still have a descriptor of their own, as all files did before NTFS 3.0.
  tree.root.security = { descriptor: plainDescriptor, isOwn: true };
  files.BOOT.security = { descriptor: systemDescriptor, isOwn: true };
  return {
    ...files,
    QUOTA: add('QUOTA', view | RECORD_FLAG.EXTEND, files.EXTEND),
    OBJECT_IDS: add('OBJECT_IDS', view | RECORD_FLAG.EXTEND, files.EXTEND),
    REPARSE: add('REPARSE', view | RECORD_FLAG.EXTEND, files.EXTEND),
  };
}

/** $VOLUME_INFORMATION */
const VOLUME_INFORMATION = { major: [0x08, 1], minor: [0x09, 1], flags: [0x0a, 2] } as const;
const VOLUME_INFORMATION_SIZE = 12;
const VOLUME_IS_DIRTY = 1;

/** What $Volume holds: the label, version 3.1 and the dirty flag. */
export function volumeContents(literal: NtfsLiteral): Attribute[] {
  const information = putFields(Buffer.alloc(VOLUME_INFORMATION_SIZE), 0, VOLUME_INFORMATION, {
    major: 3,
    minor: 1,
    flags: literal.dirty === true ? VOLUME_IS_DIRTY : 0,
  });
  return [
    { type: ATTRIBUTE.VOLUME_NAME, name: '', value: utf16(literal.label ?? '') },
    { type: ATTRIBUTE.VOLUME_INFORMATION, name: '', value: information },
    { type: ATTRIBUTE.DATA, name: '', value: Buffer.alloc(0) },
  ];
}

/** What $BadClus holds: a stream as long as the volume, with clusters only where they are bad. */
export function badClustersContents(clusters: number, clusterSize: number): Attribute[] {
  const runs = [{ lcn: null, clusters }];
  return [
    { type: ATTRIBUTE.DATA, name: '', value: Buffer.alloc(0) },
    { type: ATTRIBUTE.DATA, name: '$Bad', runs, size: clusters * clusterSize, initialized: 0, flags: 0 },
  ];
}

/** A file whose bytes lie in clusters, however few they are. */
export function streamContents(bytes: Buffer, space: Space): Attribute[] {
  return [streamAttribute(ATTRIBUTE.DATA, space.store(bytes), bytes.length)];
}

export function streamAttribute(type: number, runs: readonly Run[], size: number): Attribute {
  return { type, name: '', runs, size, initialized: size, flags: 0 };
}

export function secureContents(contents: SecureContents, space: Space): Attribute[] {
  const { sds, sdh, sii } = contents;
  const runs = space.store(sds);
  return [
    { type: ATTRIBUTE.DATA, name: SECURE_STREAM, runs, size: sds.length, initialized: sds.length, flags: 0 },
    ...layIndex('$SDH', sdh, SECURE_INDEXES.$SDH, VIEW_ROOM, space),
    ...layIndex('$SII', sii, SECURE_INDEXES.$SII, VIEW_ROOM, space),
  ];
}

/** A quota entry without a SID. */
const QUOTA = {
  version: [0x00, 4],
  flags: [0x04, 4],
  bytesUsed: [0x08, 8],
  changed: [0x10, 8],
  threshold: [0x18, 8],
  limit: [0x20, 8],
  exceeded: [0x28, 8],
} as const;
const QUOTA_SIZE = 0x30;
const QUOTA_VERSION = 2;
const DEFAULT_LIMITS = 1;
const NO_LIMIT = -1;
const DEFAULT_OWNER_ID = 1;

/** What $Quota holds: the limits for whoever has none, which are none. */
export function quotaContents(time: bigint, space: Space): Attribute[] {
  const key = Buffer.alloc(4);
  key.writeUInt32LE(DEFAULT_OWNER_ID);
  const quota = putFields(Buffer.alloc(QUOTA_SIZE), 0, QUOTA, {
    version: QUOTA_VERSION,
    flags: DEFAULT_LIMITS,
    changed: time,
    threshold: NO_LIMIT,
    limit: NO_LIMIT,
  });
  const byOwner = viewEntry(quota, key, Buffer.alloc(0));
  return [
    ...layIndex('$O', [], { attributeType: 0, collation: COLLATION.SID }, VIEW_ROOM, space),
    ...layIndex('$Q', [byOwner], { attributeType: 0, collation: COLLATION.ULONG }, VIEW_ROOM, space),
  ];
}

export function objectIdContents(space: Space): Attribute[] {
  return layIndex('$O', [], { attributeType: 0, collation: COLLATION.ULONGS }, VIEW_ROOM, space);
}

/** What $Reparse holds: a key of tag and file reference for each reparse point. */
export function reparseContents(nodes: readonly FileNode[], space: Space): Attribute[] {
  const keys = nodes.flatMap((node) => {
    const value = node.literal?.reparse;
    if (value === undefined) return [];
    const key = Buffer.alloc(12);
    value.copy(key, 0, 0, 4);
    key.writeBigUInt64LE(fileReference(node.record, node.sequence), 4);
    return [key];
  });
  const entries = keys.sort(compareWords).map((key) => viewEntry(Buffer.alloc(0), key, Buffer.alloc(0)));
  return layIndex('$R', entries, { attributeType: 0, collation: COLLATION.ULONGS }, VIEW_ROOM, space);
}

/** Word by word, each unsigned and little-endian. */
function compareWords(left: Buffer, right: Buffer): number {
  for (let at = 0; at < left.length; at += 4) {
    const difference = left.readUInt32LE(at) - right.readUInt32LE(at);
    if (difference !== 0) return difference;
  }
  return 0;
}
