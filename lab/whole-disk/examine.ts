import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { diagnose } from '../../src/checks/diagnose.ts';
import { checkedFrom, checks } from '../../src/checks/index.ts';
import { type ExaminedTarget, makeReport } from '../../src/report/report.ts';
import { type Report, type ReportedDisk, reportSchema } from '../../src/report/schema.ts';
import { examinedDisk } from '../../src/report/target.ts';
import { type DiskOptions, openDisk } from '../../src/sources/disk/index.ts';
import { labNow } from '../world/check-tester.ts';

/**
 * The report of a disk, made as the program makes it, by the clock of the lab. Throws `Error` where it does not
 * follow the schema, or where looking changed anything in the disk's folder: a file's bytes, its time, its name.
 */
export async function examine(disk: string, options: DiskOptions = {}): Promise<Report> {
  const before = fingerprint(path.dirname(disk));
  const report = await reportOf(disk, options);
  const after = fingerprint(path.dirname(disk));
  if (after !== before) throw new Error(`looking changed something:\n${before}\nbecame\n${after}`);
  return reportSchema.parse(report);
}

async function reportOf(file: string, options: DiskOptions): Promise<Report> {
  const disk = await openDisk(file, options);
  try {
    const examined: ExaminedTarget[] = [];
    for (const machine of disk.machines) {
      examined.push(examinedDisk(disk, machine, await diagnose(machine, checks, labNow)));
    }
    const ids = checkedFrom('disk');
    return makeReport('0', examined, ids);
  } finally {
    disk.close();
  }
}

/** Every file of a folder: name, size, time of the last write, and a checksum of what is in it. */
function fingerprint(folder: string): string {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const file = path.join(folder, name);
      const { size, mtimeNs } = statSync(file, { bigint: true });
      return `${name} ${size} ${mtimeNs} ${crc32(readFileSync(file))}`;
    })
    .join('\n');
}

/** What is not healthy on one of a report's machines, sorted: `fault remote-connections-denied`. */
export function verdicts(report: Report, target = 0): string[] {
  return report.findings
    .filter((finding) => finding.target === target)
    .map(({ verdict, check }) => `${verdict} ${check}`)
    .sort();
}

/** The only machine of a report on a disk. Throws `Error` where there are more, or none. */
export function onlyTarget({ targets }: Report): ReportedDisk {
  const [target] = targets;
  if (!target || targets.length > 1) throw new Error(`there are ${targets.length} machines`);
  if (target.kind !== 'disk') throw new Error('it is no disk');
  return target;
}
