import { diagnose } from '../checks/diagnose.ts';
import { checks } from '../checks/index.ts';
import { TargetProblem } from '../model/target-problem.ts';
import { printable } from '../report/printable.ts';
import { type ExaminedTarget, makeErrorReport, makeReport } from '../report/report.ts';
import type { Report } from '../report/schema.ts';
import { examinedDisk } from '../report/target.ts';
import { terminalPage } from '../report/terminal.ts';
import { openDisk, targetName } from '../sources/disk/index.ts';
import { say, text } from '../text/index.ts';
import { version } from '../version.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { defectMessage } from './failure.ts';
import { startProgress } from './progress.ts';

export interface DiagnoseOptions {
  readonly json?: boolean;
  readonly volume?: number;
  readonly followParent?: boolean;
}

/** `rdpmend diagnose`: examines one disk and prints what was found. */
export async function diagnoseCommand(target: string, options: DiagnoseOptions): Promise<ExitCode> {
  try {
    const report = await examine(target, options);
    process.stdout.write(options.json ? toJson(report) : terminalPage(report, pageOptions()));
    return report.findings.some(({ verdict }) => verdict === 'fault') ? exitCode.fault : exitCode.healthy;
  } catch (error) {
    const problem = error instanceof TargetProblem ? error.message : defectMessage(error);
    const name = targetName(target);
    const message = say(text('problem.cannot-examine', { target: name, problem }));
    process.stderr.write(`rdpmend: ${printable(message)}\n`);
    if (options.json) process.stdout.write(toJson(makeErrorReport(version, name, problem)));
    return exitCode.notExamined;
  }
}

async function examine(target: string, { volume, followParent }: DiagnoseOptions): Promise<Report> {
  const progress = startProgress();
  try {
    const disk = await openDisk(target, {
      volume,
      followParent: followParent ?? false,
      onProgress: progress.update,
    });
    try {
      const now = new Date();
      const examined: ExaminedTarget[] = [];
      for (const machine of disk.machines) {
        examined.push(examinedDisk(disk, machine, await diagnose(machine, checks, now)));
      }
      return makeReport(
        version,
        examined,
        checks.map(({ id }) => id),
      );
    } finally {
      disk.close();
    }
  } finally {
    progress.stop();
  }
}

/** What could steer a terminal stands escaped: JSON leaves that to us for all but the lowest control characters. */
function toJson(report: Report): string {
  const json = JSON.stringify(report, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  return `${json}\n`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

const widest = 100;
const narrowest = 40;
const usual = 80;

/** A terminal that tells no width, or none that can be read, gets the usual one. */
function pageOptions(): { width: number; colour: boolean } {
  const { stdout } = process;
  const told = stdout.isTTY ? stdout.columns : usual;
  const width = told >= narrowest ? Math.min(told, widest) : usual;
  return { width, colour: stdout.isTTY === true && stdout.hasColors() };
}
