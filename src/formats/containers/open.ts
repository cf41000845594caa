import type { Device } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';
import type { Image, ImageFile, ImageKind, Layer, ParentLink, ParentReference } from './image.ts';
import { openQcow2 } from './qcow2/qcow2.ts';
import { openRaw } from './raw.ts';
import { type ContainerFormat, recognise } from './recognise.ts';
import { openVhd } from './vhd/vhd.ts';
import { openVhdx } from './vhdx/vhdx.ts';

/** More files than any real chain of snapshots has; a chain that names itself as its parent never ends. */
const longestChain = 64;

const openers: Record<ContainerFormat, (device: Device) => Layer> = {
  raw: openRaw,
  vhd: openVhd,
  vhdx: openVhdx,
  qcow2: openQcow2,
};

/** The formats that a qcow2 file may name for its parent, as QEMU calls them. */
const formatOfDriver: Readonly<Record<string, ContainerFormat>> = {
  raw: 'raw',
  qcow2: 'qcow2',
  vpc: 'vhd',
  vhdx: 'vhdx',
};

/**
 * Opens a disk image of any kind that is known here, by its content and never by its name, and the
 * parents that it builds on. Throws `FormatError`: `unsupported` for a kind that is known but not read,
 * `encrypted`, `damaged`, `parent-missing` (also where another file than the named parent is found), and
 * `parent-not-followed`.
 */
export function openImage(file: ImageFile): Image {
  const children: Layer[] = [];
  let current = file;
  let layer = openLayer(current.device);
  while (layer.link) {
    children.push(layer);
    if (children.length >= longestChain) {
      throw damaged(`the chain of parents is longer than ${longestChain} files, or goes in a circle`);
    }
    current = openParentFile(current, layer.link.reference);
    layer = openParentLayer(current.device, layer.link);
  }
  return children.reduceRight(overParent, overParent(undefined, layer));
}

function openLayer(device: Device): Layer {
  return openers[recognise(device)](device);
}

function overParent(parent: Image | undefined, layer: Layer): Image {
  const { kind, identity, sectorSize, warnings } = layer;
  return { kind, identity, sectorSize, warnings, parent, disk: layer.disk(parent?.disk) };
}

function openParentFile(child: ImageFile, reference: ParentReference): ImageFile {
  if (child.openParent) return child.openParent(reference);
  throw new FormatError(
    'parent-not-followed',
    `the image holds only the differences from ${nameOf(reference)}, which is not followed here`,
  );
}

function openParentLayer(device: Device, link: ParentLink): Layer {
  const { reference } = link;
  const layer = naming(reference, () =>
    // A raw parent is never probed: its guest could have written any container's header into it.
    reference.parentFormat === 'raw' ? openRaw(device) : openLayer(device),
  );
  requireFormat(layer.kind, reference);
  requireIdentity(layer, link);
  return layer;
}

/** Says which file of the chain an error is about. */
function naming(reference: ParentReference, open: () => Layer): Layer {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(error.kind, `parent ${nameOf(reference)}: ${error.message}`, { cause: error });
  }
}

function requireFormat(kind: ImageKind, reference: ParentReference): void {
  const { format, parentFormat } = reference;
  const expected = format === 'qcow2' ? formatOfDriver[parentFormat ?? ''] : format;
  if (expected === undefined || kind === expected || kind.startsWith(`${expected}-`)) return;
  throw new FormatError(
    'parent-missing',
    `${nameOf(reference)} is another file than the parent: expected ${expected}, found ${kind}`,
  );
}

function requireIdentity(parent: Layer, link: ParentLink): void {
  const { identities, reference } = link;
  if (identities.length === 0 || identities.some((identity) => identity === parent.identity)) return;
  throw new FormatError(
    'parent-missing',
    `${nameOf(reference)} is another file than the parent, or was changed since: expected ${identities.join(' or ')}, found ${parent.identity}`,
  );
}

/** Of a parent that is behind a protocol only the scheme: such a name can hold a password. */
function nameOf({ paths: [name = ''] }: ParentReference): string {
  const scheme = /^[a-z][a-z0-9+.-]+:/i.exec(name)?.[0];
  return JSON.stringify(scheme === undefined ? name : `${scheme}...`);
}
