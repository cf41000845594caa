import type { Handshake, NlaAttempt, SettingsAttempt } from '../../model/endpoint.ts';
import { askForChallenge } from '../../wire/credssp/index.ts';
import { type Dialogue, type Ending, Inbox } from '../../wire/dialogue.ts';
import { connectMcs } from '../../wire/rdp/index.ts';
import { clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { type Place, patienceOf, remember, wasPatient, withConnection } from './place.ts';
import { askNegotiation, selectsTls } from './questions.ts';
import type { Offering } from './tls-channel.ts';

/** How far one connection came on the way in, up to where a sign-in would begin. */
export interface Entry {
  readonly handshake: Handshake;
  /** DER; none unless the handshake was completed. */
  readonly certificates: readonly Uint8Array[];
  readonly nla?: NlaAttempt;
  readonly settings?: SettingsAttempt;
}

/**
 * One that breaks off is tried once more, offering less: a server that drops at random drops any, and some drop what offers
 * much. The one that came further is kept.
 */
export async function enterFirmly(place: Place, requested: number): Promise<Entry | undefined> {
  const entry = await enter(place, requested, 'all');
  if (progress(entry) === wholeWay) return entry;
  const again = await enter(place, requested, 'usual');
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
function enter(place: Place, requested: number, offering: Offering): Promise<Entry | undefined> {
  return withConnection(place, async (connection) => {
    const attempt = await askNegotiation(place, connection, new Inbox(), requested, patienceOf(place));
    if (attempt?.negotiation.kind !== 'selected' || !selectsTls(attempt.negotiation)) return undefined;
    const start = clock();
    const channel = await connection.startTls(place.serverName, offering, patienceOf(place));
    const took = clock() - start;
    if (channel.kind === 'too-late') {
      return wasPatient(place, took) ? { handshake: silence, certificates: [] } : undefined;
    }
    if (channel.kind !== 'up') return { handshake: channel, certificates: [] };
    remember(place, took);
    const { certificates } = channel;
    const inside = await askInside(place, connection, attempt.negotiation.selected);
    return { handshake: { kind: 'completed' }, certificates, ...inside };
  });
}

const silence: Handshake = { kind: 'broken', detail: 'silence' };

const credssp = 2;
const credsspEarly = 8;

async function askInside(
  place: Place,
  connection: Connection,
  selected: number,
): Promise<Pick<Entry, 'nla' | 'settings'>> {
  if (selected === credssp || selected === credsspEarly) {
    const nla = await askNla(place, connection);
    return nla ? { nla } : {};
  }
  const settings = selected === 1 ? await askSettings(place, connection, new Inbox(), 1) : undefined;
  return settings ? { settings } : {};
}

async function askNla(place: Place, connection: Connection): Promise<NlaAttempt | undefined> {
  const { outcome, ...rest } = await asked(place, connection, askForChallenge(new Inbox()));
  return outcome && { credssp: outcome, at: new Date(), ...rest };
}

async function askSettings(
  place: Place,
  connection: Connection,
  inbox: Inbox,
  protocol: 0 | 1,
): Promise<SettingsAttempt | undefined> {
  const { outcome, ...rest } = await asked(place, connection, connectMcs(inbox, protocol));
  return outcome && { protocol, settings: outcome, ...rest };
}

interface Told<Outcome> {
  /** Undefined where nothing came, and there was no time to wait for it: that says nothing. */
  readonly outcome: Outcome | undefined;
  readonly milliseconds: number;
  readonly alert?: string;
}

async function asked<Outcome extends { kind: string; ending?: Ending }>(
  place: Place,
  connection: Connection,
  dialogue: Dialogue<Outcome>,
): Promise<Told<Outcome>> {
  const start = clock();
  const outcome = await connection.converse(dialogue, patienceOf(place));
  const milliseconds = clock() - start;
  const { alert } = connection;
  const wasCutOff =
    outcome.kind === 'ended' && outcome.ending === 'too-late' && !wasPatient(place, milliseconds);
  return { outcome: wasCutOff ? undefined : outcome, milliseconds, ...(alert && { alert }) };
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
