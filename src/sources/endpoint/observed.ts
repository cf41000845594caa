import { FormatError } from '../../formats/errors.ts';
import { type Answer, absent, known, unknown } from '../../model/answer.ts';
import type {
  NegotiationMatrix,
  PresentedCertificate,
  PresentedChain,
  TlsAttempt,
  TlsSupport,
} from '../../model/endpoint.ts';
import type { AnswerValues, EndpointQuestionKind } from '../../model/question.ts';
import type { Gathered } from './audit.ts';
import { presentedCertificates, readableCertificate } from './certificate.ts';
import { hasTime, type Place } from './place.ts';
import { requestName, selectsTls } from './questions.ts';

/** An answer to every question about an endpoint. */
export type Observed = { readonly [Kind in EndpointQuestionKind]: Answer<AnswerValues[Kind]> };

export type OfOneAddress = Omit<Observed, 'endpoint-reachability' | 'endpoint-expected-certificate'>;

const notReached = 'the connection did not get that far';

/** What an address that could not be connected to says to everything. */
export function nothingObserved(shown: string): OfOneAddress {
  const answer = unknown(shown, notReached);
  return {
    'endpoint-negotiation': answer,
    'endpoint-tls': answer,
    'endpoint-cipher-suites': answer,
    'endpoint-certificate': answer,
    'endpoint-nla': answer,
    'endpoint-settings': answer,
    'endpoint-repeats': answer,
  };
}

/** What was gathered as answers: known, asked and not offered, or not to be had, and why. */
export function observedOf(place: Place, gathered: Gathered): OfOneAddress {
  const { shown } = place;
  const matrix = matrixOf(gathered);
  const tlsPlace = `${shown}, ${requestName(gathered.tlsRequest ?? fullest)}, TLS`;
  return {
    'endpoint-negotiation': matrix
      ? known(matrix, `${shown}, ${requestName(fullest)}`)
      : unknown(shown, 'the time was up'),
    'endpoint-tls': tlsAnswer(place, gathered, `${tlsPlace} ClientHello`),
    'endpoint-cipher-suites': suitesAnswer(place, gathered, `${tlsPlace} cipher suites`),
    'endpoint-certificate': certificateAnswer(place, gathered, `${tlsPlace} certificate`),
    'endpoint-nla': nlaAnswer(place, gathered, `${shown}, CredSSP`),
    'endpoint-settings': settingsAnswer(place, gathered, `${shown}, MCS Connect`),
    'endpoint-repeats': known({ observations: place.observations }, shown),
  };
}

const fullest = 0xb;

function matrixOf({ first, rest }: Gathered): NegotiationMatrix | undefined {
  const attempts = [...(first.negotiation ? [first.negotiation] : []), ...rest];
  return attempts.length > 0 ? { attempts } : undefined;
}

/** Why something of a phase is not known, or that the endpoint does not offer it. */
function missing(place: Place, gathered: Gathered, where: string): Answer<never> {
  if (endsBeforeTls(gathered)) return unknown(where, notReached);
  if (gathered.tlsRequest === undefined) return absent(where);
  return unknown(where, hasTime(place) ? notReached : 'the time was up');
}

/** Not one request was answered as the protocol has it. */
function endsBeforeTls(gathered: Gathered): boolean {
  const answered = matrixOf(gathered)?.attempts.some(
    ({ negotiation: { kind } }) => kind === 'selected' || kind === 'no-data' || kind === 'failed',
  );
  return !answered;
}

function tlsAnswer(place: Place, gathered: Gathered, where: string): Answer<TlsSupport> {
  const { tls, eliminations, entry, older } = gathered;
  if (!tls) return missing(place, gathered, where);
  const alone = [
    ...eliminations.flatMap((elimination) => elimination.alone ?? []),
    ...(older ? versionByVersion(older) : []),
  ];
  return known({ first: tls, alone, handshake: entry?.handshake }, where);
}

