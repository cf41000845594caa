import { FormatError } from '../../formats/errors.ts';
import type { NtfsFile, NtfsVolume } from '../../formats/ntfs/index.ts';
import { type Hive, openHive } from '../../formats/regf/index.ts';
import { ifReadable } from './if-readable.ts';
import type { HiveName, OfflineMachine } from './offline-machine.ts';
import { once } from './once.ts';

const configFolder = 'Windows\\System32\\config';

/** Windows' own installation is the volume that has this file. */
export const systemHivePath: string = `${configFolder}\\SYSTEM`;

/** The newest logs are `.LOG1` and `.LOG2`; Windows before 7 wrote one `.LOG`. */
const logSuffixes = ['.LOG1', '.LOG2', '.LOG'] as const;

/** A Windows installation on a volume. Hives are opened when they are first asked for. */
export function openInstallation(volume: NtfsVolume): OfflineMachine {
  const config = once(() => requireFile(volume, configFolder));
  const hives: Record<HiveName, () => Hive> = {
    SYSTEM: once(() => openHiveIn(config(), 'SYSTEM')),
    SOFTWARE: once(() => openHiveIn(config(), 'SOFTWARE')),
  };
  return {
    hive: (name) => hives[name](),
    file: (path) => volume.find(path),
  };
}

function requireFile(volume: NtfsVolume, path: string): NtfsFile {
  const file = volume.find(path);
  if (!file) throw new FormatError('damaged', `${path} is not there`);
  return file;
}

/** A hive with its newest state: the transaction logs beside it belong to it where it was not closed cleanly. */
function openHiveIn(config: NtfsFile, name: HiveName): Hive {
  const file = config.entry(name);
  if (!file) throw new FormatError('damaged', `${configFolder}\\${name} is not there`);
  try {
    const primary = file.open();
    const alone = ifReadable(() => openHive(primary));
    // A hive whose base block or root was torn is whole only with its logs, as one that is merely dirty.
    return alone && !alone.state.dirty ? alone : openHive(primary, logsOf(config, name));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(error.kind, `cannot read the ${name} hive: ${error.message}`, { cause: error });
  }
}

function logsOf(config: NtfsFile, name: HiveName) {
  return logSuffixes.flatMap((suffix) => {
    const log = ifReadable(() => {
      const file = config.entry(`${name}${suffix}`);
      return file && file.size > 0 ? file.open() : undefined;
    });
    return log ? [log] : [];
  });
}
