import type { Attribute } from './attributes.ts';
import { FILE_ATTRIBUTE, FIRST_USER_RECORD, RECORD_FLAG, SYSTEM_RECORD } from './constants.ts';
import { fileTime } from './fields.ts';
import { isShortName, NAMESPACE, namespaceOf } from './file-name.ts';
import type { FileLiteral } from './literal.ts';
import { upCase } from './up-case.ts';

/** The time of whatever is given none, so that equal literals make equal volumes. */
export const defaultTime = fileTime(new Date('2024-01-01T00:00:00Z'));

/** One entry of a folder. */
export interface DirectoryEntry {
  readonly parent: FileNode;
  readonly node: FileNode;
  readonly name: string;
  readonly namespace: number;
}

/** A file or folder while its volume is being made. */
export interface FileNode {
  /** As `BuiltNtfs.files` has it. */
  readonly path: string;
  readonly record: number;
  readonly sequence: number;
  /** `RECORD_FLAG` bits. */
  readonly recordFlags: number;
  /** The node's own names, in other folders' `entries` too. */
  readonly names: DirectoryEntry[];
  /** Of a folder: what is in it. */
  readonly entries: DirectoryEntry[];
  time: bigint;
  /** `FILE_ATTRIBUTE` bits. */
  fileAttributes: number;
  /** The descriptor, and whether it lies in the file's own record instead of $Secure. */
  security: { readonly descriptor: Buffer; readonly isOwn: boolean } | null;
  literal: FileLiteral | null;
  /** Every attribute but $STANDARD_INFORMATION, $FILE_NAME and $SECURITY_DESCRIPTOR. */
  contents: readonly Attribute[];
}

/** What a folder's names are looked up in: as they are, and without regard to case. */
interface FolderNames {
  readonly exact: Set<string>;
  readonly upper: Map<string, FileNode>;
}

export interface FileTree {
  readonly root: FileNode;
  /** All nodes in the order of their making, the root first. */
  readonly nodes: readonly FileNode[];
  /** Adds a node with a record number of the system's. */
  addSystemFile(parent: FileNode, name: string, record: number, recordFlags: number): FileNode;
  /** Adds a literal and the folders above it, or gives a folder that is there its literal. */
  addFile(literal: FileLiteral): void;
  /** A record number that nothing has. */
  takeRecord(): number;
  /** One more than the highest record number taken. */
  recordCount(): number;
}

export function isFolder(node: FileNode): boolean {
  return (node.recordFlags & RECORD_FLAG.DIRECTORY) !== 0;
}

export function createTree(): FileTree {
  const root = createNode('', SYSTEM_RECORD.ROOT, RECORD_FLAG.DIRECTORY);
  const nodes: FileNode[] = [root];
  const folders = new Map<FileNode, FolderNames>();
  let nextRecord = FIRST_USER_RECORD;
  name(root, root, '.', NAMESPACE.WIN32_AND_DOS);

  function name(parent: FileNode, node: FileNode, text: string, namespace = namespaceOf(text)): void {
    const known = folders.get(parent) ?? { exact: new Set(), upper: new Map() };
    folders.set(parent, known);
    if (known.exact.has(text)) throw new Error(`'${text}' is there twice`);
    const isTwin = known.upper.has(upCase(text));
    const entry = { parent, node, name: text, namespace: isTwin ? NAMESPACE.POSIX : namespace };
    if (!isTwin) known.upper.set(upCase(text), node);
    known.exact.add(text);
    parent.entries.push(entry);
    node.names.push(entry);
  }

  function add(parent: FileNode, text: string, record: number, recordFlags: number): FileNode {
    const node = createNode(parent === root ? text : `${parent.path}\\${text}`, record, recordFlags);
    nodes.push(node);
    name(parent, node, text);
    return node;
  }

  function folderAt(parts: readonly string[]): FileNode {
    return parts.reduce((parent, part) => {
      const there = folders.get(parent)?.upper.get(upCase(part));
      if (there !== undefined && !isFolder(there)) throw new Error(`'${there.path}' is no folder`);
      return there ?? add(parent, part, nextRecord++, RECORD_FLAG.DIRECTORY);
    }, root);
  }

  return {
    root,
    nodes,
    addSystemFile: add,
    addFile(literal) {
      const node = literal.data === undefined ? folderAt(partsOf(literal.path)) : addData(literal.path);
      applyLiteral(node, literal);
      const [first] = node.names;
      if (literal.shortName !== undefined && first !== undefined) addShortName(first, literal.shortName);
      for (const link of literal.links ?? [])
        name(folderAt(partsOf(link).slice(0, -1)), node, lastPart(link));
    },
    takeRecord: () => nextRecord++,
    recordCount: () => nextRecord,
  };

  function addData(path: string): FileNode {
    return add(folderAt(partsOf(path).slice(0, -1)), lastPart(path), nextRecord++, 0);
  }

  /** The long name keeps its namespace for names with a separate 8.3 name, even if it would pass as one. */
  function addShortName(long: DirectoryEntry, shortName: string): void {
    if (!isShortName(shortName)) throw new Error(`'${shortName}' is no 8.3 name`);
    const replaced = { ...long, namespace: NAMESPACE.WIN32 };
    long.node.names[0] = replaced;
    long.parent.entries[long.parent.entries.indexOf(long)] = replaced;
    name(long.parent, long.node, shortName, NAMESPACE.DOS);
  }
}

function createNode(path: string, record: number, flags: number): FileNode {
  return {
    path,
    record,
    sequence: record < FIRST_USER_RECORD ? Math.max(1, record) : 1,
    recordFlags: RECORD_FLAG.IN_USE | flags,
    names: [],
    entries: [],
    time: defaultTime,
    fileAttributes: 0,
    security: null,
    literal: null,
    contents: [],
  };
}

function applyLiteral(node: FileNode, literal: FileLiteral): void {
  if (node.literal !== null) throw new Error(`'${literal.path}' is there twice`);
  node.literal = literal;
  node.fileAttributes |= literal.attributes ?? (literal.data === undefined ? 0 : FILE_ATTRIBUTE.ARCHIVE);
  node.fileAttributes |= attributesOfLayout(literal);
  if (literal.modified !== undefined) node.time = fileTime(literal.modified);
  if (literal.security !== undefined) node.security = { descriptor: literal.security, isOwn: false };
}

function attributesOfLayout(literal: FileLiteral): number {
  const reparse = literal.reparse === undefined ? 0 : FILE_ATTRIBUTE.REPARSE_POINT;
  if (literal.layout === 'compressed') return reparse | FILE_ATTRIBUTE.COMPRESSED;
  if (literal.layout === 'sparse') return reparse | FILE_ATTRIBUTE.SPARSE_FILE;
  if (literal.layout === 'encrypted') return reparse | FILE_ATTRIBUTE.ENCRYPTED;
  return reparse;
}

function partsOf(path: string): string[] {
  return path.split('\\').filter((part) => part !== '');
}

function lastPart(path: string): string {
  const last = partsOf(path).at(-1);
  if (last === undefined) throw new Error('a file needs a name');
  return last;
}
