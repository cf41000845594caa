import type { CertificateLiteral } from '../certificate/index.ts';
import type { Behaviour, Connection } from './connection.ts';
import { credssp } from './credssp.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { mcsConnect } from './mcs.ts';
import type { Identity } from './ntlm.ts';
import { type Choice, failure, modernFlags, protocol, rdpFront } from './rdp.ts';
import { honestTls, type TlsLiteral } from './tls.ts';

/** A Windows machine as far as the network sees it before anyone has signed in. */
export interface WindowsLiteral {
  readonly identity: Identity;
  /**
   * `nla`: network level authentication is required. `tls`: TLS is, NLA is not. `negotiate`: the best that both have.
   * `standard`: RDP's own security alone.
   */
  readonly security: 'nla' | 'tls' | 'negotiate' | 'standard';
  /** Protocols beyond standard security that it knows at all, as bits. */
  readonly knows: number;
  readonly flags: number;
  readonly tls: TlsLiteral;
  readonly credsspVersion: number;
  /** SC_CORE version. */
  readonly rdpVersion: number;
}

const day = 86_400_000;

/** As Windows makes its own: issued by itself for half a year, for its DNS name. */
export function listenerCertificate(dnsComputer: string): CertificateLiteral {
  const today = Math.floor(Date.now() / day) * day;
  return {
    subject: dnsComputer,
    notBefore: new Date(today - 30 * day),
    notAfter: new Date(today + 153 * day),
  };
}

/** A member of a domain, with today's clock. */
export function domainMember(computer: string, major: number, minor: number, build: number): Identity {
  return {
    computer,
    domain: 'LAB',
    dnsComputer: `${computer}.lab.example`,
    dnsDomain: 'lab.example',
    dnsForest: 'lab.example',
    version: { major, minor, build },
    clock: () => new Date(),
  };
}

/** A machine in a workgroup: its own name stands for the domain, and there is no forest. */
export function workgroupMember(computer: string, major: number, minor: number, build: number): Identity {
  const { dnsForest: _, ...member } = domainMember(computer, major, minor, build);
  return { ...member, domain: computer, dnsComputer: computer, dnsDomain: computer };
}

/** Windows Server 2022 that requires NLA; what is told replaces parts of it. */
export function windows(literal: Partial<WindowsLiteral> = {}): WindowsLiteral {
  const identity = literal.identity ?? domainMember('SRV2022', 10, 0, 20348);
  return {
    identity,
    security: 'nla',
    knows: protocol.tls | protocol.hybrid | protocol.rdstls | protocol.hybridEx,
    flags: modernFlags,
    tls: { certificate: listenerCertificate(identity.dnsComputer) },
    credsspVersion: 6,
    rdpVersion: 0x0008000c,
    ...literal,
  };
}

/** The whole front, up to authentication. */
export function windowsFront(literal: WindowsLiteral): Behaviour {
  return rdpFront((requested) => chooses(literal, requested), afterConfirm(literal), literal.flags);
}

export function windowsEndpoint(about: string, literal: Partial<WindowsLiteral> = {}): EndpointLiteral {
  return { about, serve: windowsFront(windows(literal)) };
}

/**
 * The protocol that Windows selects. Seen in public outputs of nmap's rdp-enum-encryption against builds 14393, 17763 and
 * 22000 that require NLA: 3, 8 and 4 are confirmed, 0 and 1 are not; on a build 20348 that does not require it 1 is confirmed
 * too. That 8 and 4 are confirmed by themselves says that TLS's bit need not come with them; that 2 alone is treated alike,
 * that 8 is preferred to 2 and both to 4, that 0x10 alone counts as nothing that it knows, and which failure answers what,
 * is taken from MS-RDPBCGR (2.2.1.1.1, 2.2.1.2.2, 3.3.5.3.2) and was not tried on a running Windows.
 */
function chooses({ security, knows }: WindowsLiteral, requested: number): Choice {
  if (security === 'standard') {
    return requested === 0 ? { selected: protocol.standard } : { failure: failure.sslNotAllowed };
  }
  const shared = requested & knows;
  const best = [protocol.hybridEx, protocol.hybrid, protocol.rdstls].find((one) => shared & one);
  if (best) return { selected: best };
  if (security === 'nla') return { failure: failure.hybridRequired };
  if (shared & protocol.tls) return { selected: protocol.tls };
  return security === 'negotiate' ? { selected: protocol.standard } : { failure: failure.sslRequired };
}

type Afterwards = (connection: Connection, selected: number) => Promise<void>;

function afterConfirm(literal: WindowsLiteral): Afterwards {
  const { identity, rdpVersion: version, tls } = literal;
  const standard = mcsConnect({ version, encryptionLevel: 2 });
  const inTls = honestTls(tls, mcsConnect({ version, encryptionLevel: 0 }));
  const nla = honestTls(tls, credssp(literal.credsspVersion, identity));
  const rdstls = honestTls(tls, (connection) => connection.silence());
  return async (connection, selected) => {
    if (selected === protocol.tls) return inTls(connection);
    if (selected === protocol.rdstls) return rdstls(connection);
    if (selected !== protocol.standard) return nla(connection);
    if (literal.security === 'standard' || literal.security === 'negotiate') return standard(connection);
  };
}
