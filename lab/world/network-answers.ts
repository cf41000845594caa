import type {
  NegotiationAttempt,
  NegotiationMatrix,
  PresentedCertificate,
  TlsAttempt,
} from '../../src/model/endpoint.ts';
import type { Ending } from '../../src/wire/dialogue.ts';
import type { Negotiation, Service } from '../../src/wire/rdp/index.ts';
import type { TlsVersion } from '../../src/wire/tls/index.ts';
import { makeCertificate } from '../certificate/index.ts';

const listenerDates = {
  notBefore: new Date('2026-04-01T00:00:00Z'),
  notAfter: new Date('2026-10-01T00:00:00Z'),
};
const made = makeCertificate({ subject: 'WIN-LAB', ...listenerDates });

/** What every healthy endpoint presents. */
export const labCertificate: PresentedCertificate = {
  der: new Uint8Array(made.der),
  thumbprint: made.thumbprint,
  subject: 'CN=WIN-LAB',
  issuer: 'CN=WIN-LAB',
  selfSigned: true,
  ...listenerDates,
  keyType: 'rsa',
  keyBits: 2048,
  names: [],
  signature: 'sha256WithRSAEncryption',
};

const extendedClientData = 0x1;

/** A Connection Confirm with RDP_NEG_RSP. */
export function selects(selected: number, flags: number = extendedClientData): Negotiation {
  return {
    kind: 'selected',
    selected,
    flags,
    bytes: Buffer.from([...confirmHead(19), 2, flags, 8, 0, selected, 0, 0, 0]),
  };
}

/** A Connection Confirm with RDP_NEG_FAILURE. */
export function fails(code: number): Negotiation {
  return { kind: 'failed', code, bytes: Buffer.from([...confirmHead(19), 3, 0, 8, 0, code, 0, 0, 0]) };
}

/** A Connection Confirm without negotiation data. */
export function confirmsWithoutData(): Negotiation {
  return { kind: 'no-data', bytes: Buffer.from(confirmHead(11)) };
}

/** An MCS Disconnect Provider Ultimatum, as xrdp sends it. */
export function disconnects(): Negotiation {
  return { kind: 'disconnected', reason: 3, bytes: Buffer.from('0300000902f0802180', 'hex') };
}

/** TPKT and X.224 Connection Confirm. */
function confirmHead(length: number): readonly number[] {
  return [3, 0, 0, length, length - 5, 0xd0, 0, 0, 0x12, 0x34, 0];
}

/** What a server makes of each request, in the order in which they are asked. */
export function matrix(
  answers: readonly (readonly [requested: number, negotiation: Negotiation])[],
): NegotiationMatrix {
  const attempts: readonly NegotiationAttempt[] = answers.map(([requested, negotiation]) => ({
    requested,
    negotiation,
    milliseconds: 2,
  }));
  return { attempts };
}

/** A whole first flight. */
export function hello(versions: readonly TlsVersion[], version: TlsVersion, suite: number): TlsAttempt {
  const certificates = version === 'TLS 1.3' ? [] : [labCertificate.der];
  const bytes = Buffer.from('160303007a0200007603', 'hex');
  return {
    versions,
    milliseconds: 4,
    flight: {
      kind: 'server-hello',
      version,
      suite,
      certificates,
      complete: true,
      group: 0x18,
      alert: undefined,
      ending: undefined,
      bytes,
    },
  };
}

/** A handshake that a fatal alert ended. */
export function alerted(versions: readonly TlsVersion[], description: number): TlsAttempt {
  const bytes = Buffer.from([0x15, 3, 1, 0, 2, 2, description]);
  return { versions, milliseconds: 4, flight: { kind: 'alert', level: 2, description, bytes } };
}

/** The other side ended before it had answered, or after a part of an answer. */
export function ends(ending: Ending, bytes: readonly number[] = []): Negotiation {
  return { kind: 'ended', ending, bytes: Buffer.from(bytes) };
}

/** The same of a handshake. */
export function endsInTls(versions: readonly TlsVersion[], ending: Ending): TlsAttempt {
  return { versions, milliseconds: 4, flight: { kind: 'ended', ending, bytes: Buffer.alloc(0) } };
}

/** Something that does not speak Remote Desktop. */
export function speaks(service: Service | undefined, bytes: Uint8Array): Negotiation {
  return { kind: 'not-rdp', service, detail: 'no TPKT', bytes };
}
