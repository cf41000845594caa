import { type Text, text } from '../../../text/index.ts';
import type { TlsVersion } from '../../../wire/tls/index.ts';
import { type Acceptance, type AcceptedTls, acceptedTls, newestFirst } from './accepted-tls.ts';
import type { Client, Offer, TlsOffer } from './client.ts';
import type { Pass, SeenEndpoint, Stop } from './verdict.ts';

/** What comes of one ClientHello that the client may send. */
interface Result {
  readonly outcome: 'passes' | 'fails' | 'unknown';
  readonly believed: boolean;
  readonly reason: Text | undefined;
}

type Accepted = Extract<AcceptedTls, { kind: 'versions' }>['of'];

/** Whether the client and the endpoint agree on a version of TLS and a cipher suite. */
export function handshake({ tls: offer }: Client, { tls, suites }: SeenEndpoint): Pass | Stop {
  if (tls.state !== 'known') return stop('unknown', text('client.unknown-tls'), false, tls.where);
  const accepted = acceptedTls(tls.value, suites);
  if (accepted.kind === 'broken') return stop('fails', text('client.fails-handshake'), false, tls.where);
  if (accepted.kind === 'unclear') return stop('unknown', text('client.unknown-unclear'), false, tls.where);
  if (accepted.kind === 'only-alone')
    return stop('unknown', text('client.unknown-together'), false, tls.where);
  const { outcome, believed, reason } = whateverItOffers(offer, accepted.of);
  if (outcome === 'passes') return { outcome, believed };
  const unsure = text('client.unknown-version');
  return stop(outcome, reason ?? unsure, believed, suites.state === 'known' ? suites.where : tls.where);
}

function stop(outcome: Stop['outcome'], reason: Text, believed: boolean, where: string): Stop {
  return { outcome, phase: 'tls', reason, believed, where };
}

/**
 * A version that the client may or may not offer settles nothing as long as the same comes of both. Where it does not,
 * what is believed of the client decides, and says that it does.
 */
function whateverItOffers(offer: TlsOffer, accepted: Accepted): Result {
  const certain = sameResult(possibleVersions(offer, ['unknown', 'believed']), offer, accepted);
  if (certain.outcome !== 'unknown') return certain;
  const believed = sameResult(possibleVersions(offer, ['unknown']), offer, accepted);
  return believed.outcome === 'unknown' ? certain : { ...believed, believed: true };
}

function sameResult(hellos: readonly (readonly TlsVersion[])[], offer: TlsOffer, accepted: Accepted): Result {
  const results = hellos.map((versions) => agree(versions, offer, accepted));
  const [first, ...others] = results;
  const alike = first && others.every(({ outcome }) => outcome === first.outcome);
  if (!alike) return { outcome: 'unknown', believed: false, reason: text('client.unknown-version') };
  return { ...first, believed: results.some(({ believed }) => believed) };
}

/** Every set of versions that the client may offer, newest first in each; `open` are those that may or may not be. */
function possibleVersions(offer: TlsOffer, open: readonly Offer[]): readonly (readonly TlsVersion[])[] {
  let sets: readonly (readonly TlsVersion[])[] = [[]];
  for (const version of newestFirst) {
    const offered = offer.versions[version];
    if (offered === 'no') continue;
    const withIt = sets.map((set) => [...set, version]);
    sets = open.includes(offered) ? [...withIt, ...sets] : withIt;
  }
  return sets;
}

/** The endpoint chooses the newest common version, and within it a common suite. */
function agree(versions: readonly TlsVersion[], offer: TlsOffer, accepted: Accepted): Result {
  for (const [index, version] of versions.entries()) {
    const { accepted: state } = accepted[version];
    if (state === 'no') continue;
    if (state === 'unknown') return unknownVersion;
    const olderLeft = versions.slice(index + 1).some((older) => accepted[older].accepted !== 'no');
    return suiteResult(version, commonSuite(offer, accepted[version]), olderLeft);
  }
  const all = newestFirst.filter((version) => accepted[version].accepted === 'yes').reverse();
  return failsBy(text('client.fails-version', { accepted: all.join(', ') }));
}

const unknownVersion: Result = {
  outcome: 'unknown',
  believed: false,
  reason: text('client.unknown-version'),
};

/** With no suite in common some endpoints fall back to an older common version, and others break off. */
function suiteResult(version: TlsVersion, common: Offer, olderLeft: boolean): Result {
  if (common === 'yes' || common === 'believed') {
    return { outcome: 'passes', believed: common === 'believed', reason: undefined };
  }
  if (common === 'no' && !olderLeft) return failsBy(text('client.fails-suite', { version }));
  return { outcome: 'unknown', believed: false, reason: text('client.unknown-suite', { version }) };
}

function failsBy(reason: Text): Result {
  return { outcome: 'fails', believed: false, reason };
}

/** Whether any suite that the endpoint accepts is one that the client offers. */
function commonSuite({ suites, otherSuites }: TlsOffer, { suites: accepted, complete }: Acceptance): Offer {
  const offers = accepted.map((name) => suites.get(name) ?? otherSuites);
  for (const best of ['yes', 'believed', 'unknown'] as const) if (offers.includes(best)) return best;
  return complete ? 'no' : 'unknown';
}
