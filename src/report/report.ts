import type { Diagnosis } from '../checks/diagnose.ts';
import type { LocatedContradiction } from '../checks/diagnose-together.ts';
import { type Conclusion, type Evidence, type Finding, isTrouble, type Trouble } from '../model/finding.ts';
import { say, type Text } from '../text/index.ts';
import { reportedChange } from './change.ts';
import type {
  Report,
  ReportedConclusion,
  ReportedContradiction,
  ReportedFinding,
  ReportedTarget,
  ReportedTrouble,
} from './schema.ts';

/** A target with what was found on it. */
export interface ExaminedTarget {
  readonly target: ReportedTarget;
  readonly diagnosis: Diagnosis;
}

/** Everything that is to be told of a run, in English, in the shape of `--json`. */
export function makeReport(
  version: string,
  examined: readonly ExaminedTarget[],
  checked: readonly string[],
  contradictions?: readonly LocatedContradiction[],
): Report {
  const findings = examined.flatMap(({ diagnosis }, target) =>
    diagnosis.findings.flatMap((finding) => reportedFinding(finding, target)),
  );
  return {
    schemaVersion: 1,
    tool: { name: 'rdpmend', version },
    targets: examined.map(({ target }) => target),
    findings: findings.sort((one, other) => gravity(one) - gravity(other)),
    ...(contradictions && { contradictions: contradictions.map(reportedContradiction) }),
    checked: [...checked],
  };
}

const verdicts = ['fault', 'risk', 'unknown', 'healthy'] as const;
const certainties = ['proven', 'likely', 'possible'] as const;

/** The smaller the graver. */
function gravity(finding: ReportedFinding): number {
  const certainty = finding.verdict === 'unknown' ? 0 : certainties.indexOf(finding.certainty);
  return verdicts.indexOf(finding.verdict) * certainties.length + certainty;
}

/** What is healthy is told by its absence, it stands in `checked` alone; unless something follows from it. */
function reportedFinding(finding: Finding, target: number): ReportedFinding[] {
  if (isTrouble(finding)) return [reportedTrouble(finding, target)];
  if (finding.verdict === 'healthy') {
    return finding.conclusion ? [reportedConclusion(finding.check, finding.conclusion, target)] : [];
  }
  const unseen = finding.unseen.map(({ where, why }) => ({ where, why }));
  return [{ target, check: finding.check, verdict: 'unknown', unseen }];
}

function reportedConclusion(
  check: string,
  { certainty, title, explanation, evidence, next }: Conclusion,
  target: number,
): ReportedConclusion {
  return {
    target,
    check,
    verdict: 'healthy',
    certainty,
    title: say(title),
    explanation: say(explanation),
    evidence: evidence.map(reportedEvidence),
    next: say(next),
  };
}

function reportedContradiction(contradiction: LocatedContradiction): ReportedContradiction {
  const { sources, checks, title, explanation, evidence } = contradiction;
  return {
    targets: [...sources],
    checks: [...checks],
    title: say(title),
    explanation: say(explanation),
    evidence: evidence.map(reportedEvidence),
  };
}

function reportedTrouble(finding: Trouble, target: number): ReportedTrouble {
  return {
    target,
    check: finding.check,
    verdict: finding.verdict,
    certainty: finding.certainty,
    title: say(finding.title),
    explanation: say(finding.explanation),
    evidence: finding.evidence.map(reportedEvidence),
    remedy: {
      consent: finding.remedy.consent,
      summary: say(finding.remedy.summary),
      changes: finding.remedy.changes.map(reportedChange),
    },
    ...(finding.explainedBy && { explainedBy: [...finding.explainedBy] }),
  };
}

function reportedEvidence({
  source,
  where,
  saw,
  expected,
  byPolicy,
}: Evidence): ReportedTrouble['evidence'][number] {
  return { source, where, saw: sayAny(saw), expected: say(expected), ...(byPolicy && { byPolicy }) };
}

function sayAny(value: string | Text): string {
  return typeof value === 'string' ? value : say(value);
}
