import type { Handshake, NlaAttempt, SettingsAttempt } from '../../model/endpoint.ts';
import { askForChallenge } from '../../wire/credssp/index.ts';
import { Inbox } from '../../wire/dialogue.ts';
import { connectMcs } from '../../wire/rdp/index.ts';
import { clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { type Place, patienceOf, remember, withConnection } from './place.ts';
import { askNegotiation, selectsTls } from './questions.ts';

/** How far one connection came on the way in, up to where a sign-in would begin. */
export interface Entry {
  readonly handshake: Handshake;
  /** DER; none unless the handshake was completed. */
  readonly certificates: readonly Uint8Array[];
  readonly nla?: NlaAttempt;
  readonly settings?: SettingsAttempt;
}

/** One that breaks off is tried once more: a server that drops at random drops any. The one that came further is kept. */
export async function enterFirmly(place: Place, requested: number): Promise<Entry | undefined> {
  const entry = await enter(place, requested);
  if (progress(entry) === wholeWay) return entry;
  const again = await enter(place, requested);
  return progress(again) > progress(entry) ? again : entry;
}

const wholeWay = 3;

/** To no handshake, to a broken one, to an end inside TLS, or all the way, which silence may be a part of. */
function progress(entry: Entry | undefined): number {
  if (!entry) return 0;
  if (entry.handshake.kind === 'broken') return 1;
  const inside = entry.nla?.credssp ?? entry.settings?.settings;
  return inside?.kind === 'ended' && inside.ending !== 'too-late' ? 2 : wholeWay;
}

/** Negotiates, completes a TLS handshake, and asks what can be asked without a sign-in. */
function enter(place: Place, requested: number): Promise<Entry | undefined> {
  return withConnection(place, async (connection) => {
    const attempt = await askNegotiation(place, connection, new Inbox(), requested, patienceOf(place));
    if (attempt?.negotiation.kind !== 'selected' || !selectsTls(attempt.negotiation)) return undefined;
    const start = clock();
    const channel = await connection.startTls(place.serverName, patienceOf(place));
    if (channel.kind !== 'up') return { handshake: channel, certificates: [] };
    remember(place, clock() - start);
    const { certificates } = channel;
    const inside = await askInside(place, connection, attempt.negotiation.selected);
    return { handshake: { kind: 'completed' }, certificates, ...inside };
  });
}

const credssp = 2;
const credsspEarly = 8;

async function askInside(
  place: Place,
  connection: Connection,
  selected: number,
): Promise<Pick<Entry, 'nla' | 'settings'>> {
  if (selected === credssp || selected === credsspEarly) return { nla: await askNla(place, connection) };
  if (selected === 1) return { settings: await askSettings(place, connection, new Inbox(), 1) };
  return {};
}

async function askNla(place: Place, connection: Connection): Promise<NlaAttempt> {
  const start = clock();
  const answer = await connection.converse(askForChallenge(new Inbox()), patienceOf(place));
  const { alert } = connection;
  return { credssp: answer, at: new Date(), milliseconds: clock() - start, ...(alert && { alert }) };
}

async function askSettings(
  place: Place,
  connection: Connection,
  inbox: Inbox,
  protocol: 0 | 1,
): Promise<SettingsAttempt> {
  const start = clock();
  const settings = await connection.converse(connectMcs(inbox, protocol), patienceOf(place));
  return { protocol, settings, milliseconds: clock() - start };
}

/** What standard RDP security tells: MCS Connect comes right after the Connection Confirm. */
export function enterStandard(place: Place): Promise<SettingsAttempt | undefined> {
  return withConnection(place, async (connection) => {
    const inbox = new Inbox();
    const attempt = await askNegotiation(place, connection, inbox, 0, patienceOf(place));
    const kind = attempt?.negotiation.kind;
    if (kind !== 'selected' && kind !== 'no-data') return undefined;
    return askSettings(place, connection, inbox, 0);
  });
}
