import { bufferDevice, type Device } from '../../../src/formats/device.ts';
import { FormatError } from '../../../src/formats/errors.ts';
import { isBitLocker, isNtfs, type NtfsFile, openNtfs, sdsEntries } from '../../../src/formats/ntfs/index.ts';
import { featureVolume } from '../../../src/formats/ntfs/testing/packed-volume.ts';
import { makeNtfs } from '../../ntfs/index.ts';
import { randomFrom } from '../mutate.ts';
import type { FuzzTarget } from '../target.ts';

/** Where the parser looks: boot sectors, file records, index blocks, restart pages. */
const SIGNATURES = ['FILE', 'INDX', 'RSTR'];
const SECTOR_SIZE = 512;
const STRUCTURE_SIZE = 1024;
const MAX_FILES = 110;
const READ_SIZE = 128 * 1024;

/** A whole volume: everything that can be asked of it and of each file on it. */
export const target: FuzzTarget = {
  name: 'ntfs',
  seeds: () => [featureVolume(), madeVolume()],
  run(input) {
    const device = bufferDevice(input);
    isNtfs(device);
    isBitLocker(device);
    const volume = openNtfs(device);
    const answers: unknown[] = [];
    const ask = (question: () => unknown) => answers.push(unlessRefused(question));
    for (const question of [volume.label, volume.version, volume.state]) ask(question);
    ask(() => volume.find('windows\\system32\\CONFIG\\system')?.size);
    ask(() => volume.find('NAMES\\åÄö Ÿ ωMEGA Ж.TXT')?.size);
    ask(() => [...sdsEntries(volume.file(9).open('$SDS'))].length);
    for (let number = 0; number < MAX_FILES; number++) ask(() => askAll(volume.file(number), ask));
    return answers;
  },
  budget: 2000,
  hotRanges: structures,
};

/** What mkntfs and ntfs-3g do not make: attribute lists, an MFT in pieces, restart pages, links. */
function madeVolume(): Buffer {
  const random = randomFrom(1);
  const data = Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(random() * 256)));
  const junction = Buffer.from('030000a010000000'.padEnd(48, '0'), 'hex');
  return makeNtfs({
    clusterSize: 512,
    mftFragments: 6,
    mftRecords: 200,
    journal: 'unclean',
    files: [
      { path: 'Windows\\System32\\config\\SYSTEM', data, layout: { fragments: 300 } },
      { path: 'hiberfil.sys', data: Buffer.from('HIBR'.padEnd(5000, 'x')) },
      { path: 'packed', data: Buffer.alloc(40_000, data.subarray(0, 999)), layout: 'compressed' },
      { path: 'link', reparse: junction },
      { path: 'secret', data: data.subarray(0, 3000), layout: 'encrypted' },
    ],
  });
}

function askAll(file: NtfsFile, ask: (question: () => unknown) => void): void {
  ask(() => [file.name, file.size, file.modified, file.isCompressed, file.isEncrypted, file.isSparse]);
  ask(() => file.reparseTag);
  ask(() => file.securityDescriptor());
  if (file.isDirectory) {
    ask(() => file.entries());
    ask(() => file.entry('file number 77 with a name of some length.txt'));
    ask(() => file.entry('日本語.TXT'));
    return;
  }
  ask(() => file.streams().map(({ name }) => ask(() => readEnds(file.open(name)))));
}

function readEnds(stream: Device): void {
  const length = Math.min(READ_SIZE, stream.size);
  stream.read(0, length);
  stream.read(stream.size - length, length);
}

/** One part that is refused does not end the round: the others are asked all the same. */
function unlessRefused(question: () => unknown): unknown {
  try {
    return question();
  } catch (error) {
    if (error instanceof FormatError) return error.kind;
    throw error;
  }
}

function structures(image: Buffer): { offset: number; length: number }[] {
  const found = [{ offset: 0, length: SECTOR_SIZE }];
  for (let offset = 0; offset + STRUCTURE_SIZE <= image.length; offset += SECTOR_SIZE) {
    if (SIGNATURES.includes(image.toString('latin1', offset, offset + 4))) {
      found.push({ offset, length: STRUCTURE_SIZE });
    }
  }
  return found;
}
