import { type Answer, known } from '../model/answer.ts';
import type { Check } from '../model/check.ts';
import type { ExpectedCertificate } from '../model/endpoint.ts';
import type { Source } from '../model/source.ts';
import { listenerCertificateQuestions, presentedCertificate } from './certificate/listener-certificate.ts';
import { type Contradiction, corroborate, isAnotherMachine } from './corroborate.ts';
import { answersFor, type Diagnosis, diagnose } from './diagnose.ts';

/** What was found on all targets of one command. */
export interface CaseDiagnosis {
  /** In the order of the sources. */
  readonly diagnoses: readonly Diagnosis[];
  readonly contradictions: readonly LocatedContradiction[];
  /** Faults of an endpoint that no disk explains, by the source that shows them. */
  readonly unexplained: readonly { readonly source: number; readonly checks: readonly string[] }[];
}

/** A contradiction with the sources, by their places, that contradict each other. */
export interface LocatedContradiction extends Contradiction {
  readonly sources: readonly [disk: number, endpoint: number];
}

/** Diagnoses every source, the disks first, and lets those of one machine speak for each other. */
export async function diagnoseTogether(
  sources: readonly Source[],
  checks: readonly Check[],
  now: Date,
): Promise<CaseDiagnosis> {
  const diagnoses: Diagnosis[] = [];
  for (const [place, source] of sources.entries()) {
    if (source.kind === 'disk') diagnoses[place] = await diagnose(source, checks, now);
  }
  const disks = [...diagnoses.entries()].filter(([, diagnosis]) => diagnosis !== undefined);
  for (const [place, source] of sources.entries()) {
    if (source.kind !== 'endpoint') continue;
    const own = disks.filter(([, disk]) => !isAnotherMachine(disk.machine, source.machine));
    diagnoses[place] = await diagnose(expecting(source, certificateOn(own)), checks, now);
  }
  return corroborated(sources, diagnoses, checks, now);
}

function corroborated(
  sources: readonly Source[],
  before: readonly Diagnosis[],
  checks: readonly Check[],
  now: Date,
): CaseDiagnosis {
  const diagnoses = [...before];
  const contradictions: LocatedContradiction[] = [];
  const unexplained: { source: number; checks: readonly string[] }[] = [];
  for (const [diskPlace, endpointPlace] of pairs(sources)) {
    const [disk, endpoint] = [diagnoses[diskPlace], diagnoses[endpointPlace]];
    if (!disk || !endpoint) continue;
    const together = corroborate(disk, endpoint, checks, now);
    diagnoses[diskPlace] = together.disk;
    diagnoses[endpointPlace] = together.endpoint;
    const located = together.contradictions.map((contradiction) => ({
      ...contradiction,
      sources: [diskPlace, endpointPlace] as const,
    }));
    contradictions.push(...located);
    if (together.unexplained.length > 0)
      unexplained.push({ source: endpointPlace, checks: together.unexplained });
  }
  return { diagnoses, contradictions, unexplained };
}

function pairs(sources: readonly Source[]): [disk: number, endpoint: number][] {
  const places = (kind: Source['kind']) =>
    sources.flatMap((source, place) => (source.kind === kind ? [place] : []));
  return places('disk').flatMap((disk) =>
    places('endpoint').map((endpoint): [number, number] => [disk, endpoint]),
  );
}

/** The certificate that the disk says the listener presents. */
function certificateOn(
  disks: readonly (readonly [number, Diagnosis])[],
): Answer<ExpectedCertificate> | undefined {
  for (const [, { answers }] of disks) {
    const listener = presentedCertificate(answersFor(listenerCertificateQuestions, answers));
    if (listener.kind === 'pinned' || listener.kind === 'self-signed') {
      const { thumbprint, where } = listener.certificate;
      return known({ thumbprint, saidBy: 'disk' }, where);
    }
  }
  return undefined;
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
