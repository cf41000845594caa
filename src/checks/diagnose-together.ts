import { type Answer, known } from '../model/answer.ts';
import type { Check } from '../model/check.ts';
import type { ExpectedCertificate, PresentedChain } from '../model/endpoint.ts';
import { endpointQuestion } from '../model/question.ts';
import type { Source } from '../model/source.ts';
import { listenerCertificateQuestions, presentedCertificate } from './certificate/listener-certificate.ts';
import { type Contradiction, namesContradiction, undecided } from './contradictions.ts';
import { corroborate } from './corroborate.ts';
import { answersFor, type Diagnosis, diagnose } from './diagnose.ts';
import { hasSameName, type Owner, ownerOf } from './same-machine.ts';

/** What was found on all targets of one command. */
export interface CaseDiagnosis {
  /** In the order of the sources. */
  readonly diagnoses: readonly Diagnosis[];
  readonly contradictions: readonly LocatedContradiction[];
  /** Faults of an endpoint that nothing on its disk looks like, by the source that shows them. */
  readonly unexplained: readonly { readonly source: number; readonly checks: readonly string[] }[];
}

/** A contradiction with the sources, by their places, that it is between: the disks first. */
export interface LocatedContradiction extends Contradiction {
  readonly sources: readonly number[];
}

/** A disk that was diagnosed, by its place among the sources. */
interface DiagnosedDisk {
  readonly place: number;
  readonly diagnosis: Diagnosis;
  readonly certificate: Answer<ExpectedCertificate> | undefined;
}

interface OwnedEndpoint {
  readonly place: number;
  readonly source: Source;
  readonly owner: Owner;
}

/** Diagnoses every source, the disks first, and lets those of one machine speak for each other. */
export async function diagnoseTogether(
  sources: readonly Source[],
  checks: readonly Check[],
  now: Date,
): Promise<CaseDiagnosis> {
  const disks: DiagnosedDisk[] = [];
  const endpoints: OwnedEndpoint[] = [];
  const diagnoses: Diagnosis[] = [];
  for (const [place, source] of sources.entries()) {
    if (source.kind !== 'disk') continue;
    const diagnosis = await diagnose(source, checks, now);
    disks.push({ place, diagnosis, certificate: certificateOn(diagnosis) });
    diagnoses[place] = diagnosis;
  }
  for (const [place, source] of sources.entries()) {
    if (source.kind !== 'endpoint') continue;
    const owner = ownerOf(source.machine, await presentedBy(source), disks.map(identityOf));
    const disk = disks.find((candidate) => owner.kind === 'disk' && candidate.place === owner.place);
    endpoints.push({ place, source, owner });
    diagnoses[place] = await diagnose(expecting(source, disk?.certificate), checks, now);
  }
  return corroborated(diagnoses, disks, endpoints, { checks, now });
}

function corroborated(
  before: readonly Diagnosis[],
  disks: readonly DiagnosedDisk[],
  endpoints: readonly OwnedEndpoint[],
  { checks, now }: { readonly checks: readonly Check[]; readonly now: Date },
): CaseDiagnosis {
  const diagnoses = [...before];
  const contradictions: LocatedContradiction[] = unowned(disks, endpoints);
  const unexplained: { source: number; checks: readonly string[] }[] = [];
  for (const { place, owner } of endpoints) {
    if (owner.kind !== 'disk') continue;
    const [disk, endpoint] = [diagnoses[owner.place], diagnoses[place]];
    if (!disk || !endpoint) continue;
    const together = corroborate(disk, endpoint, checks, now);
    diagnoses[owner.place] = together.disk;
    diagnoses[place] = together.endpoint;
    const sources = [owner.place, place];
    contradictions.push(...together.contradictions.map((contradiction) => ({ ...contradiction, sources })));
    if (together.unexplained.length > 0) unexplained.push({ source: place, checks: together.unexplained });
  }
  return { diagnoses, contradictions, unexplained };
}

/** Endpoints that no disk speaks for although there are disks whose machine nothing else here is. */
function unowned(
  disks: readonly DiagnosedDisk[],
  endpoints: readonly OwnedEndpoint[],
): LocatedContradiction[] {
  const lone = disks.filter(
    ({ diagnosis }) => !endpoints.some(({ source }) => hasSameName(diagnosis.machine, source.machine)),
  );
  return endpoints.flatMap(({ place, source, owner }) => {
    const between = owner.kind === 'undecided' ? disksAt(disks, owner.places) : lone;
    if (owner.kind === 'disk' || between.length === 0) return [];
    const machines = between.map(({ diagnosis }) => diagnosis.machine);
    const contradiction =
      owner.kind === 'undecided' ? undecided(machines) : namesContradiction(machines, source.machine);
    return [{ ...contradiction, sources: [...between.map((disk) => disk.place), place] }];
  });
}

function disksAt(disks: readonly DiagnosedDisk[], places: readonly number[]): readonly DiagnosedDisk[] {
  return disks.filter(({ place }) => places.includes(place));
}

function identityOf({ place, diagnosis: { machine }, certificate }: DiagnosedDisk) {
  return {
    place,
    machine,
    certificate: certificate?.state === 'known' ? certificate.value.thumbprint : undefined,
  };
}

async function presentedBy(endpoint: Source): Promise<string | undefined> {
  const [chain] = await endpoint.answer([endpointQuestion('endpoint-certificate')]);
  if (chain?.state !== 'known') return undefined;
  return (chain.value as PresentedChain).certificates[0].thumbprint;
}

/** The certificate that the disk says the listener presents. */
function certificateOn({ answers }: Diagnosis): Answer<ExpectedCertificate> | undefined {
  const listener = presentedCertificate(answersFor(listenerCertificateQuestions, answers));
  if (listener.kind !== 'pinned' && listener.kind !== 'self-signed') return undefined;
  const { thumbprint, where } = listener.certificate;
  return known({ thumbprint, saidBy: 'disk' }, where);
}

/** The same source, told which certificate to expect, unless the user has said so already. */
function expecting(source: Source, expected: Answer<ExpectedCertificate> | undefined): Source {
  if (!expected) return source;
  return {
    ...source,
    async answer(questions) {
      const answers = await source.answer(questions);
      return questions.map(({ kind }, place) => {
        const own = answers[place] as Answer<unknown>;
        return kind === 'endpoint-expected-certificate' && own.state === 'absent' ? expected : own;
      });
    },
  };
}
