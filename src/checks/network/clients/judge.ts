import { type Text, text } from '../../../text/index.ts';
import { namesInProse } from '../../../text/names.ts';
import type { Client } from './client.ts';
import { clients } from './clients.ts';
import { handshake } from './handshake.ts';
import { type Agreed, agreement } from './negotiation.ts';
import { certificate, credssp, session } from './sign-in.ts';
import type { ClientVerdict, Pass, Phase, SeenEndpoint, Stop } from './verdict.ts';

const credsspProtocols = 0x02 | 0x08;

/** What becomes of each named client at this endpoint, as it is installed; in the order of `clients`. */
export function judgeClients(seen: SeenEndpoint): readonly ClientVerdict[] {
  return clients.map((client) => ({ client: client.name, ...judge(client, seen) }));
}

type Judged = Omit<ClientVerdict, 'client'>;

function judge(client: Client, seen: SeenEndpoint): Judged {
  const unreached = unreachable(seen);
  if (unreached) return unreached;
  const agreed = agreement(client, seen.negotiation);
  if (agreed.outcome !== 'passes') return agreed;
  if (agreed.selected === 0) return withStandardSecurity(client, agreed, session(seen, 0));
  const nla = (agreed.selected & credsspProtocols) !== 0;
  const next = nla ? credssp(client, seen) : session(seen, 1);
  const steps = [handshake(client, seen), certificate(client, seen), next];
  return (
    stopped(steps, agreed) ?? connects(steps, agreed, nla ? 'client.connects-nla' : 'client.connects-tls')
  );
}

function unreachable({ reachability }: SeenEndpoint): Stop | undefined {
  if (reachability.state !== 'known') return undefined;
  const { addresses } = reachability.value;
  if (addresses.some(({ tcp }) => tcp === 'open' || tcp === 'not-tried')) return undefined;
  const reason = text('client.fails-tcp');
  return { outcome: 'fails', phase: 'tcp', reason, believed: false, where: reachability.where };
}

function withStandardSecurity(
  { standardSecurity }: Client,
  { believed, where }: Agreed,
  next: Pass | Stop,
): Judged {
  if (next.outcome !== 'passes') return next;
  if (standardSecurity === 'unknown') {
    const reason = text('client.unknown-standard');
    return { outcome: 'unknown', phase: 'negotiation', reason, believed, where };
  }
  const unsure = believed || standardSecurity === 'believed';
  return {
    outcome: 'connects',
    phase: undefined,
    reason: text('client.connects-standard'),
    believed: unsure,
    where,
  };
}

/** A step that surely fails settles it, whatever could not be told of the steps before. */
function stopped(steps: readonly (Pass | Stop)[], agreed: Agreed): Judged | undefined {
  const stops = steps.filter((step) => step.outcome !== 'passes');
  const stop = stops.find(({ outcome }) => outcome === 'fails') ?? stops[0];
  return stop && { ...stop, believed: stop.believed || agreed.believed };
}

function connects(
  steps: readonly (Pass | Stop)[],
  { believed, where }: Agreed,
  reason: 'client.connects-nla' | 'client.connects-tls',
): Judged {
  return {
    outcome: 'connects',
    phase: undefined,
    reason: text(reason),
    believed: believed || steps.some((step) => step.believed),
    where,
  };
}

/** The clients that surely fail: at this phase, or at any. */
export function clientsThatFail(verdicts: readonly ClientVerdict[], phase?: Phase): readonly ClientVerdict[] {
  return verdicts.filter(
    (verdict) => verdict.outcome === 'fails' && (phase === undefined || verdict.phase === phase),
  );
}

export function clientsThatConnect(verdicts: readonly ClientVerdict[]): readonly ClientVerdict[] {
  return verdicts.filter(({ outcome }) => outcome === 'connects');
}

/** What a client is called. */
export function clientName({ client }: Pick<ClientVerdict, 'client'>): Text {
  return text(`client.${client}`);
}

/** Their names as a sentence holds them: `Windows 10, Windows 11 and FreeRDP`. */
export function clientNames(verdicts: readonly ClientVerdict[]): string {
  return namesInProse(verdicts.map(clientName));
}
