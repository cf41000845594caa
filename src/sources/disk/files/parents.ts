import path from 'node:path';
import type { ImageFile, ParentReference } from '../../../formats/containers/index.ts';
import { damaged, FormatError } from '../../../formats/errors.ts';
import { type FoundFile, findFile, findIgnoringCase, isBelow, shown } from './found-file.ts';
import { openLocalFile } from './local-file.ts';
import type { OpenedFile } from './opened-file.ts';
import { bareNames, foreignScheme, localPaths } from './parent-paths.ts';
import { TargetError } from './target-error.ts';

export interface ParentOptions {
  /** Whether a parent may lie elsewhere than in, or below, the folder of the image that the user named. */
  readonly followOutside: boolean;
}

/** The parents of one local image, opened as its containers ask for them. */
export interface LocalParents {
  /**
   * Opens the parent of the image itself; what comes back opens its own parent, and so on. Throws
   * `FormatError`: parent-missing, parent-not-followed, unsupported (no local file), damaged (a circle); and
   * `TargetError` as `openLocalFile` does.
   */
  readonly openParent: (reference: ParentReference) => ImageFile;
  /** Every parent that was opened so far, once each. */
  readonly opened: readonly OpenedFile[];
  /** Closes all of them. */
  close(): void;
}

/** One file of a chain, and the folders that paths in it start from. */
interface Link {
  readonly file: FoundFile;
  readonly folders: readonly string[];
}

/**
 * Finds the parents of the differencing image at `image`. Where an image points to is its maker's choice, not
 * the user's: unless `followOutside`, nothing is opened but files in or below the image's own folder.
 */
export function localParentOpener(image: string, { followOutside }: ParentOptions): LocalParents {
  const opened = new Map<string, OpenedFile>();

  function openParentOf(chain: readonly [Link, ...Link[]], reference: ParentReference): ImageFile {
    const parent = chooseParent(chain, reference, followOutside);
    const file = opened.get(parent.identity) ?? openLocalFile(parent.path);
    opened.set(parent.identity, file);
    const link = { file: parent, folders: [path.dirname(parent.path)] };
    return { device: file.device, openParent: (next) => openParentOf([...chain, link], next) };
  }

  return {
    openParent: (reference) => openParentOf([imageLink(image)], reference),
    get opened() {
      return [...opened.values()];
    },
    close() {
      for (const file of opened.values()) file.close();
    },
  };
}

/** An image that was named by a symbolic link has two folders: the link's own, and the file's. */
function imageLink(image: string): Link {
  const file = findFile(image);
  const linkFolder = findFile(path.dirname(image));
  if (!file || !linkFolder) throw new TargetError('not-found', 'there is no such file any more');
  return { file, folders: [...new Set([path.dirname(file.path), linkFolder.path])] };
}

/** A file that the reference names is preferred to one beside the child that only has the same name. */
function chooseParent(
  chain: readonly [Link, ...Link[]],
  reference: ParentReference,
  followOutside: boolean,
): FoundFile {
  const mayFollow = (file: FoundFile) =>
    followOutside || (file.kind === 'file' && chain[0].folders.some((folder) => isBelow(file.path, folder)));
  const isInChain = (file: FoundFile) => chain.some((link) => link.file.identity === file.identity);
  const child = chain.at(-1) ?? chain[0];

  const named = namedFiles(child, reference, followOutside);
  const parent = named.find((file) => isOpenable(file) && mayFollow(file));
  if (parent && isInChain(parent)) throw damaged(`${shown(parent.path)} is its own parent`);
  if (parent) return parent;
  if (named[0]) throw refusal(named[0]);
  const beside = besideChild(child, reference).find(
    (file) => isOpenable(file) && mayFollow(file) && !isInChain(file),
  );
  if (!beside) throw missing(reference);
  return beside;
}

function isOpenable(file: FoundFile): boolean {
  return file.kind !== 'special';
}

function namedFiles({ folders }: Link, { paths }: ParentReference, followOutside: boolean): FoundFile[] {
  return paths
    .flatMap((stored) => folders.flatMap((folder) => localPaths(stored, folder, { remote: followOutside })))
    .map(findFile)
    .filter((file) => file !== undefined);
}

function besideChild({ folders }: Link, { paths }: ParentReference): FoundFile[] {
  const names = bareNames(paths);
  return folders.flatMap((folder) => [
    ...names.map((name) => findFile(path.join(folder, name))).filter((file) => file !== undefined),
    ...names.flatMap((name) => findIgnoringCase(folder, name)),
  ]);
}

function refusal(file: FoundFile): FormatError {
  if (!isOpenable(file)) {
    return new FormatError('unsupported', `parent ${shown(file.path)} is neither a file nor a disk`);
  }
  return new FormatError(
    'parent-not-followed',
    `parent ${shown(file.path)} lies outside the image's own folder`,
  );
}

function missing({ paths }: ParentReference): FormatError {
  const schemes = paths.map(foreignScheme);
  if (schemes.length > 0 && !schemes.includes(undefined)) {
    // Only the scheme is named: such a path can hold a password.
    return new FormatError(
      'unsupported',
      `the parent is no file on this machine but behind "${schemes[0]}:"`,
    );
  }
  const names = paths.filter((stored) => foreignScheme(stored) === undefined).map(shown);
  return new FormatError('parent-missing', `parent ${[...new Set(names)].join(' or ')} is not there`);
}
