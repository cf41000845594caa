import { crc32 } from 'node:zlib';
import { sealBaseBlock } from '../../src/formats/regf/hive.fixture.ts';
import { baseBlock, keyNode, logEntry } from '../../src/formats/regf/layout.ts';
import { Marvin32, type Marvin32Hash } from '../../src/formats/regf/marvin32.ts';
import { makeHive } from '../hive/index.ts';
import { healthyMachine, setValue } from '../machine/index.ts';
import { listenerKeyFile } from '../world/certificates.ts';
import { gptDisk } from '../world/disk.ts';
import { hivePatient, valueCell, words } from './hive.ts';
import { plantManyCertificates, plantRepeatedLeaf, plantSharedData, plantSharedList } from './hives.ts';
import { attributeAt, type HostileRun, replaceData, volumePatient } from './volume.ts';
import { buildWindows, systemPath, windowsVolume } from './windows.ts';

const cluster = 4096;
const gibibyte = 2 ** 30;

/** Disks of a few MiB that ask for all the time or all the memory there is. */
export const bombs: Readonly<Record<string, () => Buffer>> = {
  'one leaf named 60,000 times': () => windowsVolume({ system: plantRepeatedLeaf }),
  '4000 values that share their data': () => windowsVolume({ system: plantSharedData }),
  '3000 keys that share 3000 values': () => windowsVolume({ system: plantSharedList }),
  '30,000 certificates': () => windowsVolume({ software: plantManyCertificates }),
  'a firewall rule of 300,000 fields': ruleOfManyFields,
  '1024 partitions that are one': oneVolumeManyTimes,
  'a log of 12 GiB of holes': logOfHoles,
  'a string of a GiB of holes': stringOfHoles,
  'a security descriptor of a GiB of holes': descriptorOfHoles,
  'a hive compressed in units of 4 MiB': hiveInGreatUnits,
};

function ruleOfManyFields(): Buffer {
  const rules = 'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
  return windowsVolume({
    machine: ({ system }) => setValue(system, rules, 'Endless', `v2.10|${'a=|'.repeat(300_000)}`),
  });
}

/** A table of 1024 entries, all of them for the same volume. */
function oneVolumeManyTimes(): Buffer {
  const count = 1024;
  const entrySize = 128;
  const entriesAt = 1024;
  const disk = gptDisk([windowsVolume()]);
  const windows = disk.subarray(entriesAt + 2 * entrySize, entriesAt + 3 * entrySize);
  const entries = Buffer.concat(Array<Buffer>(count).fill(windows));
  const whole = Buffer.concat([disk, entries]);
  const header = whole.subarray(512, 512 + 92);
  header.writeBigUInt64LE(BigInt(disk.length / 512), 72);
  header.writeUInt32LE(count, 80);
  header.writeUInt32LE(crc32(entries), 88);
  header.writeUInt32LE(0, 16);
  header.writeUInt32LE(crc32(header), 16);
  return whole;
}

/** A dirty hive whose log has twelve entries of one GiB each with right hashes, of which all but 512 bytes are holes. */
function logOfHoles(): Buffer {
  const count = 12;
  const hive = makeHive(healthyMachine('2022').system);
  const sequence = hive.readUInt32LE(baseBlock.primarySequence);
  hive.writeUInt32LE(sequence + 1, baseBlock.primarySequence);
  sealBaseBlock(hive);
  const log = Buffer.alloc(cluster * (count + 1));
  hive.copy(log, 0, 0, baseBlock.copiedSize);
  log.writeUInt32LE(6, baseBlock.fileType);
  for (const field of [baseBlock.primarySequence, baseBlock.secondarySequence]) {
    log.writeUInt32LE(sequence + 1, field);
  }
  sealBaseBlock(log.subarray(0, baseBlock.copiedSize));
  const binsSize = hive.length - baseBlock.size;
  const hash = hashOfGibibyte(binsSize);
  for (let i = 0; i < count; i++) {
    const entry = log.subarray(i * cluster + 512, i * cluster + 1024);
    hollowEntry(entry, sequence + 1 + i, binsSize, hash);
  }
  const logPath = `${systemPath}.LOG1`;
  const volume = volumePatient(
    buildWindows({
      files: [
        { path: systemPath, data: hive },
        { path: logPath, data: log, layout: 'contiguous' },
      ],
    }),
  );
  const first = firstCluster(volume.file(logPath).attributes.find(({ type }) => type === 0x80)?.runs);
  const runs: HostileRun[] = [];
  for (let i = 0; i < count; i++) {
    runs.push({ clusters: 1, lcn: first + i }, { clusters: gibibyte / cluster - 1, lcn: undefined });
  }
  runs.push({ clusters: 1, lcn: first + count });
  volume.editRecord(volume.file(logPath).record, (record) =>
    replaceData(record, count * gibibyte + cluster, runs),
  );
  return volume.image;
}

/** Writes the one page of an entry: the last of the bins, all zeros. */
function writePage(entry: Buffer, binsSize: number): void {
  entry.writeUInt32LE(binsSize - cluster, logEntry.pageReferences);
  entry.writeUInt32LE(cluster, logEntry.pageReferences + 4);
}

