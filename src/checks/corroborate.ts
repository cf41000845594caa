import type { Check } from '../model/check.ts';
import { type Certainty, type Evidence, type Finding, isTrouble } from '../model/finding.ts';
import { type Contradiction, contradictionsIn, portContradiction } from './contradictions.ts';
import type { Diagnosis } from './diagnose.ts';
import { type Cause, isCause, isSpokenOf, type Link, linksBetween, lookAlike } from './links.ts';

/** A disk and an endpoint of one machine, looked at together. */
export interface Corroboration {
  readonly disk: Diagnosis;
  readonly endpoint: Diagnosis;
  readonly contradictions: readonly Contradiction[];
  /** The endpoint's faults that nothing on the disk looks like, where the disk could be judged. */
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
  const links = linksBetween(disk, endpoint, checks, now);
  const causes = links.filter(isCause);
  const unexplained = unexplainedOf(endpoint, links);
  const port = portContradiction(disk, endpoint, unexplained);
  const seenBoth = disk.findings.map((finding) => withEndpointEvidence(finding, causes, endpoint));
  return {
    disk: { ...disk, findings: seenBoth },
    endpoint: {
      ...endpoint,
      findings: endpoint.findings.flatMap((finding) => explained(finding, causes)),
    },
    contradictions: [...contradictionsIn(links, disk, now), ...(port ? [port] : [])],
    unexplained: unexplained.filter((id) => !port?.checks.includes(id)),
  };
}

/** Under one name the endpoint's own finding has more to say than the symptom: the server's clock, for one. */
function withEndpointEvidence(finding: Finding, causes: readonly Cause[], endpoint: Diagnosis): Finding {
  const cause = causes.find(({ check }) => check.id === finding.check);
  if (!cause || !isTrouble(finding)) return finding;
  const namesake = endpoint.findings.find(({ check }) => check === finding.check);
  const seen = namesake && isTrouble(namesake) ? namesake.evidence : cause.reading.evidence;
  return { ...finding, certainty: certaintyWith(cause, causes), evidence: [...finding.evidence, ...seen] };
}

/** What both show is proven, unless the disk has another fault that would look the same. */
function certaintyWith(cause: Cause, causes: readonly Cause[]): Certainty {
  const { finding, symptom } = cause;
  if (symptom.sameFact) return 'proven';
  const rival = causes.find(
    (other) => other !== cause && other.finding.verdict === 'fault' && lookAlike(other.symptom, symptom),
  );
  return rival ? finding.certainty : 'proven';
}

/** What the endpoint shows, with the causes that the disk has for it; under one name the disk's finding has both. */
function explained(finding: Finding, causes: readonly Cause[]): Finding[] {
  // What is merely possible from the network may be meant so, and wants no cause.
  if (!isTrouble(finding) || finding.certainty === 'possible') return [finding];
  const own = causes.filter(({ symptom }) => symptom.explains.includes(finding.check));
  if (own.length === 0) return [finding];
  if (own.some(({ check }) => check.id === finding.check)) return [];
  const isProven = own.some(
    (cause) => cause.finding.verdict === 'fault' && certaintyWith(cause, causes) === 'proven',
  );
  return [
    {
      ...finding,
      certainty: isProven ? 'proven' : finding.certainty,
      evidence: [...finding.evidence, ...own.flatMap(diskEvidence)],
      explainedBy: own.map(({ check }) => check.id),
    },
  ];
}

/** Without what another endpoint has added to it. */
function diskEvidence({ finding }: Cause): readonly Evidence[] {
  return finding.evidence.filter(({ source }) => source === 'disk');
}

/** Where the disk has something in doubt that would look the same, it cannot be said that nothing explains it. */
function unexplainedOf(endpoint: Diagnosis, links: readonly Link[]): readonly string[] {
  const accounted = new Set(links.filter(mayAccount).flatMap(({ symptom }) => symptom.explains));
  return endpoint.findings
    .filter(({ verdict, check }) => verdict === 'fault' && !accounted.has(check))
    .map(({ check }) => check);
}

function mayAccount(link: Link): boolean {
  const { finding, symptom } = link;
  return (
    isCause(link) || finding.verdict === 'unknown' || (isTrouble(finding) && !isSpokenOf(finding, symptom))
  );
}
