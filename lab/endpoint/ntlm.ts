/** Who a server says that it is, and what its clock shows. */
export interface Identity {
  readonly computer: string;
  /** The NetBIOS name of its domain; the computer's own name in a workgroup. */
  readonly domain: string;
  readonly dnsComputer: string;
  readonly dnsDomain: string;
  /** None in a workgroup. */
  readonly dnsForest?: string;
  readonly version: { readonly major: number; readonly minor: number; readonly build: number };
  readonly clock: () => Date;
}

/** CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2): offsets from its start. */
const challengeLayout = {
  signature: 0,
  messageType: 8,
  targetName: 12,
  flags: 20,
  serverChallenge: 24,
  reserved: 32,
  targetInfo: 40,
  version: 48,
  payload: 56,
} as const;

/** AvId (MS-NLMP 2.2.2.1). */
const av = {
  end: 0,
  netbiosComputer: 1,
  netbiosDomain: 2,
  dnsComputer: 3,
  dnsDomain: 4,
  dnsForest: 5,
  timestamp: 7,
} as const;

/**
 * What Windows answers to a client that asks for signing, sealing, 128 bits and a version: UNICODE, REQUEST_TARGET, SIGN,
 * SEAL, NTLM, ALWAYS_SIGN, EXTENDED_SESSIONSECURITY, TARGET_INFO, VERSION, 128, KEY_EXCH, 56 (MS-NLMP 2.2.2.5).
 */
const flags = 0xe2888235;
const targetTypeDomain = 0x10000;
const targetTypeServer = 0x20000;

/** A NTLM CHALLENGE. `targetInfo` is what the names and the clock come to unless told. */
export function ntlmChallenge(identity: Identity, targetInfo: Buffer = avPairs(identity)): Buffer {
  const { payload } = challengeLayout;
  const target = Buffer.from(identity.domain, 'utf16le');
  const message = Buffer.alloc(payload);
  message.write('NTLMSSP\0', challengeLayout.signature, 'latin1');
  message.writeUInt32LE(2, challengeLayout.messageType);
  writeField(message, challengeLayout.targetName, target.length, payload);
  const kind = identity.domain === identity.computer ? targetTypeServer : targetTypeDomain;
  message.writeUInt32LE((flags | kind) >>> 0, challengeLayout.flags);
  message.write('0123456789abcdef', challengeLayout.serverChallenge, 'hex');
  writeField(message, challengeLayout.targetInfo, targetInfo.length, payload + target.length);
  message.set([identity.version.major, identity.version.minor], challengeLayout.version);
  message.writeUInt16LE(identity.version.build, challengeLayout.version + 2);
  message[challengeLayout.version + 7] = 15;
  return Buffer.concat([message, target, targetInfo]);
}

/** The same message with a field that points elsewhere: length and offset as told. */
export function withField(
  message: Buffer,
  field: 'targetName' | 'targetInfo',
  length: number,
  offset: number,
): Buffer {
  const lying = Buffer.from(message);
  writeField(lying, challengeLayout[field], length, offset);
  return lying;
}

/** Length, maximal length, offset. */
function writeField(message: Buffer, at: number, length: number, offset: number): void {
  message.writeUInt16LE(length, at);
  message.writeUInt16LE(length, at + 2);
  message.writeUInt32LE(offset, at + 4);
}

/** AV_PAIRs in the order in which Windows sends them, with or without MsvAvEOL at the end. */
export function avPairs(identity: Identity, ended = true): Buffer {
  const names: [number, string | undefined][] = [
    [av.netbiosDomain, identity.domain],
    [av.netbiosComputer, identity.computer],
    [av.dnsDomain, identity.dnsDomain],
    [av.dnsComputer, identity.dnsComputer],
    [av.dnsForest, identity.dnsForest],
  ];
  const given = names.filter((pair): pair is [number, string] => pair[1] !== undefined);
  return Buffer.concat([
    ...given.map(([id, name]) => avPair(id, Buffer.from(name, 'utf16le'))),
    avPair(av.timestamp, fileTime(identity.clock())),
    ...(ended ? [avPair(av.end, Buffer.alloc(0))] : []),
  ]);
}

export function avPair(id: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(value.length, 2);
  return Buffer.concat([header, value]);
}

/** FILETIME: tenths of a microsecond since 1601 (MS-DTYP 2.3.3), little-endian. */
function fileTime(date: Date): Buffer {
  const secondsFrom1601To1970 = 11_644_473_600n;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(date.getTime()) + secondsFrom1601To1970 * 1000n) * 10_000n);
  return bytes;
}
