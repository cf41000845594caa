import type { Answer } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { Blindness, Evidence, Judgement } from '../../model/finding.ts';
import { familyOf } from '../../model/machine.ts';
import { type Answers, type Questions, registryValue } from '../../model/question.ts';
import { dword, type RegistryValue } from '../../model/registry.ts';
import { type TextId, text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen, unseenAmong, valueEvidence } from '../judgement.ts';
import { nothingInCommon } from '../symptoms/tls-fails.ts';
import { readSuiteName } from './cipher-suites.ts';
import type { ListenerKey } from './listener-key.ts';
import { type ListenerSuites, listenerSuites, listenerSuitesQuestions } from './listener-suites.ts';
import { unknownBuild } from './protocols.ts';
import { localSuitesKey, suiteNamesIn, suitePolicyKey, suitePolicyQuestion } from './suite-list.ts';

const lsaKey = 'SYSTEM\\CurrentControlSet\\Control\\Lsa';
const fipsKey = `${lsaKey}\\FipsAlgorithmPolicy`;

/** The curves of TLS that Windows keeps in FIPS mode (Microsoft Learn, "TLS Elliptic Curves in Windows 10"). */
const fipsCurves: readonly string[] = ['NISTP256', 'NISTP384', 'NISTP521'];
const fipsCurveBits: readonly number[] = [256, 384, 521];
/** The smallest RSA key that software in FIPS mode accepts (NIST SP 800-131A). */
const fipsRsaBits = 2048;

const curveQuestions = {
  policyCurves: registryValue(suitePolicyKey, 'EccCurves'),
  localCurves: registryValue(localSuitesKey, 'EccCurves'),
  policySuites: suitePolicyQuestion,
  localSuites: registryValue(localSuitesKey, 'Functions'),
} as const satisfies Questions;

/** What one of the two conflicts comes to. */
type Conflict =
  | { readonly found: true; readonly evidence: readonly Evidence[] }
  | { readonly found: false; readonly unseen: readonly Blindness[] };

const noConflict: Conflict = { found: false, unseen: [] };

export const fipsConflict = defineCheck({
  id: 'fips-conflict',
  questions: {
    fips: registryValue(fipsKey, 'Enabled'),
    fipsByMdm: registryValue(fipsKey, 'MDMEnabled'),
    /** Where Windows XP kept it; later ones are believed to heed it still. */
    fipsOfOld: registryValue(lsaKey, 'FIPSAlgorithmPolicy'),
    ...curveQuestions,
    ...listenerSuitesQuestions,
  },
  symptom: nothingInCommon,
  judge({ fips, fipsByMdm, fipsOfOld, ...answers }, { machine: { build } }) {
    const switches = [fips, fipsByMdm, fipsOfOld];
    const switchedOn = switches.find((answer) => answer.state === 'known' && dword(answer.value));
    if (!switchedOn) return healthyIfSeen(...switches);
    const mode = valueEvidence(switchedOn, text('fips-conflict.expected-mode'));
    const suites = listenerSuites(answers, build);
    const curves = curvesConflict(answers, suites, build);
    if (curves.found) return conflict('curves', [mode, ...curves.evidence]);
    const certificate = certificateConflict(suites.key);
    if (certificate.found) return conflict('certificate', [mode, ...certificate.evidence]);
    const unseen = [...curves.unseen, ...certificate.unseen];
    return unseen.length > 0 ? { verdict: 'unknown', unseen } : healthy;
  },
});

/** FIPS mode takes all of the curves away, and the suites that are left to the listener all need one. */
function curvesConflict(
  { policyCurves, localCurves, policySuites, localSuites }: Answers<typeof curveQuestions>,
  suites: ListenerSuites,
  build: number | undefined,
): Conflict {
  const family = familyOf(build);
  // Up to 8.1 the curves are part of the suites' names, and all of those are allowed.
  if (family === '7' || family === '8' || family === '8.1') return noConflict;
  const curves = effectiveList(policyCurves, localCurves);
  if (curves.unseen.length > 0) return { found: false, unseen: curves.unseen };
  const allowed = curves.names.some((curve) => fipsCurves.includes(curve.toUpperCase()));
  if (allowed || curves.names.length === 0) return noConflict;
  const list = effectiveList(policySuites, localSuites);
  const unseen = [...list.unseen, ...(family ? [] : [unknownBuild])];
  if (unseen.length > 0) return { found: false, unseen };
  const withoutCurve = list.names.filter((name) => readSuiteName(name).suite?.keyExchange !== 'ecdhe');
  const [whole, rest] = [suites.judge(list.names), suites.judge(withoutCurve)];
  // Where the whole list leaves nothing, that is the trouble, FIPS mode or not.
  if (rest.state === 'usable' || whole.state === 'unusable') return noConflict;
  if (rest.state === 'depends' || whole.state === 'depends') return { found: false, unseen: suites.unseen };
  const expected = text('fips-conflict.expected-curves');
  const byPolicy = curves.answer === policyCurves;
  return { found: true, evidence: [valueEvidence(curves.answer, expected, { byPolicy })] };
}

interface EffectiveList {
  readonly answer: Answer<RegistryValue>;
  readonly names: readonly string[];
  readonly unseen: readonly Blindness[];
}

/** Policy wins where it is there; what is no list of names counts as none. */
function effectiveList(policy: Answer<RegistryValue>, local: Answer<RegistryValue>): EffectiveList {
  const answer = policy.state === 'absent' ? local : policy;
  const names = answer.state === 'known' ? (suiteNamesIn(answer.value) ?? []) : [];
  return { answer, names, unseen: unseenAmong(answer) };
}

function certificateConflict({ certificate, unseen }: ListenerKey): Conflict {
  if (!certificate) return { found: false, unseen };
  const { keyType, keyBits, where } = certificate;
  const tooWeak =
    (keyType === 'rsa' && keyBits < fipsRsaBits) || (keyType === 'ec' && !fipsCurveBits.includes(keyBits));
  if (!tooWeak) return noConflict;
  const saw = `${keyType.toUpperCase()} ${keyBits}`;
  return { found: true, evidence: [evidenceOf(where, saw, text('fips-conflict.expected-key'))] };
}

const explanations = {
  curves: 'fips-conflict.explanation-curves',
  certificate: 'fips-conflict.explanation-certificate',
} as const satisfies Record<string, TextId>;

const remedies = {
  curves: 'fips-conflict.remedy-curves',
  certificate: 'fips-conflict.remedy-certificate',
} as const satisfies Record<keyof typeof explanations, TextId>;

function conflict(cause: keyof typeof explanations, evidence: readonly Evidence[]): Judgement {
  return fault({
    certainty: 'likely',
    title: text('fips-conflict.title'),
    explanation: text(explanations[cause]),
    evidence,
    remedy: { consent: 'manual', changes: [], summary: text(remedies[cause]) },
  });
}
