import type { NegotiationAttempt, SettingsAttempt, TlsAttempt } from '../../model/endpoint.ts';
import { askedSuites, type TlsVersion } from '../../wire/tls/index.ts';
import { clock, inTime, pause } from './clock.ts';
import type { Connection } from './connection.ts';
import { type Entry, enterFirmly, enterStandard } from './entry.ts';
import { hasTime, observe, type Place, withOneMoreConnection } from './place.ts';
import { type Asked, ask, askBareTls, askOnce, flightAnswer, type Offer, selectsTls } from './questions.ts';
import { type Elimination, eliminateSuites } from './suites.ts';

/** Everything that one address said. */
export interface Gathered {
  /** The best that came of the fullest Connection Request. */
  readonly first: Asked;
  readonly rest: readonly NegotiationAttempt[];
  /** The requestedProtocols under which TLS was looked at; undefined where no request led to TLS. */
  readonly tlsRequest: number | undefined;
  readonly tls: TlsAttempt | undefined;
  readonly eliminations: readonly Elimination[];
  /** With `--quick`: all versions before TLS 1.3, where the endpoint prefers that, which not all clients have. */
  readonly older: TlsAttempt | undefined;
  readonly entry: Entry | undefined;
  readonly settings: SettingsAttempt | undefined;
  /** The first question once more, after all others; nothing where it was not asked again. */
  readonly last: Asked;
}

/** TLS with both kinds of CredSSP: what a current client asks for. */
const fullest = 0xb;
const others = [0, 1, 3, 2, 8, 4] as const;
/** What the clients ask for whose verdicts are given. */
const othersQuick = [0, 1, 3] as const;
/** xrdp answers a bit that it does not know by hanging up, so it is asked when all else is known. */
const entraId = 0x10;

const olderVersions: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'];
const versions: readonly TlsVersion[] = [...olderVersions, 'TLS 1.3'];

/** Every version, and every suite that is asked about, the newest version's first. */
const everything: Offer = {
  versions,
  suites: [...new Set(versions.toReversed().flatMap((version) => askedSuites[version]))],
};

/**
 * As few suites as a client has, the usual ones: some old servers drop a ClientHello with many (IIS 6 takes no more than
 * about thirty).
 */
const asClientsDo: Offer = {
  versions,
  suites: [...askedSuites['TLS 1.3'], ...askedSuites['TLS 1.2'].slice(0, 22)],
};

/** What decides; and with `--quick`, where nothing more is asked, what clients offer. */
function offerOf({ quick }: Place): Offer {
  return quick ? asClientsDo : everything;
}

/** Between two like questions; what recovers faster is no trouble for a person. */
const spacing = 150;
const mostRepeats = 2;
const mostRepeatsQuick = 1;

/**
 * The first question, on the connection that has been opened for it. It may take all the time that there is; where half of
 * that brings no answer, it is asked on another connection as well, since one may be lost.
 */
export async function askFirst(place: Place, connection: Connection): Promise<Asked> {
  const waiting = new Set<Connection>();
  async function attempt(on: Connection): Promise<Asked> {
    waiting.add(on);
    const asked = await ask(place, on, fullest, offerOf(place), place.until);
    waiting.delete(on);
    if (progress(asked) === settledProgress) for (const other of waiting) other.giveUp();
    observeTls(place, asked);
    return asked;
  }
  const first = attempt(connection);
  const inGoodTime = await inTime(first, (clock() + place.until) / 2);
  if (inGoodTime) return inGoodTime;
  const [one, other] = await Promise.all([first, withOneMoreConnection(place, attempt)]);
  return other && progress(other) > progress(one) ? other : one;
}

