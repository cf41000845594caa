import type { Check, SymptomReading } from '../model/check.ts';
import { type Finding, isTrouble, type Trouble } from '../model/finding.ts';
import { answersFor, type Diagnosis } from './diagnose.ts';
import type { CaseSymptom } from './symptoms/symptom.ts';

/** A check of the disk, what it found, and what the network shows of it. */
export interface Link {
  readonly check: Check;
  readonly finding: Finding;
  readonly symptom: CaseSymptom;
  readonly reading: SymptomReading;
}

/** A cause on the disk that the network shows as well. */
export interface Cause extends Link {
  readonly finding: Trouble;
  readonly reading: Extract<SymptomReading, { readonly state: 'shown' | 'refuted' }>;
}

/** What a disk's checks found, beside what the endpoint shows of each. */
export function linksBetween(
  disk: Diagnosis,
  endpoint: Diagnosis,
  checks: readonly Check[],
  now: Date,
): readonly Link[] {
  return checks.flatMap((check) => {
    const finding = disk.findings.find((candidate) => candidate.check === check.id);
    const symptom = finding && symptomOf(check, finding);
    if (!finding || !symptom) return [];
    const reading = symptom.read(answersFor(symptom.questions, endpoint.answers), now);
    return [{ check, finding, symptom, reading }];
  });
}

/** A risk prevents nothing, so that what its check looks like as a fault is none of its own. */
function symptomOf({ symptom }: Check, { verdict }: Finding): CaseSymptom | undefined {
  const own: CaseSymptom | undefined = symptom;
  if (verdict !== 'risk' || own?.sameFact) return own;
  return own?.ofRisk;
}

/** Whether what the network shows may be taken to speak of what was found on the disk. */
export function isSpokenOf(finding: Finding, symptom: CaseSymptom): finding is Trouble {
  if (!isTrouble(finding)) return false;
  if (symptom.sameFact) return true;
  // What may well do no harm is not made a cause by something that goes wrong.
  if (finding.certainty === 'possible') return false;
  return !symptom.weak || finding.certainty === 'proven';
}

export function isCause(link: Link): link is Cause {
  return link.reading.state === 'shown' && isSpokenOf(link.finding, link.symptom);
}

/** Whether two symptoms may be taken for each other. */
export function lookAlike(one: CaseSymptom, other: CaseSymptom): boolean {
  return one === other || one.explains.some((id) => other.explains.includes(id));
}
