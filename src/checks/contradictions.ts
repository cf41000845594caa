import type { Evidence } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import { endpointQuestion } from '../model/question.ts';
import { say, type Text, text } from '../text/index.ts';
import { answersFor, type Diagnosis } from './diagnose.ts';
import { networkEvidence, valueEvidence } from './judgement.ts';
import { isCause, isSpokenOf, type Link, lookAlike } from './links.ts';
import { listenerPort, portQuestion } from './listener/rdp-port.ts';

/** Two vantages that cannot both be right about one machine. */
export interface Contradiction {
  /** Whose statements contradict each other; none where it is about which machine, or which port, is looked at. */
  readonly checks: readonly string[];
  readonly title: Text;
  readonly explanation: Text;
  readonly evidence: readonly Evidence[];
}

/** What a disk and an endpoint say against each other about the causes that both can see. */
export function contradictionsIn(
  links: readonly Link[],
  disk: Diagnosis,
  now: Date,
): readonly Contradiction[] {
  return links.flatMap((link) => [...notInForce(link), ...deniedByDisk(link, links, disk, now)]);
}

/** The disk has what the endpoint shows not to be so. */
function notInForce({ check, finding, symptom, reading }: Link): Contradiction[] {
  if (reading.state !== 'refuted' || !isSpokenOf(finding, symptom)) return [];
  if (finding.verdict === 'risk' && !symptom.sameFact) return [];
  const { verdict } = finding;
  const fault = say(finding.title);
  return [
    {
      checks: [check.id],
      title: text('contradiction.not-in-force', { check: check.id }),
      explanation:
        finding.certainty === 'proven'
          ? text('contradiction.not-in-force-explanation', { fault, verdict })
          : text('contradiction.not-felt-explanation', { fault }),
      evidence: [...finding.evidence.filter(({ source }) => source === 'disk'), ...reading.evidence],
    },
  ];
}

/** The endpoint shows what the disk says is not so, and the disk has no other cause that would look like it. */
function deniedByDisk(
  { check, finding, symptom, reading }: Link,
  links: readonly Link[],
  disk: Diagnosis,
  now: Date,
): Contradiction[] {
  const { denial } = symptom;
  if (finding.verdict !== 'healthy' || reading.state !== 'shown' || !denial) return [];
  if (links.some((other) => isCause(other) && lookAlike(other.symptom, symptom))) return [];
  const said = denial.saidBy(disk, now);
  if (said.length === 0) return [];
  const { title, explanation } = denial;
  return [{ checks: [check.id], title, explanation, evidence: [...said, ...reading.evidence] }];
}

/** Checks that speak of a port at which no Remote Desktop was found. */
const nothingAtThePort: readonly string[] = ['port-closed', 'port-unreachable', 'wrong-service'];

/** By the disk the listener is on another port than the one at which nothing was found. */
export function portContradiction(
  disk: Diagnosis,
  endpoint: Diagnosis,
  unexplained: readonly string[],
): Contradiction | undefined {
  const { port } = answersFor({ port: portQuestion }, disk.answers);
  const reach = answersFor({ reachability: endpointQuestion('endpoint-reachability') }, endpoint.answers);
  if (port.state !== 'known' || reach.reachability.state !== 'known') return undefined;
  const { where, value } = reach.reachability;
  const [onDisk, asked] = [listenerPort(port), value.port];
  const checks = unexplained.filter((id) => nothingAtThePort.includes(id));
  if (onDisk === undefined || onDisk === asked || checks.length === 0) return undefined;
  return {
    checks,
    title: text('contradiction.port', { port: onDisk, asked }),
    explanation: text('contradiction.port-explanation', { port: onDisk, name: value.name }),
    evidence: [
      valueEvidence(port, text('contradiction.expected-port', { port: asked })),
      networkEvidence(
        where,
        text('contradiction.saw-nothing'),
        text('contradiction.expected-asked', { port: onDisk }),
      ),
    ],
  };
}

/** The names by which a disk and an endpoint call themselves differ. */
export function namesContradiction(disks: readonly Machine[], endpoint: Machine): Contradiction {
  const names = { disk: namesOf(disks), endpoint: endpoint.computerName ?? '' };
  return {
    checks: [],
    title: text('contradiction.names'),
    explanation: text('contradiction.names-explanation', names),
    evidence: [],
  };
}

/** Nothing tells which of several disks is that of the machine that answers. */
export function undecided(disks: readonly Machine[]): Contradiction {
  return {
    checks: [],
    title: text('contradiction.undecided'),
    explanation: text('contradiction.undecided-explanation', { disks: namesOf(disks) }),
    evidence: [],
  };
}

function namesOf(machines: readonly Machine[]): string {
  return [...new Set(machines.map(({ computerName }) => computerName || '?'))].join(', ');
}
