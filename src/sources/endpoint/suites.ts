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

/** As many as clients offer; the usual ones come first. */
const fewSuites = 22;

function isDropped({ flight }: TlsAttempt): boolean {
  return flight.kind === 'ended' && flight.ending !== 'too-late';
}

/** As many as there are connections at a time: the questions of one follow each other. */
const lanes = 3;

/**
 * Offers a version with every suite; and where it is agreed on, each of them in turn, until the server chooses no more. One
 * connection a suite: a server says no more than its choice.
 */
export async function eliminateSuites(
  place: Place,
  requested: number,
  version: TlsVersion,
): Promise<Elimination> {
  const all = askedSuites[version];
  const whole = (await askFirmly(place, requested, { versions: [version], suites: all })).tls;
  const offered = whole && isDropped(whole) ? all.slice(0, fewSuites) : all;
  // Some old servers drop what offers many suites; and some drop a version that they do not have.
  const few =
    offered === all ? whole : (await askOnce(place, requested, { versions: [version], suites: offered })).tls;
  const alone = few ?? whole;
  const chosen = alone && chosenSuite(alone.flight, version);
  if (chosen === undefined || !offered.includes(chosen)) {
    return { alone, accepted: { version, suites: [], complete: isRefusal(alone) } };
  }
  const left = offered.filter((suite) => suite !== chosen);
  const shares = Array.from({ length: lanes }, (_, lane) =>
    left.filter((_, place) => place % lanes === lane),
  );
  const found = await Promise.all(shares.map((share) => eliminate(place, requested, version, share)));
  const accepted = new Set([chosen, ...found.flatMap(({ suites }) => suites)]);
  const suites = offered.filter((suite) => accepted.has(suite));
  const complete = offered === all && found.every((share) => share.complete);
  return { alone, accepted: { version, suites, complete } };
}

/** Which of some suites are accepted: those that the server chooses, one after the other, until it refuses the rest. */
async function eliminate(
  place: Place,
  requested: number,
  version: TlsVersion,
  share: readonly number[],
): Promise<Pick<VersionSuites, 'suites' | 'complete'>> {
  const suites: number[] = [];
  let left = share;
  while (left.length > 0) {
    if (!hasTime(place)) return { suites, complete: false };
    const { tls } = await askFirmly(place, requested, { versions: [version], suites: left });
    const chosen = tls && chosenSuite(tls.flight, version);
    if (chosen === undefined || !left.includes(chosen)) return { suites, complete: isRefusal(tls) };
    suites.push(chosen);
    left = left.filter((suite) => suite !== chosen);
  }
  return { suites, complete: true };
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
