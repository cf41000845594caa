import { explain } from '../explain/explain.ts';
import { explanationPage } from '../explain/page.ts';
import { reportExplanation } from '../explain/report.ts';
import { version } from '../version.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { toJson } from './json.ts';
import { pageOptions } from './page-options.ts';

export interface ExplainOptions {
  readonly json?: boolean;
}

/** `rdpmend explain`: says what a number or text means. Words that were not quoted come as several arguments. */
export function explainCommand(words: readonly string[], options: ExplainOptions): ExitCode {
  const typed = words.join(' ');
  const report = reportExplanation(version, typed, explain(typed));
  process.stdout.write(options.json ? toJson(report) : explanationPage(report, pageOptions()));
  return report.known ? exitCode.healthy : exitCode.notExamined;
}
