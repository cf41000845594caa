import { defineSymptom, type Symptom } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Questions } from '../../model/question.ts';
import type { Text } from '../../text/index.ts';
import type { Diagnosis } from '../diagnose.ts';

/** What a case asks of a symptom beyond what a check must know of it. */
export interface CaseSymptom extends Symptom {
  /** What a risk of the check looks like; without it a risk is only looked for where the symptom is the same fact. */
  readonly ofRisk?: Symptom;
  /** It looks the same when the machine is off: it makes nothing more certain, and speaks for what the disk proves alone. */
  readonly weak?: boolean;
  readonly denial?: Denial;
}

/** How a disk says that what the network shows is not so. */
export interface Denial {
  readonly title: Text;
  readonly explanation: Text;
  /** What the disk has there; nothing where it does not settle it. */
  saidBy(disk: Diagnosis, now: Date): readonly Evidence[];
}

type Further = Pick<CaseSymptom, 'ofRisk' | 'weak' | 'denial'>;

/** Gives a symptom's answers the types of its questions. */
export function defineCaseSymptom<const Q extends Questions>(symptom: Symptom<Q> & Further): CaseSymptom {
  return defineSymptom(symptom);
}
