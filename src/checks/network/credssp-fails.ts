import { defineCheck } from '../../model/check.ts';
import type { Certainty, Judgement } from '../../model/finding.ts';
import { type Text, text } from '../../text/index.ts';
import type { Credssp } from '../../wire/credssp/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence } from '../judgement.ts';
import { clientQuestions, saidOf } from './client-agreement.ts';
import { type ClientVerdict, clientNames, judgeClients } from './clients/index.ts';
import { showBytes } from './evidence.ts';

export const credsspFails = defineCheck({
  id: 'credssp-fails',
  questions: clientQuestions,
  judge(seen) {
    const { nla } = seen;
    if (nla.state !== 'known') return healthyIfSeen(nla);
    const { credssp, alert } = nla.value;
    if (credssp.kind === 'challenge') {
      const refusing = saidOf(judgeClients(seen), 'client.fails-credssp-version');
      return refusing.length > 0 ? tooOld(nla.where, credssp.version, refusing) : healthy;
    }
    return refusesNtlm(credssp)
      ? failing(nla.where, saw(credssp, alert), { certainty: 'possible', ...ntlmRefused })
      : failing(nla.where, saw(credssp, alert), { certainty: 'likely', ...brokenOff(credssp) });
  },
});

/** The exchange would go on, and clients with the correction of CVE-2018-0886 refuse to. */
function tooOld(where: string, version: number, refusing: readonly ClientVerdict[]): Judgement {
  const saw = text('credssp-fails.saw-version', { version });
  return fault({
    certainty: 'likely',
    title: text('credssp-fails.title-too-old'),
    explanation: text('credssp-fails.too-old', { version, failing: clientNames(refusing) }),
    evidence: [networkEvidence(where, saw, text('credssp-fails.expected-version'))],
    remedy: { consent: 'manual', changes: [], summary: text('credssp-fails.remedy-too-old') },
  });
}

interface Words {
  readonly title: Text;
  readonly explanation: Text;
  readonly remedy: Text;
}

function failing(
  where: string,
  saw: Text,
  { certainty, title, explanation, remedy }: Words & { readonly certainty: Certainty },
): Judgement {
  return fault({
    certainty,
    title,
    explanation,
    evidence: [networkEvidence(where, saw, text('credssp-fails.expected'))],
    remedy: { consent: 'manual', changes: [], summary: remedy },
  });
}

type Failure = Exclude<Credssp, { kind: 'challenge' }>;

/**
 * What a server says that takes Kerberos alone: STATUS_NOT_SUPPORTED ([MS-NLMP] 3.2.5.1.1, ServerBlock), its SSPI form as
 * it was reported, and STATUS_NTLM_BLOCKED; or it answers with a token of another mechanism. That may be meant.
 */
function refusesNtlm(credssp: Failure): boolean {
  if (credssp.kind === 'no-challenge') return !isUnreadable(credssp.said);
  return credssp.kind === 'refused' && ntlmOff.has(credssp.status >>> 0);
}

/** A token that is damaged or of no known kind refuses nothing: it is no CredSSP that a client could go on with. */
function isUnreadable(said: string): boolean {
  return said.includes('cannot be read') || said.includes('that begins with');
}

const ntlmOff: ReadonlySet<number> = new Set([0xc00000bb, 0x80090302, 0xc0000418]);

const ntlmRefused: Words = {
  title: text('credssp-fails.title-no-ntlm'),
  explanation: text('credssp-fails.no-ntlm'),
  remedy: text('credssp-fails.remedy-no-ntlm'),
};

function brokenOff(credssp: Failure): Words {
  return {
    title: text('credssp-fails.title'),
    explanation: text(explanations[credssp.kind]),
    remedy: text(isForeign(credssp) ? 'credssp-fails.remedy-other' : 'credssp-fails.remedy'),
  };
}

function isForeign({ kind }: Failure): boolean {
  return kind === 'not-credssp' || kind === 'no-challenge';
}

const explanations = {
  ended: 'credssp-fails.explanation',
  refused: 'credssp-fails.refused',
  'no-challenge': 'credssp-fails.other',
  'not-credssp': 'credssp-fails.other',
} as const satisfies Record<Failure['kind'], string>;

function saw(credssp: Failure, alert: string | undefined): Text {
  if (alert !== undefined) return text('credssp-fails.saw-alert', { alert });
  switch (credssp.kind) {
    case 'ended':
      return text('credssp-fails.saw-ended', { ending: credssp.ending });
    case 'refused':
      return sawStatus(credssp.status >>> 0);
    case 'no-challenge':
      return text('credssp-fails.saw-no-challenge', { version: credssp.version, said: credssp.said });
    case 'not-credssp':
      return text('credssp-fails.saw-other', { bytes: showBytes(credssp.bytes) });
  }
}

function sawStatus(status: number): Text {
  const code = `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;
  const name = statusNames.get(status);
  return name === undefined
    ? text('credssp-fails.saw-status', { code })
    : text('credssp-fails.saw-named-status', { code, name });
}

/** [MS-ERREF], sections 2.1.1 and 2.3.1: what a server may answer before it knows who is there. */
const statusNames: ReadonlyMap<number, string> = new Map([
  [0x80090300, 'SEC_E_INSUFFICIENT_MEMORY'],
  [0x80090302, 'SEC_E_UNSUPPORTED_FUNCTION'],
  [0x80090304, 'SEC_E_INTERNAL_ERROR'],
  [0x80090305, 'SEC_E_SECPKG_NOT_FOUND'],
  [0x80090308, 'SEC_E_INVALID_TOKEN'],
  [0x8009030c, 'SEC_E_LOGON_DENIED'],
  [0x8009030e, 'SEC_E_NO_CREDENTIALS'],
  [0x80090311, 'SEC_E_NO_AUTHENTICATING_AUTHORITY'],
  [0xc0000001, 'STATUS_UNSUCCESSFUL'],
  [0xc000000d, 'STATUS_INVALID_PARAMETER'],
  [0xc0000022, 'STATUS_ACCESS_DENIED'],
  [0xc000005e, 'STATUS_NO_LOGON_SERVERS'],
  [0xc000006d, 'STATUS_LOGON_FAILURE'],
  [0xc000009a, 'STATUS_INSUFFICIENT_RESOURCES'],
  [0xc00000bb, 'STATUS_NOT_SUPPORTED'],
  [0xc000015b, 'STATUS_LOGON_TYPE_NOT_GRANTED'],
  [0xc00000fe, 'STATUS_NO_SUCH_PACKAGE'],
  [0xc0000418, 'STATUS_NTLM_BLOCKED'],
]);
