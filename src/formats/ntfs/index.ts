export { isBitLocker, isNtfs } from './boot-sector.ts';
export { decompressLznt1 } from './lznt1.ts';
export { descriptorHash, type SdsEntry, sdsEntries } from './sds.ts';
export type { NtfsEntry, NtfsFile, NtfsStream, NtfsVolume, VolumeState } from './types.ts';
export { openNtfs } from './volume.ts';
export { type NtfsWriter, type NtfsWriterOptions, openNtfsWriter } from './write/volume-writer.ts';
