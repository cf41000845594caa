import type { TlsAttempt, VersionSuites } from '../../model/endpoint.ts';
import { askedSuites, type FirstFlight, type TlsVersion } from '../../wire/tls/index.ts';
import { hasTime, type Place } from './place.ts';
import { type Asked, askOnce } from './questions.ts';

/** What one version alone makes of it, and the suites that it accepts. */
export interface Elimination {
  /** Undefined where not even the question could be asked. */
  readonly alone: TlsAttempt | undefined;
  readonly accepted: VersionSuites;
}

/**
 * Offers a version with every suite, then with those that the server has not chosen yet, until it chooses no more. One
 * connection a suite: a server says no more than its choice.
 */
export async function eliminateSuites(
  place: Place,
  requested: number,
  version: TlsVersion,
): Promise<Elimination> {
  let alone: TlsAttempt | undefined;
  let left = askedSuites[version];
  const suites: number[] = [];
  while (left.length > 0) {
    if (!hasTime(place)) return { alone, accepted: { version, suites, complete: false } };
    const { tls } = await askFirmly(place, requested, { versions: [version], suites: left });
    alone ??= tls;
    const chosen = tls && chosenSuite(tls.flight, version);
    if (chosen === undefined || !left.includes(chosen)) {
      return { alone, accepted: { version, suites, complete: isRefusal(tls) } };
    }
    suites.push(chosen);
    left = left.filter((suite) => suite !== chosen);
  }
  return { alone, accepted: { version, suites, complete: true } };
}

/** A connection that broke before TLS had its turn says nothing of suites: it is tried once more. */
async function askFirmly(...question: Parameters<typeof askOnce>): Promise<Asked> {
  const asked = await askOnce(...question);
  return asked.tls ? asked : askOnce(...question);
}

function chosenSuite(flight: FirstFlight, version: TlsVersion): number | undefined {
  if (flight.kind === 'hello-retry-request') return flight.suite;
  return flight.kind === 'server-hello' && flight.version === version ? flight.suite : undefined;
}

/** Silence may be the network's; an alert, an end or a reset is how servers say that nothing is left. */
function isRefusal(tls: TlsAttempt | undefined): boolean {
  if (!tls) return false;
  return !(tls.flight.kind === 'ended' && tls.flight.ending === 'too-late');
}
