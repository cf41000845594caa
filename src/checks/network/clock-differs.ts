import { defineCheck } from '../../model/check.ts';
import type { NlaAttempt } from '../../model/endpoint.ts';
import { isTrouble } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { healthy, healthyIfSeen, networkEvidence, risk } from '../judgement.ts';

/** What Kerberos forgives by default, in minutes ([MS-KILE], clock skew; RFC 4120, section 1.6). */
const forgiven = 5;

export const clockDiffers = defineCheck({
  id: 'clock-differs',
  questions: { nla: endpointQuestion('endpoint-nla') },
  judge({ nla }, { findings }) {
    if (nla.state !== 'known') return healthyIfSeen(nla);
    const minutes = minutesAhead(nla.value);
    if (minutes === undefined || Math.abs(minutes) <= forgiven) return healthy;
    // Where the certificate's dates are a matter of the clock, that finding has both clocks.
    if (findings.some((finding) => finding.check === 'certificate-expired' && isTrouble(finding)))
      return healthy;
    return risk({
      certainty: 'likely',
      title: text('clock-differs.title'),
      explanation: text('clock-differs.explanation'),
      evidence: [
        networkEvidence(
          nla.where,
          text(minutes > 0 ? 'clock-differs.saw-ahead' : 'clock-differs.saw-behind', {
            minutes: Math.abs(minutes),
          }),
          text('clock-differs.expected', { minutes: forgiven }),
        ),
      ],
      remedy: { consent: 'manual', changes: [], summary: text('clock-differs.remedy') },
    });
  },
});

/** How far the server's clock is ahead of ours; undefined where it did not tell it. */
function minutesAhead({ credssp, at }: NlaAttempt): number | undefined {
  const told = credssp.kind === 'challenge' ? credssp.challenge.timestamp : undefined;
  return told && Math.round((told.getTime() - at.getTime()) / 60_000);
}
