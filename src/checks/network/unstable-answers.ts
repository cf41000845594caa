import { defineCheck } from '../../model/check.ts';
import type { Evidence, Judgement } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence, risk } from '../judgement.ts';
import { placeOf } from './evidence.ts';
import { isLoneSilence, isUnstable, type Series, seriesOf } from './repeats.ts';

export const unstableAnswers = defineCheck({
  id: 'unstable-answers',
  questions: { repeats: endpointQuestion('endpoint-repeats') },
  judge({ repeats }) {
    if (repeats.state !== 'known') return healthyIfSeen(repeats);
    const unstable = seriesOf(repeats.value).filter(isUnstable);
    if (unstable.length === 0) return healthy;
    const evidence = unstable.map((series) => seriesEvidence(placeOf(repeats.where), series));
    return unstable.every(isLoneSilence) ? oneSilence(evidence) : differing(evidence);
  },
});

function differing(evidence: readonly Evidence[]): Judgement {
  return fault({
    certainty: 'likely',
    title: text('unstable-answers.title'),
    explanation: text('unstable-answers.explanation'),
    evidence,
    remedy: { consent: 'manual', changes: [], summary: text('unstable-answers.remedy') },
  });
}

/** One connection among many that came to nothing in time may be no more than lost packets. */
function oneSilence(evidence: readonly Evidence[]): Judgement {
  return risk({
    certainty: 'possible',
    title: text('unstable-answers.silence-title'),
    explanation: text('unstable-answers.silence'),
    evidence,
    remedy: { consent: 'manual', changes: [], summary: text('unstable-answers.silence-remedy') },
  });
}

function seriesEvidence(place: string, { asked, answers, span }: Series): Evidence {
  const given = answers.map(([answer, times]) => `${answer} (${times})`).join(', ');
  const saw = text('network.saw.series', { given, seconds: (span / 1000).toFixed(1) });
  return networkEvidence(`${place}, ${asked}`, saw, text('network.expected.same'));
}
