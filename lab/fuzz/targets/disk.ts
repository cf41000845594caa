import type { Diagnosis } from '../../../src/checks/diagnose.ts';
import { checkedFrom, checks } from '../../../src/checks/index.ts';
import { type Image, openImage } from '../../../src/formats/containers/index.ts';
import { bufferDevice } from '../../../src/formats/device.ts';
import { FormatError } from '../../../src/formats/errors.ts';
import { type PartitionTable, readPartitionTable } from '../../../src/formats/partitions/index.ts';
import type { Answer } from '../../../src/model/answer.ts';
import type { Check } from '../../../src/model/check.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { Machine } from '../../../src/model/machine.ts';
import { type Answers, type Question, type Questions, questionName } from '../../../src/model/question.ts';
import { TargetProblem } from '../../../src/model/target-problem.ts';
import { makeReport } from '../../../src/report/report.ts';
import { type Report, reportSchema } from '../../../src/report/schema.ts';
import { examinedDisk } from '../../../src/report/target.ts';
import { terminalPage } from '../../../src/report/terminal.ts';
import { answerQuestion } from '../../../src/sources/disk/answers.ts';
import { ifReadable } from '../../../src/sources/disk/if-readable.ts';
import { openInstallation } from '../../../src/sources/disk/installation.ts';
import { machineFacts } from '../../../src/sources/disk/machine-facts.ts';
import {
  inspectPartition,
  requireWindows,
  type WindowsVolume,
} from '../../../src/sources/disk/windows-volumes.ts';
import { makeDirty, makeHive } from '../../hive/index.ts';
import { windowsVolume } from '../../hostile/windows.ts';
import { makeImage } from '../../images/index.ts';
import { healthyMachine, setValue } from '../../machine/index.ts';
import { makeGptDisk } from '../../partitions/index.ts';
import type { FuzzTarget } from '../target.ts';

const mebibyte = 2 ** 20;
const now = new Date('2026-06-15T12:00:00Z');

/** A whole diagnosis: from the image's first byte to the page that is shown and the object that is printed. */
export const target: FuzzTarget = {
  name: 'disk',
  seeds() {
    const volume = windowsVolume({ now });
    const gpt = makeGptDisk([{ type: 'windows', name: 'Basic data partition', content: volume }], {
      size: Math.ceil(volume.length / mebibyte) * mebibyte + 2 * mebibyte,
    });
    return [
      volume,
      dirtyVolume(),
      windowsVolume({ now, clusterSize: 512, mftFragments: 4, mftRecords: 256, journal: 'unclean' }),
      gpt,
      makeImage('vhd-dynamic', volume, { blockSize: 65_536 }).file,
      makeImage('qcow2', volume, { clusterBits: 12 }).file,
    ];
  },
  run(input) {
    const report = reportOf(input);
    requireWellMade(report);
    return report;
  },
  // The inputs are of 2 MiB, and a busy machine is slow.
  budget: 5000,
  hotRanges: structures,
};

/** A machine whose SYSTEM hive needs its logs. */
function dirtyVolume(): Buffer {
  const machine = healthyMachine('2022', { now });
  const before = makeHive(machine.system, { minimumBinsSize: 300_000 });
  setValue(machine.system, 'ControlSet001\\Control\\Terminal Server', 'fDenyTSConnections', 1);
  const after = makeHive(machine.system, { minimumBinsSize: 300_000 });
  const { primary, log1, log2 } = makeDirty(before, after, 'new');
  const hive = 'Windows\\System32\\config\\SYSTEM';
  return windowsVolume({
    now,
    files: [
      { path: hive, data: primary },
      { path: `${hive}.LOG1`, data: log1 },
      { path: `${hive}.LOG2`, data: log2 ?? Buffer.alloc(0) },
    ],
  });
}

/** What the program makes of a disk. Throws only `FormatError`, also where it would throw `TargetProblem`. */
export function reportOf(input: Buffer): Report {
  const image = openImage({ device: bufferDevice(input) });
  const table = readPartitionTable(image.disk, image.sectorSize);
  const examined = windowsOn(image, table).map((windows) => examine(windows, image, table));
  return makeReport('fuzz', examined, checkedFrom('disk'));
}

function windowsOn(image: Image, table: PartitionTable): WindowsVolume[] {
  const contents = table.partitions.map((partition) => inspectPartition(image.disk, partition));
  try {
    return requireWindows(contents, undefined, []);
  } catch (error) {
    if (error instanceof TargetProblem) throw new FormatError('not-recognised', error.message);
    throw error;
  }
}

function examine({ partition, volume }: WindowsVolume, image: Image, table: PartitionTable) {
  const installation = openInstallation(volume);
  const machine = machineFacts(installation, partition);
  const stateOf = (name: 'SYSTEM' | 'SOFTWARE') => ifReadable(() => installation.hive(name).state);
  const diskMachine = {
    kind: 'disk',
    partition,
    machine,
    volumeState: ifReadable(() => volume.state()),
    hiveStates: { SYSTEM: stateOf('SYSTEM'), SOFTWARE: stateOf('SOFTWARE') },
    answer: () => Promise.reject(new Error('not asked here')),
  } as const;
  const disk = {
    name: 'fuzz.img',
    image,
    table,
    machines: [diskMachine],
    machinesLeftOut: 0,
    passedOver: [],
    statistics: { bytesRead: 0, reads: 0, rounds: 0 },
    close() {},
  };
  const diagnosis = judge(machine, (question) => answerQuestion(installation, question));
  return examinedDisk(disk, diskMachine, diagnosis);
}

/** `diagnose` without its promises. */
function judge(machine: Machine, look: (question: Question) => Answer<unknown>): Diagnosis {
  const answers = new Map<string, Answer<unknown>>();
  const answered = (question: Question): Answer<unknown> => {
    const name = questionName(question);
    const answer = answers.get(name) ?? look(question);
    answers.set(name, answer);
    return answer;
  };
  const findings: Finding[] = [];
  for (const check of checks) {
    const judgement = check.judge(answersTo(check, answered), { machine, now, findings });
    findings.push({ check: check.id, ...judgement });
  }
  return { machine, findings, answers };
}

function answersTo({ questions }: Check, look: (question: Question) => Answer<unknown>): Answers<Questions> {
  const named = Object.entries(questions).map(([name, question]) => [name, look(question)]);
  return Object.fromEntries(named) as Answers<Questions>;
}

const steering = /[\p{Cc}]/u;

/** The printed object follows its schema, and no byte of the disk steers the terminal. */
function requireWellMade(report: Report): void {
  reportSchema.parse(JSON.parse(JSON.stringify(report)));
  const page = terminalPage(report, { width: 80, colour: false });
  if (steering.test(page.replaceAll('\n', ''))) throw new Error('a control character reached the terminal');
}

const signatures = ['FILE', 'INDX', 'regf', 'hbin', 'HvLE'];
const sector = 512;
const structureSize = 1024;
const beginning = 4096;

/** The beginning with its boot sectors and tables, the end, and wherever a structure begins. */
function structures(image: Buffer): { offset: number; length: number }[] {
  const found = [
    { offset: 0, length: beginning },
    { offset: Math.max(0, image.length - sector), length: sector },
  ];
  for (let offset = 0; offset + beginning <= image.length; offset += sector) {
    const signature = image.toString('latin1', offset, offset + 4);
    if (signatures.includes(signature)) {
      found.push({ offset, length: signature === 'hbin' ? beginning : structureSize });
    }
  }
  return found;
}
