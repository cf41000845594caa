import { bufferDevice } from '../../src/formats/device.ts';
import { FormatError } from '../../src/formats/errors.ts';
import { type Hive, openHive } from '../../src/formats/regf/index.ts';
import { fromSddl } from '../../src/formats/security-descriptor/index.ts';
import type { Source } from '../../src/model/source.ts';
import { answerQuestion } from '../../src/sources/disk/answers.ts';
import { machineFacts } from '../../src/sources/disk/machine-facts.ts';
import type { HiveName, OfflineFile, OfflineMachine } from '../../src/sources/disk/offline-machine.ts';
import { makeHive } from '../hive/index.ts';
import type { MachineLiteral } from '../machine/index.ts';

/** What of a machine cannot be read: whole hives, and files or folders by their paths. */
export interface Blindness {
  readonly hives?: readonly HiveName[];
  readonly files?: readonly string[];
}

/**
 * A machine literal as an installation at rest: real hives made from it, read by the real reader, with its
 * files beside them. No disk, no volume.
 */
export function offlineMachine(machine: MachineLiteral, blind: Blindness = {}): OfflineMachine {
  const hives: Record<HiveName, () => Hive> = {
    SYSTEM: lazily(() => openHive(bufferDevice(makeHive(machine.system)))),
    SOFTWARE: lazily(() => openHive(bufferDevice(makeHive(machine.software)))),
  };
  return {
    hive(name) {
      if (blind.hives?.includes(name))
        throw new FormatError('damaged', `cannot read the ${name} hive: planted`);
      return hives[name]();
    },
    file(path) {
      if (blind.files?.some((hidden) => isBelow(path, hidden))) {
        throw new FormatError('damaged', `cannot read ${path}: planted`);
      }
      return fileIn(machine, path);
    },
  };
}

/** The same as a source of answers. */
export function worldSource(machine: MachineLiteral, blind: Blindness = {}): Source {
  const offline = offlineMachine(machine, blind);
  return {
    kind: 'disk',
    machine: machineFacts(offline, 1),
    answer: async (questions) => questions.map((question) => answerQuestion(offline, question)),
  };
}

function fileIn(machine: MachineLiteral, path: string): OfflineFile | undefined {
  const folder = machine.folders?.find((candidate) => samePath(candidate.path, path));
  const file = machine.files.find((candidate) => samePath(candidate.path, path));
  const names = [...machine.files, ...(machine.folders ?? [])]
    .filter((candidate) => isBelow(candidate.path, path) && !samePath(candidate.path, path))
    .map((candidate) => candidate.path.slice(path.length + 1).split('\\')[0] ?? '');
  if (!folder && !file && names.length === 0) return undefined;
  const sddl = (folder ?? file)?.sddl;
  return {
    isDirectory: !file,
    entriesFrom: (prefix) =>
      [...new Set(names)]
        .filter((name) => name.toUpperCase().startsWith(prefix.toUpperCase()))
        .map((name) => ({ name })),
    securityDescriptor: () => (sddl === undefined ? undefined : fromSddl(sddl)),
  };
}

function samePath(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

function isBelow(path: string, folder: string): boolean {
  return samePath(path, folder) || path.toUpperCase().startsWith(`${folder.toUpperCase()}\\`);
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
