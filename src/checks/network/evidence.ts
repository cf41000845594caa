import type { AddressReach, NegotiationAttempt } from '../../model/endpoint.ts';
import type { Evidence } from '../../model/finding.ts';
import { type Text, text } from '../../text/index.ts';
import { failureName, type Negotiation, protocolNames } from '../../wire/rdp/index.ts';
import { networkEvidence } from '../judgement.ts';

const mostBytes = 32;
const bytesInGroup = 4;

/** Bytes off the network as a person compares them: `03000013 0ed00000 "........"`; 32 of them at most. */
export function showBytes(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, mostBytes);
  const hex = Buffer.from(shown).toString('hex');
  const groups = hex.match(new RegExp(`.{1,${2 * bytesInGroup}}`, 'g')) ?? [];
  const more = bytes.length > mostBytes ? '...' : '';
  return `${groups.join(' ')}${more && ` ${more}`} "${printable(shown)}${more}"`;
}

/** ASCII as it stands, and a full stop for all else, as hex dumps have it. */
function printable(bytes: Uint8Array): string {
  return [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
}

/** A security protocol with its number: `CredSSP (2)`; the number alone where it has no name. */
export function protocolName(protocol: number): string {
  const [name, ...others] = protocolNames(protocol);
  // Bits of several, or of none that has a name: a server selects one protocol.
  return name === undefined || others.length > 0 || name.startsWith('0x')
    ? hex(protocol)
    : `${name} (${protocol})`;
}

/** The address and port of `10.0.0.4:3389, Connection Request 0xB`. */
export function placeOf(where: string): string {
  return where.split(', ')[0] ?? where;
}

/** A Connection Request and what came of it. */
export function attemptEvidence(where: string, attempt: NegotiationAttempt, expected: Text): Evidence {
  const place = `${placeOf(where)}, Connection Request ${hex(attempt.requested)}`;
  return networkEvidence(place, sawNegotiation(attempt), expected);
}

function sawNegotiation({ negotiation, milliseconds }: NegotiationAttempt): Text {
  const bytes = showBytes(negotiation.bytes);
  switch (negotiation.kind) {
    case 'selected':
      return text('network.saw.selected', { protocol: protocolName(negotiation.selected) });
    case 'failed':
      return sawFailure(negotiation.code);
    case 'no-data':
      return text('network.saw.no-data', { bytes });
    case 'disconnected':
      return text('network.saw.disconnected', { bytes });
    case 'not-rdp':
      return text('network.saw.not-rdp', { bytes });
    case 'ended':
      return sawEnding(negotiation, Math.round(milliseconds));
  }
}

function sawFailure(code: number): Text {
  const name = failureName(code);
  if (name === String(code)) return text('network.saw.failure-undocumented', { code });
  return text('network.saw.failure', { code, name });
}

function sawEnding({ ending, bytes }: Extract<Negotiation, { kind: 'ended' }>, milliseconds: number): Text {
  if (bytes.length === 0) return text(`network.saw.${ending}`, { milliseconds });
  return text(`network.saw.${ending}-after`, { milliseconds, bytes: showBytes(bytes) });
}

/** An address and how a connection to it went. */
export function reachEvidence({ address, family, tcp, ...reach }: AddressReach, port: number): Evidence {
  const host = family === 'IPv6' ? `[${address}]` : address;
  const milliseconds = Math.round(reach.milliseconds);
  const saw = text(`network.saw.tcp-${tcp}`, { milliseconds, detail: detailOf(reach.detail) });
  return networkEvidence(`${host}:${port}`, saw, text('network.expected.connection'));
}

function detailOf(detail: string): string {
  return detail === '' ? '' : ` (${detail})`;
}

function hex(number: number): string {
  return `0x${number.toString(16).toUpperCase()}`;
}
