import type { Answer } from '../model/answer.ts';
import type { Check, SymptomReading } from '../model/check.ts';
import { type Evidence, type Finding, isTrouble, type Trouble } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import { type RegistryKey, type RegistryValue, showValue } from '../model/registry.ts';
import { type Text, text } from '../text/index.ts';
import { answersFor, type Diagnosis } from './diagnose.ts';
import { evidenceOf } from './judgement.ts';

/** Two vantages that cannot both be right about one machine. */
export interface Contradiction {
  /** Whose statements contradict each other; none where it is the machines' names. */
  readonly checks: readonly string[];
  readonly title: Text;
  readonly explanation: Text;
  readonly evidence: readonly Evidence[];
}

/** A disk and an endpoint of one machine, looked at together. */
export interface Corroboration {
  readonly disk: Diagnosis;
  readonly endpoint: Diagnosis;
  readonly contradictions: readonly Contradiction[];
  /** The endpoint's faults that nothing on the disk explains, where the disk could be judged. */
  readonly unexplained: readonly string[];
}

/**
 * Lets a disk and an endpoint of one machine speak for each other. A cause that both show carries the evidence of both and
 * is proven; so is what it explains. What they say against each other is said as that.
 */
export function corroborate(
  disk: Diagnosis,
  endpoint: Diagnosis,
  checks: readonly Check[],
  now: Date,
): Corroboration {
  const names = namesContradiction(disk, endpoint);
  if (names) return { disk, endpoint, contradictions: [names], unexplained: [] };
  const links = checks.flatMap((check) => linkOf(check, disk, endpoint, now));
  const shown = links.filter(({ reading, finding }) => reading.state === 'shown' && isTrouble(finding));
  return {
    disk: { ...disk, findings: disk.findings.map((finding) => withEndpointEvidence(finding, shown)) },
    endpoint: { ...endpoint, findings: endpoint.findings.flatMap((finding) => explained(finding, shown)) },
    contradictions: links.flatMap((link) => contradictionOf(link, shown, disk)),
    unexplained: unexplainedOf(endpoint, shown),
  };
}

/** A cause on the disk, what the disk's check found, and what the network shows of it. */
interface Link {
  readonly check: Check;
  readonly finding: Finding;
  readonly explains: readonly string[];
  readonly sameFact: boolean;
  readonly reading: SymptomReading;
}

function linkOf(check: Check, disk: Diagnosis, endpoint: Diagnosis, now: Date): Link[] {
  const finding = disk.findings.find((candidate) => candidate.check === check.id);
  const { symptom } = check;
  if (!finding || !symptom) return [];
  const reading = symptom.read(answersFor(symptom.questions, endpoint.answers), now);
  return [{ check, finding, explains: symptom.explains, sameFact: symptom.sameFact, reading }];
}

function withEndpointEvidence(finding: Finding, shown: readonly Link[]): Finding {
  const link = shown.find(({ check }) => check.id === finding.check);
  if (!link || !isTrouble(finding)) return finding;
  return { ...finding, certainty: 'proven', evidence: [...finding.evidence, ...evidenceIn(link.reading)] };
}

/** What the endpoint shows with the causes that the disk has for it; under one name the disk's finding has both. */
function explained(finding: Finding, shown: readonly Link[]): Finding[] {
  if (!isTrouble(finding)) return [finding];
  const causes = shown.filter(({ explains }) => explains.includes(finding.check));
  if (causes.length === 0) return [finding];
  if (causes.some(({ check }) => check.id === finding.check)) return [];
  const evidence = causes.flatMap((cause) => diskEvidence(cause.finding));
  return [
    {
      ...finding,
      certainty: 'proven',
      evidence: [...finding.evidence, ...evidence],
      explainedBy: causes.map(({ check }) => check.id),
    },
  ];
}

function diskEvidence(finding: Finding): readonly Evidence[] {
  return isTrouble(finding) ? finding.evidence.filter(({ source }) => source === 'disk') : [];
}

function evidenceIn(reading: SymptomReading): readonly Evidence[] {
  return reading.state === 'untold' ? [] : reading.evidence;
}