/** All other questions to one address, each in its turn. */
export async function audit(place: Place, firstAsked: Asked): Promise<Gathered> {
  const first = await recognised(place, await settled(place, firstAsked));
  if (isForeign(first)) return { ...nothingMore, first };
  // Connections are had in the order in which they are asked for here: a slow server tells the most important first.
  const entered = leadsToTls(first) ? enterFirmly(place, fullest) : undefined;
  const restAsked = askRest(place, first);
  const tlsRequest = entered ? fullest : await restAsked.then(otherTlsRequest);
  const [rest, eliminations, entry, tls, older] = await Promise.all([
    restAsked,
    tlsRequest === undefined || place.quick || !speaksTls(first) ? [] : eliminateAll(place, tlsRequest),
    entered ?? (tlsRequest === undefined ? undefined : enterFirmly(place, tlsRequest)),
    tlsRequest === undefined ? undefined : (first.tls ?? askEverything(place, tlsRequest)),
    tlsRequest !== undefined && place.quick && prefers13(first) ? askOlder(place, tlsRequest) : undefined,
  ]);
  const settings = entry?.settings ?? (place.quick ? undefined : await askForSettings(place, rest));
  const last = await repeatAtTheEnd(place, first, rest);
  return { first, rest, tlsRequest, tls, eliminations, older, entry, settings, last };
}

function prefers13({ tls }: Asked): boolean {
  if (tls?.flight.kind === 'hello-retry-request') return true;
  return tls?.flight.kind === 'server-hello' && tls.flight.version === 'TLS 1.3';
}

async function askOlder(place: Place, requested: number): Promise<TlsAttempt | undefined> {
  return (await askOnce(place, requested, { versions: olderVersions, suites: asClientsDo.suites })).tls;
}

const nothingMore = {
  rest: [],
  tlsRequest: undefined,
  tls: undefined,
  eliminations: [],
  older: undefined,
  entry: undefined,
  settings: undefined,
  last: {},
} as const;

/** Something that is not Remote Desktop answers: it is not bothered again. */
function isForeign({ negotiation }: Asked): boolean {
  return negotiation?.negotiation.kind === 'not-rdp';
}

function leadsToTls({ negotiation }: Asked): boolean {
  return negotiation !== undefined && selectsTls(negotiation.negotiation);
}

/** Whether suites can be told apart: one that drops every ClientHello says the same to each. */
function speaksTls({ tls }: Asked): boolean {
  return tls === undefined || tls.flight.kind !== 'ended';
}

/** What went wrong is asked again, spaced, and the best outcome is kept; every one of them is observed. */
async function settled(place: Place, firstAsked: Asked): Promise<Asked> {
  let best = firstAsked;
  const repeats = place.quick ? mostRepeatsQuick : mostRepeats;
  for (let repeat = 0; repeat < repeats && progress(best) < settledProgress; repeat++) {
    if (!hasTime(place)) break;
    await pause(spacing, place.until);
    const few = repeat === 0 && !place.quick;
    const again = few ? await askAsClientsDo(place) : await askEverythingOnce(place, fullest);
    if (progress(again) > progress(best)) best = again;
  }
  return best;
}

async function askAsClientsDo(place: Place): Promise<Asked> {
  const asked = await askOnce(place, fullest, asClientsDo);
  observeTls(place, asked, 'TLS ClientHello with few suites');
  return asked;
}

/** A service that begins with TLS hangs up on a Connection Request without a word; a ClientHello it answers. */
async function recognised(place: Place, asked: Asked): Promise<Asked> {
  const { negotiation: attempt } = asked;
  if (!attempt || !breaksOff(asked) || attempt.negotiation.bytes.length > 0) return asked;
  const flight = await askBareTls(place, everything);
  if (flight?.kind !== 'server-hello' && flight?.kind !== 'hello-retry-request') return asked;
  const detail = 'it hangs up on a Connection Request, and answers a TLS ClientHello';
  const negotiation = { kind: 'not-rdp', service: 'TLS', detail, bytes: flight.bytes } as const;
  return { negotiation: { ...attempt, negotiation } };
}

const settledProgress = 3;

/** How far a connection came: to nothing, to a broken answer, to a broken handshake, or to a clear answer. */
function progress({ negotiation, tls }: Asked): number {
  if (!negotiation) return 0;
  if (negotiation.negotiation.kind === 'ended') return 1;
  if (selectsTls(negotiation.negotiation) && !isClear(tls)) return 2;
  return settledProgress;
}

