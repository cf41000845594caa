import { Setback } from './setback.ts';
import { TargetError } from './target-error.ts';

/** What OpenSSL and Node say of a certificate, by their codes. */
const certificateTroubles: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  CERT_REVOKED: 'has been revoked',
  CERT_UNTRUSTED: 'is not trusted here',
  CERT_REJECTED: 'is not trusted here',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'comes from an authority that is not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host name',
  HOSTNAME_MISMATCH: 'is for another host name',
};

const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNREFUSED: 'the server refuses connections',
  EHOSTUNREACH: 'there is no way to the server',
  ENETUNREACH: 'there is no way to the server',
  ECONNRESET: 'the server cut the connection',
  EPIPE: 'the server cut the connection',
  ETIMEDOUT: 'the server does not answer',
  ERR_PROXY_TUNNEL: 'the proxy refuses to connect to the server',
  ERR_PROXY_INVALID_CONFIG: 'the proxy that the environment names is not a valid URL',
};

/** Troubles that pass, or that one of several servers behind a name may have. */
const passing: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * What an error of Node's sockets, TLS or HTTP means, told by its code alone: its message may quote the URL.
 * A `Setback` where it is worth another attempt, else a `TargetError`.
 */
export function networkError(error: unknown): Setback | TargetError {
  const code = codeOf(error);
  const failure = failureOf(code);
  return passing.has(code) ? new Setback(failure) : failure;
}

function failureOf(code: string): TargetError {
  const trouble = certificateTroubles[code];
  if (trouble) return new TargetError('tls', `the server's certificate ${trouble} (${code})`);
  if (isTlsCode(code)) return new TargetError('tls', `no TLS connection could be made (${code})`);
  if (code.startsWith('HPE_'))
    return new TargetError('bad-answer', `the server does not speak HTTP (${code})`);
  const reason = unreachable[code];
  return new TargetError('unreachable', reason ? `${reason} (${code})` : `the connection failed (${code})`);
}

function isTlsCode(code: string): boolean {
  return /^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL_|CERT_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|EPROTO$)/.test(
    code,
  );
}

/** With several addresses tried, the code of the last. Only what looks like a code, since it is shown. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors.at(-1));
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : 'unknown';
}