function contradictionOf(link: Link, shown: readonly Link[], disk: Diagnosis): Contradiction[] {
  const { check, finding, reading, sameFact } = link;
  const { id } = check;
  if (finding.verdict === 'fault' && reading.state === 'refuted') {
    return [
      {
        checks: [id],
        title: text('contradiction.not-in-force', { check: id }),
        explanation: text('contradiction.not-in-force-explanation'),
        evidence: [...finding.evidence, ...reading.evidence],
      },
    ];
  }
  const hasCause = shown.some((cause) => isAlike(cause, link));
  if (finding.verdict === 'healthy' && reading.state === 'shown' && sameFact && !hasCause) {
    return [
      {
        checks: [id],
        title: text('contradiction.healthy-on-disk', { check: id }),
        explanation: text('contradiction.healthy-on-disk-explanation'),
        evidence: [...whatTheDiskSays(check, disk), ...reading.evidence],
      },
    ];
  }
  return [];
}

/** Whether a cause that was found accounts for what another one would look like. */
function isAlike(cause: Link, link: Link): boolean {
  return (
    cause.check.symptom === link.check.symptom ||
    cause.explains.some((check) => link.explains.includes(check))
  );
}

/** What a check of the disk rested on when it found nothing wrong. */
function whatTheDiskSays({ questions }: Check, disk: Diagnosis): Evidence[] {
  return Object.values(answersFor(questions, disk.answers)).flatMap((answer: Answer<unknown>) =>
    answer.state === 'unknown'
      ? []
      : evidenceOf(answer.where, sawAnswer(answer), text('case.as-it-should-be')),
  );
}

function sawAnswer(answer: Answer<unknown>): string | Text {
  if (answer.state !== 'known') return text('saw.absent');
  const { value } = answer;
  if (isRegistryValue(value)) return showValue(value);
  if (isRegistryKey(value)) return showKey(value);
  return text('case.read');
}

function isRegistryValue(value: unknown): value is RegistryValue {
  return typeof value === 'object' && value !== null && 'type' in value && 'data' in value;
}

function isRegistryKey(value: unknown): value is RegistryKey {
  return typeof value === 'object' && value !== null && 'values' in value && 'keys' in value;
}

const mostValues = 8;

/** `TLS 1.2\\Server\\Enabled = 1, ...`: the values below a key, as far as a line holds them. */
function showKey(key: RegistryKey): string | Text {
  const values = valuesBelow(key, '');
  if (values.length === 0) return text('case.no-values');
  const more = values.length > mostValues ? ', ...' : '';
  return `${values.slice(0, mostValues).join(', ')}${more}`;
}

function valuesBelow(key: RegistryKey, path: string): string[] {
  const own = key.values.map(({ name, value }) => `${path}${name} = ${showValue(value)}`);
  return [...own, ...key.keys.flatMap((below) => valuesBelow(below, `${path}${below.name}\\`))];
}

/** Names that both tell, and that are not the same. */
function namesContradiction(disk: Diagnosis, endpoint: Diagnosis): Contradiction | undefined {
  if (!isAnotherMachine(disk.machine, endpoint.machine)) return undefined;
  const [onDisk = '', atEndpoint = ''] = [disk.machine.computerName, endpoint.machine.computerName];
  return {
    checks: [],
    title: text('contradiction.names'),
    explanation: text('contradiction.names-explanation', { disk: onDisk, endpoint: atEndpoint }),
    evidence: [],
  };
}

/** Whether both tell their names, and these differ. */
export function isAnotherMachine(one: Machine, other: Machine): boolean {
  if (one.computerName === undefined || other.computerName === undefined) return false;
  return netbiosName(one.computerName) !== netbiosName(other.computerName);
}

/** A NetBIOS name is the first 15 characters of the computer's. */
function netbiosName(name: string): string {
  return name.slice(0, 15).toUpperCase();
}

function unexplainedOf(endpoint: Diagnosis, shown: readonly Link[]): string[] {
  const explainedChecks = new Set(shown.flatMap(({ explains }) => explains));
  return endpoint.findings
    .filter((finding): finding is Trouble & { check: string } => isTrouble(finding))
    .filter(({ verdict, check }) => verdict === 'fault' && !explainedChecks.has(check))
    .map(({ check }) => check);
}