function hollowEntry(entry: Buffer, sequence: number, binsSize: number, hash: Marvin32Hash): void {
  entry.write('HvLE', 0, 'latin1');
  entry.writeUInt32LE(gibibyte, logEntry.size);
  entry.writeUInt32LE(sequence, logEntry.sequence);
  entry.writeUInt32LE(binsSize, logEntry.binsSize);
  entry.writeUInt32LE(1, logEntry.pageCount);
  writePage(entry, binsSize);
  writeHash(entry, logEntry.hash1, hash);
  const own = new Marvin32();
  own.update(entry.subarray(0, logEntry.hash2));
  writeHash(entry, logEntry.hash2, own.digest());
}

function writeHash(entry: Buffer, field: number, { low, high }: Marvin32Hash): void {
  entry.writeUInt32LE(low, field);
  entry.writeUInt32LE(high, field + 4);
}

/** Of what lies behind the header of such an entry; a second's work. */
function hashOfGibibyte(binsSize: number): Marvin32Hash {
  const start = Buffer.alloc(512);
  writePage(start, binsSize);
  const hash = new Marvin32();
  hash.update(start.subarray(logEntry.pageReferences));
  const zeros = Buffer.alloc(2 ** 20);
  for (let left = gibibyte - start.length; left > 0; left -= zeros.length) {
    hash.update(zeros.subarray(0, Math.min(left, zeros.length)));
  }
  return hash.digest();
}

function firstCluster(runs: readonly { readonly lcn: number | null }[] | null | undefined): number {
  const lcn = runs?.[0]?.lcn;
  if (typeof lcn !== 'number') throw new Error('the file has no clusters');
  return lcn;
}

/** The computer's name with as much text as one read may bring; the hive's file is a hole from there on. */
function stringOfHoles(): Buffer {
  const size = gibibyte - 8;
  const patient = hivePatient(makeHive(healthyMachine('2022').system));
  const key = patient.key('ControlSet001\\Control\\ComputerName\\ComputerName');
  const [value = 0, list = 0, data = 0] = patient.append(Buffer.alloc(40), Buffer.alloc(4), Buffer.alloc(8));
  patient.setWord(key, keyNode.valueCount, 1);
  patient.setWord(key, keyNode.valueList, list);
  patient.setWord(list, 0, value);
  const hive = patient.finish();
  valueCell('ComputerName', 1, size - 8, data).copy(hive, baseBlock.size + value + 4);
  hive.writeInt32LE(-size, baseBlock.size + data);
  const length = Math.ceil((hive.length + size) / cluster) * cluster;
  hive.writeUInt32LE(length - baseBlock.size, baseBlock.binsSize);
  sealBaseBlock(hive);
  const volume = volumePatient(
    buildWindows({ files: [{ path: systemPath, data: hive, layout: 'contiguous' }] }),
  );
  const first = firstCluster(volume.file(systemPath).attributes.find(({ type }) => type === 0x80)?.runs);
  const stored = hive.length / cluster;
  volume.editRecord(volume.file(systemPath).record, (record) =>
    replaceData(record, length, [
      { clusters: stored, lcn: first },
      { clusters: length / cluster - stored, lcn: undefined },
    ]),
  );
  return volume.image;
}

/** The listener's key file with a descriptor of its own, as NTFS before 3.0 kept it. */
function descriptorOfHoles(): Buffer {
  const standardInformation = 0x10;
  const securityDescriptor = 0x50;
  const securityId = 0x34;
  const volume = volumePatient(buildWindows());
  const { path } = listenerKeyFile(healthyMachine('2022'));
  volume.editRecord(volume.file(path).record, (record) => {
    replaceData(record, gibibyte, [{ clusters: gibibyte / cluster, lcn: undefined }]);
    record.writeUInt32LE(securityDescriptor, attributeAt(record, 0x80));
    const information = attributeAt(record, standardInformation);
    record.writeUInt32LE(0, information + record.readUInt16LE(information + 0x14) + securityId);
  });
  return volume.image;
}

/** 5000 values whose data lie by turns in one unit and in another; to read one is to copy a whole unit. */
function hiveInGreatUnits(): Buffer {
  const half = 2500;
  const unit = 2 ** 22;
  const patient = hivePatient(makeHive(healthyMachine('2022').system));
  const near = patient.append(...Array.from({ length: half }, () => Buffer.alloc(8)));
  patient.append(Buffer.alloc(2 * unit));
  const far = patient.append(...Array.from({ length: half }, () => Buffer.alloc(8)));
  const data = near.flatMap((cell, index) => [cell, far[index] ?? 0]);
  const values = patient.append(...data.map((cell, index) => valueCell(`v${index}`, 3, 8, cell)));
  const [list = 0] = patient.append(words(...values));
  const key = patient.key('ControlSet001\\Control\\SecurityProviders\\SCHANNEL');
  patient.setWord(key, keyNode.valueCount, values.length);
  patient.setWord(key, keyNode.valueList, list);
  const hive = patient.finish();
  const whole = Buffer.concat([hive, Buffer.alloc(unit - (hive.length % unit))]);
  const files = [{ path: systemPath, data: whole, layout: 'contiguous' }] as const;
  const volume = volumePatient(buildWindows({ files }));
  volume.editRecord(volume.file(systemPath).record, (record) => {
    const at = attributeAt(record, 0x80);
    record.writeUInt16LE(1, at + 0x0c);
    record.writeUInt8(Math.log2(unit / cluster), at + 0x22);
  });
  return volume.image;
}
