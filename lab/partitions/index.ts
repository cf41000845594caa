export { type GptPartition, type GptType, gptTypes, makeGptDisk, writeGptDisk } from './gpt.ts';
export { type MbrPartition, makeMbrDisk, writeMbrDisk } from './mbr.ts';
export type { DiskOptions, PlacedPartition, Sink } from './place.ts';
