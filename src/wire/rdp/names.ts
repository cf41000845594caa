/** The security protocols of requestedProtocols and selectedProtocol, MS-RDPBCGR 2.2.1.1.1. */
const protocols: readonly (readonly [number, string])[] = [
  [0x01, 'TLS'],
  [0x02, 'CredSSP'],
  [0x04, 'RDSTLS'],
  [0x08, 'CredSSP with early user authorization'],
  [0x10, 'Entra ID'],
];

/** MS-RDPBCGR 2.2.1.2.1 */
const responseFlags: readonly (readonly [number, string])[] = [
  [0x01, 'EXTENDED_CLIENT_DATA_SUPPORTED'],
  [0x02, 'DYNVC_GFX_PROTOCOL_SUPPORTED'],
  [0x04, 'NEGRSP_FLAG_RESERVED'],
  [0x08, 'RESTRICTED_ADMIN_MODE_SUPPORTED'],
  [0x10, 'REDIRECTED_AUTHENTICATION_MODE_SUPPORTED'],
];

/** MS-RDPBCGR 2.2.1.2.2 */
const failures: Readonly<Record<number, string>> = {
  1: 'SSL_REQUIRED_BY_SERVER',
  2: 'SSL_NOT_ALLOWED_BY_SERVER',
  3: 'SSL_CERT_NOT_ON_SERVER',
  4: 'INCONSISTENT_FLAGS',
  5: 'HYBRID_REQUIRED_BY_SERVER',
  6: 'SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER',
};

/** MS-RDPBCGR 2.2.1.4.3 */
const encryptionMethods: readonly (readonly [number, string])[] = [
  [0x01, 'ENCRYPTION_METHOD_40BIT'],
  [0x02, 'ENCRYPTION_METHOD_128BIT'],
  [0x08, 'ENCRYPTION_METHOD_56BIT'],
  [0x10, 'ENCRYPTION_METHOD_FIPS'],
];

/** MS-RDPBCGR 2.2.1.4.3 */
const encryptionLevels: Readonly<Record<number, string>> = {
  0: 'ENCRYPTION_LEVEL_NONE',
  1: 'ENCRYPTION_LEVEL_LOW',
  2: 'ENCRYPTION_LEVEL_CLIENT_COMPATIBLE',
  3: 'ENCRYPTION_LEVEL_HIGH',
  4: 'ENCRYPTION_LEVEL_FIPS',
};

/** T.125, section 7: Result. */
const mcsResults: readonly string[] = [
  'rt-successful',
  'rt-domain-merging',
  'rt-domain-not-hierarchical',
  'rt-no-such-channel',
  'rt-no-such-domain',
  'rt-no-such-user',
  'rt-not-admitted',
  'rt-other-user-id',
  'rt-parameters-unacceptable',
  'rt-token-not-available',
  'rt-token-not-possessed',
  'rt-too-many-channels',
  'rt-too-many-tokens',
  'rt-too-many-users',
  'rt-unspecified-failure',
  'rt-user-rejected',
];

/** T.125, section 7: Reason. */
const mcsReasons: readonly string[] = [
  'rn-domain-disconnected',
  'rn-provider-initiated',
  'rn-token-purged',
  'rn-user-requested',
  'rn-channel-purged',
];

/** The security protocols in a field of bits, the lowest first; none of them is standard RDP security. */
export function protocolNames(bits: number): string[] {
  return bits === 0 ? ['standard RDP security'] : namesOfBits(bits, protocols);
}

/** What the flags of a RDP_NEG_RSP say that the server can do. */
export function responseFlagNames(flags: number): string[] {
  return namesOfBits(flags, responseFlags);
}

/** The methods in a field of bits; `ENCRYPTION_METHOD_NONE` for 0. */
export function encryptionMethodNames(bits: number): string[] {
  return bits === 0 ? ['ENCRYPTION_METHOD_NONE'] : namesOfBits(bits, encryptionMethods);
}

/** The name of a failureCode, or its number where it has none. */
export function failureName(code: number): string {
  return failures[code] ?? `${code}`;
}

export function encryptionLevelName(level: number): string {
  return encryptionLevels[level] ?? `${level}`;
}

/** The name of MCS Connect Response's result, or its number. */
export function mcsResultName(result: number): string {
  return mcsResults[result] ?? `${result}`;
}

/** The name of an MCS Disconnect Provider Ultimatum's reason, or its number. */
export function mcsReasonName(reason: number): string {
  return mcsReasons[reason] ?? `${reason}`;
}

const firstTenth = 0x00080005;
const lastTenth = 0x00080011;

/** The version of RDP that SC_CORE or CS_CORE names, or its number in hex (MS-RDPBCGR 2.2.1.3.2 and 2.2.1.4.2). */
export function rdpVersionName(version: number): string {
  if (version === 0x00080001) return 'RDP 4.0';
  if (version === 0x00080004) return 'RDP 5.0 to 8.1';
  if (version >= firstTenth && version <= lastTenth) return `RDP 10.${version - firstTenth}`;
  return `0x${(version >>> 0).toString(16).padStart(8, '0')}`;
}

function namesOfBits(bits: number, names: readonly (readonly [number, string])[]): string[] {
  const known = names.filter(([bit]) => (bits & bit) !== 0);
  const unknown = known.reduce((left, [bit]) => left & ~bit, bits) >>> 0;
  const rest = unknown === 0 ? [] : [`0x${unknown.toString(16)}`];
  return [...known.map(([, name]) => name), ...rest];
}
