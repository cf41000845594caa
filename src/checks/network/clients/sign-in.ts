import { text } from '../../../text/index.ts';
import type { Credssp } from '../../../wire/credssp/index.ts';
import type { Client } from './client.ts';
import type { Pass, SeenEndpoint, Stop } from './verdict.ts';

/** Whether the endpoint's certificate lets the handshake come to its end; warnings do not count. */
export function certificate({ rsa, otherKeys }: Client, { certificate: seen }: SeenEndpoint): Pass | Stop {
  // Too small a key is rare: a chain that was not seen makes the verdict less sure, and does not void it.
  const enough = Math.max(rsa.refusedBelow, rsa.unknownBelow);
  if (seen.state !== 'known') return { outcome: 'passes', believed: enough > 0 };
  const [{ keyType, keyBits: bits }] = seen.value.certificates;
  const at = { phase: 'certificate', believed: false, where: seen.where } as const;
  if (keyType === 'other') {
    if (otherKeys === 'believed') return { outcome: 'passes', believed: true };
    return { ...at, outcome: 'unknown', reason: text('client.unknown-key-kind') };
  }
  if (keyType !== 'rsa' || bits >= enough) return passes;
  if (bits >= rsa.refusedBelow)
    return { ...at, outcome: 'unknown', reason: text('client.unknown-key', { bits }) };
  return { ...at, outcome: 'fails', reason: text('client.fails-key', { bits, least: rsa.refusedBelow }) };
}

/**
 * Whether the client gets to prove who it is. What was tried is NTLM: a client in a domain tries Kerberos first, so
 * that a break is believed to be one for Kerberos too, and a refusal with a status says nothing of it.
 */
export function credssp(client: Client, { nla }: SeenEndpoint): Pass | Stop {
  if (nla.state !== 'known') {
    return stop('unknown', text('client.unknown-credssp'), false, nla.where);
  }
  const { credssp: seen } = nla.value;
  if (seen.kind === 'challenge') return versionOf(client, seen, nla.where);
  if (seen.kind !== 'refused') return stop('fails', text('client.fails-credssp'), true, nla.where);
  const status = `0x${seen.status.toString(16).toUpperCase().padStart(8, '0')}`;
  return stop('unknown', text('client.unknown-credssp-refused', { status }), false, nla.where);
}

/** The version tells whether the endpoint has the correction; that Windows goes by the version is believed. */
function versionOf({ leastCredssp: least }: Client, { version }: Challenge, where: string): Pass | Stop {
  if (version >= (least ?? correctedVersion)) return passes;
  if (least !== undefined)
    return stop('fails', text('client.fails-credssp-version', { version, least }), true, where);
  return stop('unknown', text('client.unknown-credssp-version', { version }), false, where);
}

/**
 * Whether the endpoint goes on where no sign-in comes before the session. Each client's MCS Connect Initial differs from
 * the one that was tried, so that the same comes of it is believed.
 */
export function session({ settings }: SeenEndpoint, protocol: 0 | 1): Pass | Stop {
  if (settings?.state !== 'known' || settings.value.protocol !== protocol) return passes;
  if (settings.value.settings.kind !== 'ended') return passes;
  const phase = protocol === 0 ? 'negotiation' : 'tls';
  const reason = text(protocol === 0 ? 'client.fails-session' : 'client.fails-after-tls');
  return { outcome: 'fails', phase, reason, believed: true, where: settings.where };
}

type Challenge = Extract<Credssp, { kind: 'challenge' }>;

const correctedVersion = 5;
const passes: Pass = { outcome: 'passes', believed: false };

function stop(outcome: Stop['outcome'], reason: Stop['reason'], believed: boolean, where: string): Stop {
  return { outcome, phase: 'credssp', reason, believed, where };
}
