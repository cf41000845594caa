import { openImage } from '../../src/formats/containers/index.ts';
import { bufferDevice, type Device } from '../../src/formats/device.ts';
import { FormatError } from '../../src/formats/errors.ts';
import type { FuzzTarget } from '../fuzz/target.ts';
import { target as qcow2 } from '../fuzz/targets/qcow2.ts';
import { target as vhd } from '../fuzz/targets/vhd.ts';
import { target as vhdx } from '../fuzz/targets/vhdx.ts';
import { makeImage } from './index.ts';
import { resealedVhd, resealedVhdx } from './reseal.ts';
import { sampleDisk } from './sample.ts';
import { writeTrial } from './write-trial.ts';

const writes = 12;
const pieces = 40;
const pieceLength = 9000;

/** The parents that the readers' targets give their children. */
const vhdParent = makeImage('vhd-dynamic', sampleDisk(96 * 1024, 1), { blockSize: 4096 }).file;
const vhdxParent = makeImage('vhdx-dynamic', sampleDisk(2 * 1024 * 1024, 1), {
  identity: '11111111-2222-4333-8444-555555555555',
}).file;
const qcow2Parent = sampleDisk(200 * 1024, 1);

/**
 * Damaged images of the readers' targets, written to as far as they allow it. What was accepted must read back from the file
 * as it was written, and all else of the disk must be what it was: a writer that takes a damaged image has to have
 * made out that the damage does not matter.
 */
export const writeTargets: readonly FuzzTarget[] = [
  { ...vhd, name: 'vhd writes', run: (input) => writeThrough(resealedVhd(input), vhdParent) },
  { ...vhdx, name: 'vhdx writes', run: (input) => writeThrough(resealedVhdx(input), vhdxParent) },
  { ...qcow2, name: 'qcow2 writes', run: (input) => writeThrough(input, qcow2Parent) },
];

interface Piece {
  readonly offset: number;
  /** Undefined where it cannot be read. */
  bytes: Buffer | undefined;
}

function writeThrough(file: Buffer, parent: Buffer): void {
  const trial = writeTrial(file, parent);
  const { disk } = trial.image;
  const expected = piecesOf(disk);
  for (let i = 0; i < writes; i++) {
    const piece = expected[Math.floor((i * pieces) / writes)];
    if (!piece?.bytes) continue;
    const bytes = Buffer.alloc(Math.min(700, piece.bytes.length), 0xa0 + i);
    const within = Math.min(100 * i, piece.bytes.length - bytes.length);
    disk.write(piece.offset + within, bytes);
    piece.bytes = Buffer.from(piece.bytes);
    bytes.copy(piece.bytes, within);
  }
  const parents = { openParent: () => ({ device: bufferDevice(parent) }) };
  const fresh = openImage({ device: bufferDevice(trial.file()), ...parents }).disk;
  if (fresh.size !== disk.size) throw new Error(`the disk is ${fresh.size} bytes long, and was ${disk.size}`);
  for (const [i, { offset, bytes }] of piecesOf(fresh).entries()) {
    const wanted = expected[i]?.bytes;
    if (wanted && !bytes?.equals(wanted))
      throw new Error(`the bytes at ${offset} are others than they should be`);
  }
}

/** Disjoint pieces from all over the disk. */
function piecesOf(disk: Device): Piece[] {
  const step = Math.max(pieceLength, Math.floor(disk.size / pieces));
  const found: Piece[] = [];
  for (let offset = 0; offset < disk.size && found.length < pieces; offset += step) {
    found.push({ offset, bytes: readable(disk, offset, Math.min(pieceLength, disk.size - offset)) });
  }
  return found;
}

function readable(disk: Device, offset: number, length: number): Buffer | undefined {
  try {
    return Buffer.from(disk.read(offset, length));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return undefined;
  }
}
