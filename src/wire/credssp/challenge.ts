import { malformed, WireError } from '../errors.ts';
import {
  avId,
  avPair,
  challengeMessage,
  fields,
  messageType,
  negotiateFlag,
  signature,
  version,
} from './layout.ts';

/** What a NTLM CHALLENGE tells of the server. */
export interface NtlmChallenge {
  readonly flags: number;
  /** NTLMSSP_NEGOTIATE_VERSION: the version of Windows; a server that is not Windows may say anything. */
  readonly version: { readonly major: number; readonly minor: number; readonly build: number } | undefined;
  readonly targetName: string | undefined;
  readonly netbiosComputer: string | undefined;
  readonly netbiosDomain: string | undefined;
  readonly dnsComputer: string | undefined;
  readonly dnsDomain: string | undefined;
  readonly dnsForest: string | undefined;
  /** MsvAvFlags: 1 constrained authentication, 2 a MIC is there, 4 an untrusted SPN. */
  readonly avFlags: number | undefined;
  /** MsvAvTimestamp: the server's own clock. */
  readonly timestamp: Date | undefined;
}

/** In bytes. A DNS name has at most 255 characters, a NetBIOS name 15; UTF-16 doubles them. */
const longestName = 1024;

/** 1601-01-01 to 1970-01-01 in milliseconds: FILETIME counts from the first, Date from the second. */
const filetimeToUnix = 11_644_473_600_000;

/** Whether a token says of itself that it is a NTLM message, of whatever type. */
export function isNtlm(token: Uint8Array): boolean {
  return Buffer.compare(token.subarray(0, signature.length), signature) === 0;
}

/**
 * Reads a NTLM CHALLENGE (MS-NLMP 2.2.1.2). Names are as they were sent: they may hold control characters and lone
 * surrogates. Throws `WireError`.
 */
export function readChallenge(bytes: Uint8Array): NtlmChallenge {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isNtlm(message)) throw new WireError('not-recognised', 'no NTLM message');
  if (message.length < challengeMessage.size) throw malformed(`a NTLM message of ${message.length} bytes`);
  const type = message.readUInt32LE(challengeMessage.messageType);
  if (type !== messageType.challenge)
    throw malformed(`a NTLM message of type ${type} where a CHALLENGE is due`);
  const flags = message.readUInt32LE(challengeMessage.negotiateFlags);
  return {
    flags,
    version: hasVersion(message, flags) ? readVersion(message) : undefined,
    targetName: readTargetName(message, flags),
    ...readTargetInfo(payload(message, challengeMessage.targetInfoFields, 'target information')),
  };
}

// Some servers set the flag and put their names where the version would be.
function hasVersion(message: Buffer, flags: number): boolean {
  if ((flags & negotiateFlag.version) === 0 || message.length < challengeMessage.sizeWithVersion)
    return false;
  return [challengeMessage.targetNameFields, challengeMessage.targetInfoFields].every(
    (at) =>
      message.readUInt16LE(at + fields.length) === 0 ||
      message.readUInt32LE(at + fields.bufferOffset) >= challengeMessage.sizeWithVersion,
  );
}

function readVersion(message: Buffer): NtlmChallenge['version'] {
  const at = challengeMessage.version;
  return {
    major: message.readUInt8(at + version.major),
    minor: message.readUInt8(at + version.minor),
    build: message.readUInt16LE(at + version.build),
  };
}

function readTargetName(message: Buffer, flags: number): string | undefined {
  const bytes = payload(message, challengeMessage.targetNameFields, 'target name');
  return (flags & negotiateFlag.unicode) !== 0
    ? readUnicode(bytes, 'the target name')
    : readOem(bytes, 'the target name');
}

function payload(message: Buffer, at: number, name: string): Buffer {
  const length = message.readUInt16LE(at + fields.length);
  const offset = message.readUInt32LE(at + fields.bufferOffset);
  // The offset of an empty field means nothing.
  if (length === 0) return message.subarray(0, 0);
  if (offset < challengeMessage.size || offset + length > message.length) {
    throw malformed(`${name} at ${offset} with ${length} bytes in a message of ${message.length}`);
  }
  return message.subarray(offset, offset + length);
}

function readTargetInfo(bytes: Buffer): Omit<NtlmChallenge, 'flags' | 'version' | 'targetName'> {
  const pairs = readAvPairs(bytes);
  const name = (id: number) => readUnicode(pairs.get(id) ?? Buffer.alloc(0), `AV pair ${id}`);
  const flags = pairs.get(avId.flags);
  const timestamp = pairs.get(avId.timestamp);
  return {
    netbiosComputer: name(avId.nbComputerName),
    netbiosDomain: name(avId.nbDomainName),
    dnsComputer: name(avId.dnsComputerName),
    dnsDomain: name(avId.dnsDomainName),
    dnsForest: name(avId.dnsTreeName),
    avFlags: flags && readExactly(flags, 4, 'MsvAvFlags').readUInt32LE(),
    timestamp: timestamp && readTimestamp(timestamp),
  };
}

// The first of a kind counts. MsvAvEOL ends the list; the end of the target information does too.
function readAvPairs(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    if (at + avPair.value > bytes.length) throw malformed('half an AV pair');
    const id = bytes.readUInt16LE(at + avPair.id);
    if (id === avId.eol) break;
    const start = at + avPair.value;
    const end = start + bytes.readUInt16LE(at + avPair.length);
    if (end > bytes.length) throw malformed(`AV pair ${id} goes beyond the target information`);
    if (!pairs.has(id)) pairs.set(id, bytes.subarray(start, end));
    at = end;
  }
  return pairs;
}

// A FILETIME's 64 bits end in the year 60056, which a Date holds.
function readTimestamp(bytes: Buffer): Date {
  const filetime = readExactly(bytes, 8, 'MsvAvTimestamp').readBigUInt64LE();
  return new Date(Number(filetime / 10_000n) - filetimeToUnix);
}

function readExactly(bytes: Buffer, length: number, name: string): Buffer {
  if (bytes.length !== length) throw malformed(`${name} of ${bytes.length} bytes`);
  return bytes;
}

function readUnicode(bytes: Buffer, name: string): string | undefined {
  if (bytes.length % 2 !== 0) throw malformed(`${name} of ${bytes.length} bytes is no UTF-16`);
  return bounded(bytes, name).toString('utf16le') || undefined;
}

// Nothing tells which code page the server's is; what all of them have in common is ASCII.
function readOem(bytes: Buffer, name: string): string | undefined {
  const text = bounded(bytes, name).toString('latin1');
  return text.replaceAll(/[\u0080-\u00ff]/g, '\ufffd') || undefined;
}

function bounded(bytes: Buffer, name: string): Buffer {
  if (bytes.length > longestName) throw new WireError('too-long', `${name} of ${bytes.length} bytes`);
  return bytes;
}
