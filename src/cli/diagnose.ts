import { diagnoseTogether } from '../checks/diagnose-together.ts';
import { checkedFrom, checks } from '../checks/index.ts';
import { TargetProblem } from '../model/target-problem.ts';
import { printable } from '../report/printable.ts';
import { makeReport } from '../report/report.ts';
import type { Report } from '../report/schema.ts';
import { terminalPage } from '../report/terminal.ts';
import { targetName } from '../sources/disk/index.ts';
import { say, text } from '../text/index.ts';
import { version } from '../version.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { defectMessage } from './failure.ts';
import { toJson } from './json.ts';
import { type OpenOptions, type OpenTarget, openTarget } from './open-target.ts';
import { pageOptions } from './page-options.ts';
import { startProgress } from './progress.ts';

export interface DiagnoseOptions extends Omit<OpenOptions, 'onProgress'> {
  readonly json?: boolean;
}

/** Why a target could not be examined. */
interface Failure {
  readonly target: string;
  readonly problem: string;
}

/** `rdpmend diagnose`: examines disks and endpoints, as one case, and prints what was found. */
export async function diagnoseCommand(
  targets: readonly string[],
  { json, ...options }: DiagnoseOptions,
): Promise<ExitCode> {
  const { report, failures } = await examine(targets, options);
  for (const { target, problem } of failures) {
    const message = say(text('problem.cannot-examine', { target, problem }));
    process.stderr.write(`rdpmend: ${printable(message)}\n`);
  }
  if (json) process.stdout.write(toJson(report));
  else if (report.targets.length > 0) process.stdout.write(terminalPage(report, pageOptions()));
  if (report.findings.some(({ verdict }) => verdict === 'fault')) return exitCode.fault;
  return failures.length > 0 ? exitCode.notExamined : exitCode.healthy;
}

async function examine(
  targets: readonly string[],
  options: Omit<OpenOptions, 'onProgress'>,
): Promise<{ report: Report; failures: readonly Failure[] }> {
  const progress = startProgress();
  const failures: Failure[] = [];
  const open: OpenTarget[] = [];
  try {
    const opening = targets.map((target) => openTarget(target, { ...options, onProgress: progress.update }));
    for (const [index, result] of (await Promise.allSettled(opening)).entries()) {
      if (result.status === 'fulfilled') open.push(result.value);
      else failures.push(failureOf(targets[index] ?? '', result.reason));
    }
    try {
      return { report: withFailure(await diagnoseOpen(open), failures), failures };
    } catch (error) {
      const [target = ''] = targets;
      failures.push(failureOf(target, error));
      return { report: withFailure(makeReport(version, [], []), failures), failures };
    }
  } finally {
    for (const target of open) target.close();
    progress.stop();
  }
}

async function diagnoseOpen(open: readonly OpenTarget[]): Promise<Report> {
  const sources = open.flatMap((target) => target.sources);
  const { diagnoses, contradictions, unexplained } = await diagnoseTogether(sources, checks, new Date());
  const examined = open
    .flatMap((target) => target.sources.map((_, place) => ({ target, place })))
    .map(({ target, place }, index) => {
      const diagnosis = diagnoses[index];
      if (!diagnosis) throw new Error('a source was not diagnosed');
      const checksUnexplained = unexplained.find(({ source }) => source === index)?.checks ?? [];
      return target.examined(place, diagnosis, checksUnexplained);
    });
  const kinds = new Set(sources.map(({ kind }) => kind));
  return makeReport(version, examined, checkedFrom(...kinds), kinds.size > 1 ? contradictions : undefined);
}

function withFailure(report: Report, failures: readonly Failure[]): Report {
  const errors = failures.map(({ target, problem }) => ({ target, message: problem }));
  const [error] = errors;
  return { ...report, ...(error && { error }), ...(errors.length > 1 && { errors }) };
}

function failureOf(target: string, error: unknown): Failure {
  return {
    target: shownName(targetName(target)),
    problem: error instanceof TargetProblem ? error.message : defectMessage(error),
  };
}

/** More than any path has; what is longer was not meant as a name. */
const longestName = 1000;

function shownName(name: string): string {
  if (name === '') return '""';
  return name.length > longestName ? `${name.slice(0, longestName)}...` : name;
}