function isClear(tls: TlsAttempt | undefined): boolean {
  if (!tls || tls.flight.kind === 'ended') return false;
  return tls.flight.kind !== 'server-hello' || tls.flight.ending === undefined;
}

async function askEverythingOnce(place: Place, requested: number): Promise<Asked> {
  const asked = await askOnce(place, requested, offerOf(place));
  if (requested === fullest) observeTls(place, asked);
  return asked;
}

async function askEverything(place: Place, requested: number): Promise<TlsAttempt | undefined> {
  return (await askEverythingOnce(place, requested)).tls;
}

function observeTls(place: Place, { tls }: Asked, asked = 'TLS ClientHello'): void {
  if (tls) observe(place, asked, flightAnswer(tls.flight));
}

async function askRest(place: Place, first: Asked): Promise<readonly NegotiationAttempt[]> {
  const requests = place.quick ? othersQuick : others;
  // Where nothing has been answered yet, one more request that is not surprises nobody.
  const repeatsQuick = isEnded(first.negotiation) ? 0 : mostRepeatsQuick;
  const repeats = place.quick ? repeatsQuick : mostRepeats;
  const asked = await Promise.all(requests.map((requested) => settledRequest(place, requested, repeats)));
  const last = place.quick ? {} : await askOnce(place, entraId);
  return [...asked, last].flatMap(({ negotiation }) => negotiation ?? []);
}

/** One that breaks off is asked again as the first is: a server that drops at random drops any. Silence takes long: once. */
async function settledRequest(place: Place, requested: number, repeats: number): Promise<Asked> {
  let best = await askOnce(place, requested);
  for (let repeat = 0; repeat < repeats && hasTime(place); repeat++) {
    if (!breaksOff(best) && !(repeat === 0 && isEnded(best.negotiation))) break;
    await pause(spacing, place.until);
    const again = await askOnce(place, requested);
    if (progress(again) > progress(best)) best = again;
  }
  return best;
}

function breaksOff({ negotiation }: Asked): boolean {
  return negotiation?.negotiation.kind === 'ended' && negotiation.negotiation.ending !== 'too-late';
}

/** Where the fullest request does not lead to TLS, another one may. */
function otherTlsRequest(rest: readonly NegotiationAttempt[]): number | undefined {
  const preferred = [3, 1, 2, 8];
  return preferred.find((requested) =>
    rest.some((attempt) => attempt.requested === requested && selectsTls(attempt.negotiation)),
  );
}

function eliminateAll(place: Place, requested: number): Promise<Elimination[]> {
  return Promise.all(versions.map((version) => eliminateSuites(place, requested, version)));
}

/** Inside TLS where no sign-in comes first, else under standard security. */
async function askForSettings(
  place: Place,
  rest: readonly NegotiationAttempt[],
): Promise<SettingsAttempt | undefined> {
  const answerTo = (requested: number) =>
    rest.find((attempt) => attempt.requested === requested)?.negotiation;
  const tls = answerTo(1);
  if (tls?.kind === 'selected' && tls.selected === 1) {
    const settings = (await enterFirmly(place, 1))?.settings;
    if (settings) return settings;
  }
  const standard = answerTo(0);
  const isStandard =
    standard?.kind === 'no-data' || (standard?.kind === 'selected' && standard.selected === 0);
  return isStandard ? enterStandard(place) : undefined;
}

/** What was well at first is asked once more when all else is done; and always where some requests came to nothing. */
async function repeatAtTheEnd(
  place: Place,
  first: Asked,
  rest: readonly NegotiationAttempt[],
): Promise<Asked> {
  const wasWell = !place.quick && isClear(first.tls);
  const isWorthIt = wasWell || isUneven([first.negotiation, ...rest]);
  return isWorthIt && hasTime(place) ? askEverythingOnce(place, fullest) : {};
}

/** Whether it is the request that makes the difference, or the moment, can then be told. */
function isUneven(attempts: readonly (NegotiationAttempt | undefined)[]): boolean {
  return attempts.some(isEnded) && attempts.some((attempt) => attempt && !isEnded(attempt));
}

function isEnded(attempt: NegotiationAttempt | undefined): boolean {
  return attempt?.negotiation.kind === 'ended';
}
