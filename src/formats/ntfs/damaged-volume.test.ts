import { describe, expect, it } from 'vitest';
import { attributeAt, replaceData, type VolumePatient, volumePatient } from '../../../lab/hostile/volume.ts';
import { buildNtfs, type FileLiteral } from '../../../lab/ntfs/index.ts';
import { bufferDevice, type Device } from '../device.ts';
import { type NtfsVolume, openNtfs } from './index.ts';
import { noise, prose } from './testing/feature-volume.ts';

const RECORD_FLAGS = 0x16;
const BYTES_IN_USE = 0x18;
const IN_USE = 1;
const IS_DIRECTORY = 2;
const ROOT_RECORD = 5;
const DATA = 0x80;
const SECURITY_DESCRIPTOR = 0x50;
const SECURITY_ID = 0x34;
const MiB = 1024 * 1024;

const files: readonly FileLiteral[] = [
  { path: 'folder\\inner\\file', data: prose(9) },
  { path: 'plain', data: noise(9000, 1) },
];

function damagedVolume(damage: (volume: VolumePatient) => void, made = files): NtfsVolume {
  const patient = volumePatient(buildNtfs({ files: made, clusterSize: 4096 }));
  damage(patient);
  return openNtfs(bufferDevice(patient.image));
}

function setFlags(path: string, flags: number): (volume: VolumePatient) => void {
  return (volume) =>
    volume.editRecord(volume.file(path).record, (record) => record.writeUInt16LE(flags, RECORD_FLAGS));
}

const isDamaged = expect.objectContaining({ kind: 'damaged' });

describe('a directory and its record at odds', () => {
  it('a record that lost the mark of a directory hides nothing', () => {
    const volume = damagedVolume(setFlags('folder\\inner', IN_USE));
    for (const path of ['folder\\inner', 'folder\\inner\\file', 'folder\\inner\\none']) {
      expect(() => volume.find(path)).toThrow(/is a directory by its record or by its name/);
    }
    expect(volume.find('folder\\none')).toBeUndefined();
  });

  it('nor does one that has the mark and is a file', () => {
    const volume = damagedVolume(setFlags('plain', IN_USE | IS_DIRECTORY));
    expect(() => volume.find('plain\\none')).toThrow(isDamaged);
  });

  it('nor one that every name of it takes for a file', () => {
    const volume = damagedVolume((patient) => {
      setFlags('folder\\inner', IN_USE)(patient);
      patient.editRecord(patient.file('folder').record, (record) => forgetDirectory(record, 'inner'));
    });
    expect(volume.find('folder\\inner')?.isDirectory).toBe(false);
    expect(() => volume.find('folder\\inner\\none')).toThrow(/has lost the mark of a directory/);
    expect(volume.find('plain\\none')).toBeUndefined();
  });

  it('nor the root', () => {
    const volume = damagedVolume((patient) =>
      patient.editRecord(ROOT_RECORD, (record) => record.writeUInt16LE(IN_USE, RECORD_FLAGS)),
    );
    expect(() => volume.find('none')).toThrow(/has lost the mark of a directory/);
    expect(volume.state().hibernation).toBe('unknown');
  });
});

/** Takes the directory's mark off a name in a directory's resident index. */
function forgetDirectory(record: Buffer, name: string): void {
  const at = record.indexOf(Buffer.from(name, 'utf16le'), attributeAt(record, 0x90));
  record.writeUInt32LE(0, at - 0x42 + 0x38);
}

describe('a file record', () => {
  it('without the mark that ends its attributes is not believed', () => {
    const volume = damagedVolume((patient) =>
      patient.editRecord(patient.file('plain').record, (record) =>
        record.writeUInt32LE(attributeAt(record, DATA), BYTES_IN_USE),
      ),
    );
    expect(() => volume.find('plain')).toThrow(/has attributes without an end/);
    expect(volume.find('folder\\inner\\file')?.size).toBe(9);
  });

  it('with another signature is told of without control characters', () => {
    const volume = damagedVolume((patient) =>
      patient.editRecord(patient.file('plain').record, (record) => record.write('\x9b31m', 0, 'latin1')),
    );
    expect(() => volume.find('plain')).toThrow(/^file record \d+ begins 9b33316d, not FILE$/);
  });
});

describe('holes', () => {
  it('are read up to 32 MiB at a time', () => {
    const volume = damagedVolume((patient) =>
      patient.editRecord(patient.file('plain').record, (record) =>
        replaceData(record, 2 ** 30, [{ clusters: 2 ** 18, lcn: undefined }]),
      ),
    );
    const device = volume.find('plain')?.open() as Device;
    expect(device.read(2 ** 29, 32 * MiB).length).toBe(32 * MiB);
    expect(() => device.read(0, 32 * MiB + 1)).toThrow(expect.objectContaining({ kind: 'unsupported' }));
  });

  it.each([
    [16, 0, 65_536],
    [17, 1, 69_632],
  ])('make no security descriptor of more than 64 KiB: %i clusters', (clusters, refused, size) => {
    const volume = damagedVolume((patient) =>
      patient.editRecord(patient.file('plain').record, (record) => {
        replaceData(record, size, [{ clusters, lcn: undefined }]);
        record.writeUInt32LE(SECURITY_DESCRIPTOR, attributeAt(record, DATA));
        const information = attributeAt(record, 0x10);
        record.writeUInt32LE(0, information + record.readUInt16LE(information + 0x14) + SECURITY_ID);
      }),
    );
    const descriptor = () => volume.find('plain')?.securityDescriptor();
    if (refused === 0) expect(descriptor()?.length).toBe(size);
    else expect(descriptor).toThrow(/has a security descriptor of 69632 bytes/);
  });
});

describe('compressed data', () => {
  const packed: readonly FileLiteral[] = [{ path: 'packed', data: prose(4 * MiB), layout: 'compressed' }];

  it('in units greater than Windows makes is refused', () => {
    const volume = damagedVolume(
      (patient) =>
        patient.editRecord(patient.file('packed').record, (record) =>
          record.writeUInt8(5, attributeAt(record, DATA) + 0x22),
        ),
      packed,
    );
    expect(() => volume.find('packed')?.open()).toThrow(/has compression units of 131072 bytes/);
  });

  it('is unpacked once for 40 places that are read by turns, and not kept beyond that', () => {
    const { image } = buildNtfs({ files: packed, clusterSize: 4096 });
    const whole = bufferDevice(image);
    let reads = 0;
    const read = (offset: number, length: number) => {
      reads++;
      return whole.read(offset, length);
    };
    const device = openNtfs({ size: whole.size, read }).find('packed')?.open() as Device;
    const expected = prose(4 * MiB);
    const readByTurns = (units: number, turns: number) => {
      const before = reads;
      for (let i = 0; i < units * turns; i++) {
        const at = (i % units) * 65_536 + i;
        expect(device.read(at, 9).equals(expected.subarray(at, at + 9))).toBe(true);
      }
      return reads - before;
    };
    expect(readByTurns(40, 20)).toBe(40);
    expect(readByTurns(64, 2)).toBeGreaterThan(64);
  });
});
