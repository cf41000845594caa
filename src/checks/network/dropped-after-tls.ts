import type { Answer, Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { NlaAttempt, SettingsAttempt } from '../../model/endpoint.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import type { Ending } from '../../wire/dialogue.ts';
import type { ServerSettings } from '../../wire/rdp/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence } from '../judgement.ts';
import { showBytes } from './evidence.ts';

export const droppedAfterTls = defineCheck({
  id: 'dropped-after-tls',
  questions: {
    settings: endpointQuestion('endpoint-settings'),
    nla: endpointQuestion('endpoint-nla'),
  },
  judge({ settings, nla }) {
    // Where CredSSP comes first, what it came to tells whether the server goes on after TLS.
    if (settings.state !== 'known') return nla.state === 'known' ? healthy : healthyIfSeen(settings);
    const { settings: answer, protocol, alert } = settings.value;
    if (answer.kind !== 'ended') return healthy;
    const { title, explanation, remedy } = wordsFor(settings, nla);
    return fault({
      certainty: 'likely',
      title,
      explanation,
      evidence: [
        networkEvidence(
          protocol === 1 ? `${settings.where}, inside TLS` : settings.where,
          alert === undefined ? sawEnding(answer) : text('dropped-after-tls.saw-alert', { alert }),
          text('dropped-after-tls.expected'),
        ),
      ],
      remedy: { consent: 'manual', changes: [], summary: remedy },
    });
  },
});

type Ended = Extract<ServerSettings, { kind: 'ended' }>;

function sawEnding({ ending, bytes }: Ended): Text {
  if (bytes.length === 0) return text('dropped-after-tls.saw-ended', { ending });
  return text('dropped-after-tls.saw-ended-after', { ending, bytes: showBytes(bytes) });
}

interface Words {
  readonly title: Text;
  readonly explanation: Text;
  readonly remedy: Text;
}

function wordsFor({ value }: Known<SettingsAttempt>, nla: Answer<NlaAttempt>): Words {
  const { settings, protocol, alert } = value;
  const ending: Ending = settings.kind === 'ended' && alert === undefined ? settings.ending : 'closed';
  if (alert !== undefined && wantsCertificate.has(alert)) return certificateDemanded;
  const remedy = text('dropped-after-tls.remedy');
  if (protocol === 0) {
    return {
      title: standardTitle(ending),
      explanation: text('dropped-after-tls.standard', { ending }),
      remedy,
    };
  }
  const beginsNla = nla.state === 'known' && nla.value.credssp.kind === 'challenge' ? 'yes' : 'no';
  return { title: title(ending), explanation: explanation(ending, beginsNla), remedy };
}

/** In TLS 1.3 the client's handshake is over before the server says so (RFC 8446, section 4.4.2.4). */
const wantsCertificate: ReadonlySet<string> = new Set(['certificate_required']);

const certificateDemanded: Words = {
  title: text('dropped-after-tls.title-certificate'),
  explanation: text('dropped-after-tls.certificate'),
  remedy: text('dropped-after-tls.remedy-certificate'),
};

function title(ending: Ending): Text {
  return text(ending === 'too-late' ? 'dropped-after-tls.title-silent' : 'dropped-after-tls.title');
}

function standardTitle(ending: Ending): Text {
  const silent = ending === 'too-late';
  return text(silent ? 'dropped-after-tls.title-standard-silent' : 'dropped-after-tls.title-standard');
}

function explanation(ending: Ending, nla: 'yes' | 'no'): Text {
  const silent = ending === 'too-late';
  return text(silent ? 'dropped-after-tls.silent' : 'dropped-after-tls.explanation', { nla });
}
