/** The eight bytes that every NTLM message begins with: `NTLMSSP` and a zero. MS-NLMP 2.2.1. */
export const signature: Uint8Array = Buffer.from('NTLMSSP\0', 'latin1');

/** MS-NLMP 2.2.1: MessageType, at offset 8. */
export const messageType = { negotiate: 1, challenge: 2 } as const;

/** NEGOTIATE_MESSAGE, MS-NLMP 2.2.1.1. Little-endian. Both fields are empty here, so no payload. */
export const negotiateMessage = {
  signature: 0, // 8
  messageType: 8, // 4
  negotiateFlags: 12, // 4
  domainNameFields: 16, // 8
  workstationFields: 24, // 8
  version: 32, // 8
  size: 40,
} as const;

/** CHALLENGE_MESSAGE, MS-NLMP 2.2.1.2. Little-endian. */
export const challengeMessage = {
  signature: 0, // 8
  messageType: 8, // 4
  targetNameFields: 12, // 8
  negotiateFlags: 20, // 4
  serverChallenge: 24, // 8
  reserved: 32, // 8
  targetInfoFields: 40, // 8
  size: 48,
  /** Only with NTLMSSP_NEGOTIATE_VERSION. */
  version: 48, // 8
  sizeWithVersion: 56,
} as const;

/** Where a message's variable part lies: length, the length allocated for it, offset from the message's start. */
export const fields = { length: 0, maximumLength: 2, bufferOffset: 4 } as const;

/** VERSION, MS-NLMP 2.2.2.10. */
export const version = { major: 0, minor: 1, build: 2, ntlmRevision: 7 } as const;

/** AV_PAIR, MS-NLMP 2.2.2.1: AvId, AvLen, Value. */
export const avPair = { id: 0, length: 2, value: 4 } as const;

export const avId = {
  eol: 0,
  nbComputerName: 1,
  nbDomainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  dnsTreeName: 5,
  flags: 6,
  timestamp: 7,
} as const;

/** NEGOTIATE, MS-NLMP 2.2.2.5. */
export const negotiateFlag = {
  unicode: 0x0000_0001,
  oem: 0x0000_0002,
  requestTarget: 0x0000_0004,
  sign: 0x0000_0010,
  seal: 0x0000_0020,
  lmKey: 0x0000_0080,
  ntlm: 0x0000_0200,
  alwaysSign: 0x0000_8000,
  extendedSessionSecurity: 0x0008_0000,
  targetInfo: 0x0080_0000,
  version: 0x0200_0000,
  key128: 0x2000_0000,
  keyExchange: 0x4000_0000,
  key56: 0x8000_0000,
} as const;
