import type { Diagnosis } from '../checks/diagnose.ts';
import type { Machine } from '../model/machine.ts';
import type { DiskMachine, DiskTarget, PassedOver } from '../sources/disk/index.ts';
import { say, type Text, text } from '../text/index.ts';
import type { ExaminedTarget } from './report.ts';
import type { ReportedDisk } from './schema.ts';

/** One Windows installation on a disk as a report names it. */
export function examinedDisk(disk: DiskTarget, machine: DiskMachine, diagnosis: Diagnosis): ExaminedTarget {
  return {
    diagnosis,
    target: {
      kind: 'disk',
      name: disk.name,
      image: { format: disk.image.kind, size: disk.image.disk.size },
      machine: reportedMachine(machine.machine),
      notes: [...imageNotes(disk), ...volumeNotes(machine), ...hiveNotes(machine)].map(say),
    },
  };
}

/** What is known of a machine; JSON has null for what is not. */
export function reportedMachine(machine: Machine): ReportedDisk['machine'] {
  const { windows, build, role, computerName, domain, connectionBroker, controlSet, partition } = machine;
  return {
    windows: windows ?? null,
    build: build ?? null,
    role: role ?? null,
    computerName: computerName ?? null,
    domain: domain ?? null,
    connectionBroker: connectionBroker ?? null,
    controlSet: controlSet ?? null,
    partition: partition ?? null,
  };
}

function imageNotes({ image, table, passedOver, machinesLeftOut }: DiskTarget): Text[] {
  return [
    ...passedOver.map(passedOverNote),
    ...(machinesLeftOut > 0 ? [text('note.machines-left-out', { count: machinesLeftOut })] : []),
    ...image.warnings.map((warning) => text('note.image', { warning })),
    ...table.warnings.map((warning) => text('note.partitions', { warning })),
  ];
}

function passedOverNote(content: PassedOver): Text {
  const partition = content.partition.number;
  if (content.kind === 'bitlocker') return text('note.bitlocker', { partition });
  return text('note.unreadable-volume', { partition, detail: content.error.message });
}

function volumeNotes({ volumeState }: DiskMachine): Text[] {
  const notes: Text[] = [];
  if (volumeState?.dirty) notes.push(text('note.volume-dirty'));
  if (volumeState?.journal === 'unclean') notes.push(text('note.journal-unclean'));
  if (volumeState === undefined || volumeState.journal === 'unreadable')
    notes.push(text('note.volume-state-unknown'));
  if (volumeState?.hibernation === 'unknown') notes.push(text('note.hibernation-unknown'));
  if (volumeState?.hibernation === 'hibernated') notes.push(text('note.hibernated'));
  if (volumeState?.hibernation === 'fast-startup') notes.push(text('note.fast-startup'));
  return notes;
}

function hiveNotes({ hiveStates }: DiskMachine): Text[] {
  return Object.entries(hiveStates).flatMap(([hive, state]) => {
    if (state?.recovery === 'logs-applied')
      return [text('note.hive-replayed', { hive, entries: state.entriesApplied })];
    if (state?.recovery === 'no-usable-logs') return [text('note.hive-without-logs', { hive })];
    return [];
  });
}
