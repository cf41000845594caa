import type { VolumeState } from '../../formats/ntfs/index.ts';
import type { HiveState } from '../../formats/regf/index.ts';
import type { Answer } from '../../model/answer.ts';
import type { Source } from '../../model/source.ts';
import { answerQuestion } from './answers.ts';
import type { OpenedFile } from './files/index.ts';
import { ifReadable } from './if-readable.ts';
import { openInstallation } from './installation.ts';
import { machineFacts } from './machine-facts.ts';
import type { HiveName, OfflineMachine } from './offline-machine.ts';
import { problemOf } from './problems.ts';
import { together } from './together.ts';
import type { WindowsVolume } from './windows-volumes.ts';

/** One Windows installation on a disk, as a source of answers. */
export interface DiskMachine extends Source {
  /** As partitioning tools number it; 0 for a volume without a partition table. */
  readonly partition: number;
  /** Undefined where the volume's own records of it could not be read. */
  readonly volumeState: VolumeState | undefined;
  /** The state that each hive was found in; undefined for one that cannot be read. */
  readonly hiveStates: Readonly<Record<HiveName, HiveState | undefined>>;
}

/** Opens an installation and learns what it says of itself. */
export async function openMachine(
  { partition, volume }: WindowsVolume,
  file: OpenedFile,
): Promise<DiskMachine> {
  const installation = openInstallation(volume);
  const [machine, volumeState, SYSTEM, SOFTWARE] = await together(file, [
    () => machineFacts(installation, partition),
    () => ifReadable(() => volume.state()),
    () => hiveState(installation, 'SYSTEM'),
    () => hiveState(installation, 'SOFTWARE'),
  ]);
  return {
    kind: 'disk',
    partition,
    machine,
    volumeState,
    hiveStates: { SYSTEM, SOFTWARE },
    async answer(questions) {
      const looks = questions.map((question) => () => answerQuestion(installation, question));
      try {
        return await together<Answer<unknown>[]>(file, looks);
      } catch (error) {
        throw problemOf(error);
      }
    },
  };
}

function hiveState(installation: OfflineMachine, name: HiveName): HiveState | undefined {
  return ifReadable(() => installation.hive(name).state);
}
