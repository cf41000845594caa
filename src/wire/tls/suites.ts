import { suiteNames } from './suite-names.ts';

/** How the two sides agree on a key; `any` is TLS 1.3, which settles it elsewhere. */
export type KeyExchange = 'ecdhe' | 'dhe' | 'rsa' | 'ecdh' | 'dh' | 'psk' | 'any' | 'other';

/** What the server proves itself with: a certificate of this kind of key, nothing, a shared secret. */
export type Authentication = 'rsa' | 'ecdsa' | 'dss' | 'anon' | 'psk' | 'any' | 'other';

export type Encryption =
  | 'aes-gcm'
  | 'aes-ccm'
  | 'aes-cbc'
  | 'chacha20'
  | 'camellia'
  | 'aria'
  | 'seed'
  | 'idea'
  | '3des'
  | 'rc4'
  | 'des'
  /** 40 or 56 bits, as the United States once allowed for export. */
  | 'export'
  | 'null'
  | 'other';

/** What a cipher suite is made of. */
export interface SuiteFacts {
  readonly keyExchange: KeyExchange;
  readonly authentication: Authentication;
  readonly encryption: Encryption;
  /** A stolen private key does not open recorded connections. */
  readonly forwardSecrecy: boolean;
  /** Encrypts and authenticates in one (GCM, CCM, ChaCha20-Poly1305). */
  readonly aead: boolean;
}

/** The part of a name before `_WITH_`, without `_EXPORT`; TLS 1.3 has none. */
const keyExchanges: Readonly<Record<string, readonly [KeyExchange, Authentication]>> = {
  '': ['any', 'any'],
  RSA: ['rsa', 'rsa'],
  DH_RSA: ['dh', 'rsa'],
  DH_DSS: ['dh', 'dss'],
  DH_anon: ['dhe', 'anon'],
  DHE_RSA: ['dhe', 'rsa'],
  DHE_DSS: ['dhe', 'dss'],
  ECDH_RSA: ['ecdh', 'rsa'],
  ECDH_ECDSA: ['ecdh', 'ecdsa'],
  ECDH_anon: ['ecdhe', 'anon'],
  ECDHE_RSA: ['ecdhe', 'rsa'],
  ECDHE_ECDSA: ['ecdhe', 'ecdsa'],
  PSK: ['psk', 'psk'],
  RSA_PSK: ['rsa', 'psk'],
  DHE_PSK: ['dhe', 'psk'],
  PSK_DHE: ['dhe', 'psk'],
  ECDHE_PSK: ['ecdhe', 'psk'],
};

const encryptions: readonly (readonly [RegExp, Encryption])[] = [
  [/^AES_\d+_GCM/, 'aes-gcm'],
  [/^AES_\d+_CCM/, 'aes-ccm'],
  [/^AES_\d+_CBC/, 'aes-cbc'],
  [/^CHACHA20/, 'chacha20'],
  [/^CAMELLIA/, 'camellia'],
  [/^ARIA/, 'aria'],
  [/^SEED/, 'seed'],
  [/^IDEA/, 'idea'],
  [/^3DES/, '3des'],
  [/^RC4_128/, 'rc4'],
  [/^DES_CBC_(SHA|MD5)/, 'des'],
  [/^NULL/, 'null'],
];

const byNumber: ReadonlyMap<number, SuiteFacts> = new Map(
  [...suiteNames].flatMap(([suite, name]) => {
    const facts = factsOf(name);
    return facts ? [[suite, facts]] : [];
  }),
);

/** The IANA name of a suite: `TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384`; `0x1301` in hex where it is not known. */
export function suiteName(suite: number): string {
  return suiteNames.get(suite) ?? `0x${suite.toString(16).padStart(4, '0')}`;
}

/** What a suite is made of; undefined for an unknown number and for signals that are no suites. */
export function suiteFacts(suite: number): SuiteFacts | undefined {
  return byNumber.get(suite);
}

/** The name says it all, in one grammar: TLS_key exchange_WITH_encryption_hash; TLS 1.3 leaves the first part out. */
function factsOf(name: string): SuiteFacts | undefined {
  if (name.endsWith('_SCSV')) return undefined;
  const [, agreement = '', cipher = ''] = /^TLS_(?:(.+)_WITH_)?(.+)$/.exec(name) ?? [];
  const parties = agreement.replace(/_EXPORT(1024)?$/, '');
  const [keyExchange, authentication] = keyExchanges[parties] ?? ['other', 'other'];
  const isExport = parties !== agreement;
  return {
    keyExchange,
    authentication,
    encryption: isExport ? 'export' : (encryptions.find(([pattern]) => pattern.test(cipher))?.[1] ?? 'other'),
    forwardSecrecy: ['any', 'dhe', 'ecdhe'].includes(keyExchange),
    aead: /_(GCM|CCM|POLY1305)(_|$)/.test(cipher),
  };
}
