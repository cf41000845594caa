import { WireError } from '../errors.ts';
import { isNtlm, type NtlmChallenge, readChallenge } from './challenge.ts';
import { describeNegTokenResp, readNegTokenResp, tokenLead } from './spnego.ts';

/** What a server's token holds: a CHALLENGE, bare or in SPNEGO, or in words what it says instead. */
export type ServerToken =
  | { readonly kind: 'challenge'; readonly challenge: NtlmChallenge }
  | { readonly kind: 'no-challenge'; readonly said: string };

/** Looks into the token that a server's TSRequest carries. What cannot be read is said, never thrown. */
export function lookInto(token: Uint8Array | undefined): ServerToken {
  if (token === undefined) return saying('no token');
  if (isNtlm(token)) return fromNtlm(token);
  switch (token[0]) {
    case undefined:
      return saying('an empty token');
    case tokenLead.negTokenResp:
      return fromNegTokenResp(token);
    case tokenLead.initialContextToken:
      return saying('a GSS-API token of its own');
    default:
      return saying(`a token that begins with ${Buffer.from(token.subarray(0, 8)).toString('hex')}`);
  }
}

function fromNtlm(token: Uint8Array): ServerToken {
  return unlessBroken('a NTLM message that cannot be read', () => ({
    kind: 'challenge',
    challenge: readChallenge(token),
  }));
}

function fromNegTokenResp(token: Uint8Array): ServerToken {
  return unlessBroken('a SPNEGO token that cannot be read', () => {
    const response = readNegTokenResp(token);
    const { responseToken } = response;
    if (responseToken && isNtlm(responseToken)) return fromNtlm(responseToken);
    return saying(describeNegTokenResp(response));
  });
}

function unlessBroken(what: string, look: () => ServerToken): ServerToken {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return saying(`${what}: ${error.message}`);
  }
}

function saying(said: string): ServerToken {
  return { kind: 'no-challenge', said };
}
