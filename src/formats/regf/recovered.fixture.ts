import type { Device } from '../device.ts';
import { sealBaseBlock } from './hive.fixture.ts';
import { baseBlock } from './layout.ts';
import { recoverHive } from './recovery.ts';

/** A hive with its logs as one clean file, for programs that know no logs. */
export function recoveredFile(primary: Device, logs: readonly Device[]): Buffer {
  const { bins, binsSize, lastSequence } = recoverHive(primary, logs);
  const file = Buffer.concat([primary.read(0, baseBlock.size), bins.read(0, bins.size)]);
  file.writeUInt32LE(lastSequence + 1, baseBlock.primarySequence);
  file.writeUInt32LE(lastSequence + 1, baseBlock.secondarySequence);
  file.writeUInt32LE(binsSize, baseBlock.binsSize);
  return sealBaseBlock(file);
}
