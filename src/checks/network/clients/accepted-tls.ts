import type { Answer } from '../../../model/answer.ts';
import type { TlsSupport, VersionSuites } from '../../../model/endpoint.ts';
import { type FirstFlight, suiteName, type TlsVersion } from '../../../wire/tls/index.ts';
import { brokenHandshake, standsAllTheSame, tlsOutcome } from '../first-flight.ts';

/** Newest first, as the two sides choose. */
export const newestFirst: readonly TlsVersion[] = ['TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0'];

/** What an endpoint makes of one version of TLS. */
export interface Acceptance {
  readonly accepted: 'yes' | 'no' | 'unknown';
  /** The IANA names of suites that it is known to accept. */
  readonly suites: readonly string[];
  /** Whether these are all. */
  readonly complete: boolean;
}

const unseen: Acceptance = { accepted: 'unknown', suites: [], complete: false };
const refused: Acceptance = { accepted: 'no', suites: [], complete: true };

/**
 * `broken`: no handshake comes to its end. `only-alone`: not when all versions are offered, but with some alone.
 * `unclear`: what was sent to look at it is turned down, and a library's whole handshake comes to its end.
 */
export type AcceptedTls =
  | { readonly kind: 'broken' }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'only-alone' }
  | { readonly kind: 'versions'; readonly of: Readonly<Record<TlsVersion, Acceptance>> };

export function acceptedTls(tls: TlsSupport, suites: Answer<readonly VersionSuites[]>): AcceptedTls {
  if (brokenHandshake(tls) !== undefined) return { kind: 'broken' };
  if (standsAllTheSame(tls)) return { kind: 'unclear' };
  const together = agreedBy(tls.first.flight);
  if (!together) return { kind: agreedAlone(tls) ? 'only-alone' : 'broken' };
  const eliminated = suites.state === 'known' ? suites.value : [];
  const of = (version: TlsVersion) => acceptance(version, tls, together.version, eliminated);
  return {
    kind: 'versions',
    of: {
      'TLS 1.0': of('TLS 1.0'),
      'TLS 1.1': of('TLS 1.1'),
      'TLS 1.2': of('TLS 1.2'),
      'TLS 1.3': of('TLS 1.3'),
    },
  };
}

interface AgreedOn {
  readonly version: TlsVersion;
  readonly suite: number;
}

function agreedBy(flight: FirstFlight): AgreedOn | undefined {
  const outcome = tlsOutcome(flight);
  return outcome.kind === 'agreed' ? outcome : undefined;
}

function agreedAlone({ alone }: TlsSupport): boolean {
  return alone.some(({ flight }) => agreedBy(flight) !== undefined);
}

/** `chosen` is the version that the endpoint chose when all were offered: it accepts no newer one. */
function acceptance(
  version: TlsVersion,
  tls: TlsSupport,
  chosen: TlsVersion,
  eliminated: readonly VersionSuites[],
): Acceptance {
  const found = eliminated.find((candidate) => candidate.version === version);
  if (found && found.suites.length > 0) {
    return { accepted: 'yes', suites: found.suites.map(suiteName), complete: found.complete };
  }
  const seen = agreedSuites(version, tls);
  if (seen.length > 0) return { accepted: 'yes', suites: seen.map(suiteName), complete: false };
  if (found?.complete || newestFirst.indexOf(version) < newestFirst.indexOf(chosen)) return refused;
  return refusedAlone(version, tls) ? refused : unseen;
}

/** The suites that the endpoint chose with this version, alone or among all. */
function agreedSuites(version: TlsVersion, { first, alone }: TlsSupport): readonly number[] {
  return [first, ...alone]
    .map(({ flight }) => agreedBy(flight))
    .filter((agreed) => agreed !== undefined)
    .filter((agreed) => agreed.version === version)
    .map(({ suite }) => suite);
}

/** Silence is no refusal: a slow endpoint is silent too. */
function refusedAlone(version: TlsVersion, { alone }: TlsSupport): boolean {
  const attempt = alone.find(({ versions }) => versions.length === 1 && versions[0] === version);
  if (!attempt) return false;
  const outcome = tlsOutcome(attempt.flight);
  if (outcome.kind === 'agreed') return outcome.version !== version;
  return outcome.kind === 'refused' || (outcome.kind === 'dropped' && outcome.ending !== 'too-late');
}
