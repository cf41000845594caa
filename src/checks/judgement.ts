import type { Answer, Unknown } from '../model/answer.ts';
import type { Evidence, Judgement } from '../model/finding.ts';
import { type RegistryValue, showValue } from '../model/registry.ts';
import { type Text, text } from '../text/index.ts';

export const healthy: Judgement = { verdict: 'healthy' };

type TroubleJudgement = Extract<Judgement, { verdict: 'fault' | 'risk' }>;

/** RDP is prevented, or certain clients are. */
export function fault(trouble: Omit<TroubleJudgement, 'verdict'>): Judgement {
  return { verdict: 'fault', ...trouble };
}

/** RDP works but is about to break, or is exposed. */
export function risk(trouble: Omit<TroubleJudgement, 'verdict'>): Judgement {
  return { verdict: 'risk', ...trouble };
}

/** Those of the answers that say that nothing could be seen. */
export function unseenAmong(...answers: readonly Answer<unknown>[]): readonly Unknown[] {
  return answers.filter((answer) => answer.state === 'unknown');
}

/** `healthy`, unless one of the answers that this rests on could not be had. */
export function healthyIfSeen(...answers: readonly Answer<unknown>[]): Judgement {
  const unseen = unseenAmong(...answers);
  return unseen.length === 0 ? healthy : { verdict: 'unknown', unseen };
}

/** A registry value, or its absence, as evidence. */
export function valueEvidence(
  answer: Answer<RegistryValue>,
  expected: Text,
  { byPolicy = false }: { byPolicy?: boolean } = {},
): Evidence {
  return { source: 'disk', where: answer.where, saw: sawValue(answer), expected, byPolicy };
}

function sawValue(answer: Answer<RegistryValue>): string | Text {
  return answer.state === 'known' ? showValue(answer.value) : text('saw.absent');
}

/** What came over the network as evidence. */
export function networkEvidence(where: string, saw: string | Text, expected: Text): Evidence {
  return { source: 'endpoint', where, saw, expected, byPolicy: false };
}

/** Anything on a disk that is no registry value as evidence. */
export function evidenceOf(where: string, saw: string | Text, expected: Text): Evidence {
  return { source: 'disk', where, saw, expected, byPolicy: false };
}
