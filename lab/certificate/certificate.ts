import { createHash, createPublicKey, sign } from 'node:crypto';
import {
  bits,
  boolean,
  dnsName,
  integer,
  nothing,
  objectIdentifier,
  octets,
  sequence,
  setOf,
  tagged,
  time,
  utf8,
} from './der.ts';
import { type KeyKind, labOnlyKey } from './lab-only-keys.ts';

/** What a lab certificate says. */
export interface CertificateLiteral {
  /** The common name: a computer's name. */
  subject: string;
  notBefore: Date;
  notAfter: Date;
  /** `rsa2048` unless told, as Windows makes its own; `authority` is that of the lab's authority, which may issue. */
  key?: KeyKind | 'authority';
  /** Whether it is for server authentication, as Windows' own is; so unless told. */
  serverAuth?: boolean;
  /** Whether it is its own issuer; else the lab's authority issued it. */
  selfSigned?: boolean;
  /** The hash that is signed; `sha256` unless told. */
  digest?: 'sha256' | 'sha1';
  /** What the key may do: to encipher keys and data as Windows' own, or to sign, as one on a curve must. */
  usage?: 'encipherment' | 'signature';
  /** DNS names of a subjectAltName; Windows' own has none, and none is made unless told. */
  names?: readonly string[];
}

/** A signed certificate. */
export interface Certificate {
  readonly der: Buffer;
  /** The SHA-1 of the DER in upper-case hexadecimal, as the registry names certificates. */
  readonly thumbprint: string;
}

const made = new Map<string, Certificate>();

/** A real X.509 version 3 certificate. Same literal, same bytes, within one run. */
export function makeCertificate(literal: CertificateLiteral): Certificate {
  const identity = JSON.stringify(literal, Object.keys(literal).sort());
  const known = made.get(identity);
  if (known) return known;
  const der = encode(literal, createHash('sha256').update(identity).digest().subarray(0, 16));
  const certificate = { der, thumbprint: createHash('sha1').update(der).digest('hex').toUpperCase() };
  made.set(identity, certificate);
  return certificate;
}

function encode(literal: CertificateLiteral, serial: Buffer): Buffer {
  const { key = 'rsa2048', selfSigned = true, digest = 'sha256' } = literal;
  const signer = labOnlyKey(selfSigned ? key : 'authority');
  const publicKey = createPublicKey(labOnlyKey(key)).export({ format: 'der', type: 'spki' });
  const algorithm = signatureAlgorithm(signer.asymmetricKeyType === 'ec' ? 'ec' : 'rsa', digest);
  const toBeSigned = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(positive(serial)),
    algorithm,
    commonName(selfSigned ? literal.subject : 'Lab Certificate Authority'),
    sequence(time(literal.notBefore), time(literal.notAfter)),
    commonName(literal.subject),
    publicKey,
    tagged(3, sequence(...extensions(literal))),
  );
  return sequence(toBeSigned, algorithm, bits(sign(digest, toBeSigned, signer)));
}

function positive(serial: Buffer): Buffer {
  const bytes = Buffer.from(serial);
  bytes[0] = 0x10 | ((bytes[0] ?? 0) & 0x7f);
  return bytes;
}

const signatures = {
  rsa: { sha256: '1.2.840.113549.1.1.11', sha1: '1.2.840.113549.1.1.5' },
  ec: { sha256: '1.2.840.10045.4.3.2', sha1: '1.2.840.10045.4.1' },
} as const;

function signatureAlgorithm(type: 'rsa' | 'ec', digest: 'sha256' | 'sha1'): Buffer {
  const identifier = objectIdentifier(signatures[type][digest]);
  return type === 'rsa' ? sequence(identifier, nothing()) : sequence(identifier);
}

function commonName(name: string): Buffer {
  return sequence(setOf(sequence(objectIdentifier('2.5.4.3'), utf8(name))));
}

/** As Windows' own: the extended usage server authentication; key and data encipherment. */
function extensions(literal: CertificateLiteral): Buffer[] {
  const { serverAuth = true, usage = 'encipherment', names = [], key } = literal;
  const all: Buffer[] = [];
  if (serverAuth) all.push(extension('2.5.29.37', false, sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'))));
  if (key === 'authority') {
    all.push(extension('2.5.29.19', true, sequence(boolean(true))));
    all.push(extension('2.5.29.15', true, bits(Buffer.from([0x06]), 1)));
  } else {
    const allowed = usage === 'signature' ? bits(Buffer.from([0x80]), 7) : bits(Buffer.from([0x30]), 4);
    all.push(extension('2.5.29.15', false, allowed));
  }
  if (names.length > 0) all.push(extension('2.5.29.17', false, sequence(...names.map(dnsName))));
  return all;
}

function extension(identifier: string, critical: boolean, value: Buffer): Buffer {
  const flag = critical ? [boolean(true)] : [];
  return sequence(objectIdentifier(identifier), ...flag, octets(value));
}