/** What was offered together: what is chosen tells of that version, and what is refused of each. */
function versionByVersion(attempt: TlsAttempt): TlsAttempt[] {
  const { flight } = attempt;
  if (flight.kind === 'server-hello') return [{ ...attempt, versions: [flight.version] }];
  return attempt.versions.map((version) => ({ ...attempt, versions: [version] }));
}

function suitesAnswer(place: Place, gathered: Gathered, where: string): Observed['endpoint-cipher-suites'] {
  if (gathered.eliminations.length > 0) {
    return known(
      gathered.eliminations.map(({ accepted }) => accepted),
      where,
    );
  }
  if (place.quick && gathered.tlsRequest !== undefined) return unknown(where, notAskedQuick);
  return missing(place, gathered, where);
}

const notAskedQuick = 'not asked with --quick';

function certificateAnswer(place: Place, gathered: Gathered, where: string): Answer<PresentedChain> {
  const flight = gathered.tls?.flight;
  const inFlight = flight?.kind === 'server-hello' ? flight.certificates : [];
  const proven = gathered.entry?.certificates ?? [];
  const [own, ...issuers] = inFlight.length > 0 ? inFlight : proven;
  if (!own) return missing(place, gathered, where);
  // Behind one address may be several machines, each with a certificate of its own.
  const keyProven = proven[0] !== undefined && Buffer.compare(own, proven[0]) === 0;
  try {
    const certificates = presentedCertificates([own, ...issuers]);
    const othersPresented = othersOf(certificates[0], gathered);
    return known({ certificates, keyProven, othersPresented }, where);
  } catch (error) {
    if (error instanceof FormatError) return unknown(where, error.message);
    throw error;
  }
}

/** A server may have a key of each kind; two certificates with keys of one kind are two servers'. */
function othersOf(own: PresentedCertificate, { entry, last, eliminations }: Gathered): string[] {
  const flights = [last.tls, ...eliminations.map(({ alone }) => alone)].map((attempt) => attempt?.flight);
  const ders = [
    entry?.certificates[0],
    ...flights.map((flight) => (flight?.kind === 'server-hello' ? flight.certificates[0] : undefined)),
  ];
  const others = ders
    .flatMap((der) => (der ? readableCertificate(der) : []))
    .filter(({ keyType, thumbprint }) => keyType === own.keyType && thumbprint !== own.thumbprint);
  return [...new Set(others.map(({ thumbprint }) => thumbprint))];
}

function nlaAnswer(place: Place, gathered: Gathered, where: string): Observed['endpoint-nla'] {
  const nla = gathered.entry?.nla;
  if (nla) return known(nla, where);
  return selectsCredssp(gathered) ? missing(place, gathered, where) : noNla(place, gathered, where);
}

function noNla(place: Place, gathered: Gathered, where: string): Observed['endpoint-nla'] {
  return endsBeforeTls(gathered) ? missing(place, gathered, where) : absent(where);
}

function selectsCredssp({ first, rest }: Gathered): boolean {
  const attempts = [...(first.negotiation ? [first.negotiation] : []), ...rest];
  return attempts.some(
    ({ negotiation }) =>
      selectsTls(negotiation) && negotiation.kind === 'selected' && negotiation.selected !== 1,
  );
}

function settingsAnswer(place: Place, gathered: Gathered, where: string): Observed['endpoint-settings'] {
  if (gathered.settings) return known(gathered.settings, where);
  if (endsBeforeTls(gathered)) return unknown(where, notReached);
  if (place.quick) return unknown(where, notAskedQuick);
  if (!hasTime(place)) return unknown(where, 'the time was up');
  return leadsToSettings(gathered) ? unknown(where, notReached) : absent(where);
}

/** Whether a request that would have led there was accepted, or came to nothing: then it was not turned down. */
function leadsToSettings({ rest }: Gathered): boolean {
  return rest.some(({ requested, negotiation }) => {
    if (requested > 1) return false;
    return negotiation.kind === 'ended' || (negotiation.kind === 'selected' && negotiation.selected <= 1);
  });
}
