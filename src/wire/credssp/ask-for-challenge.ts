import { type Dialogue, type Ending, type Inbox, receive, type Taken } from '../dialogue.ts';
import { WireError } from '../errors.ts';
import type { NtlmChallenge } from './challenge.ts';
import { describeForeign, tellingLength } from './foreign.ts';
import { makeNegotiate } from './negotiate.ts';
import { makeNegTokenInit } from './spnego.ts';
import { lookInto } from './token.ts';
import { leadingByte, longestTsRequest, makeTsRequest, readTsRequest, takeTsRequest } from './ts-request.ts';

/** What an endpoint answers to a TSRequest with a NTLM NEGOTIATE. `bytes`: what came, its first 64 bytes. */
export type Credssp = { readonly bytes: Uint8Array } & (
  | { readonly kind: 'challenge'; readonly version: number; readonly challenge: NtlmChallenge }
  /** A TSRequest with an error code, a NTSTATUS. */
  | { readonly kind: 'refused'; readonly version: number; readonly status: number }
  /** A TSRequest that holds neither a CHALLENGE nor an error; `said` is what it holds: `SPNEGO reject`. */
  | { readonly kind: 'no-challenge'; readonly version: number; readonly said: string }
  | { readonly kind: 'not-credssp'; readonly detail: string }
  | { readonly kind: 'ended'; readonly ending: Ending }
);

export interface AskOptions {
  /**
   * How the NEGOTIATE is sent. Bare NTLM, the default, is what Windows and every FreeRDP answer; FreeRDP 2 knows nothing
   * else. In SPNEGO it shows what a server that refuses bare NTLM would negotiate.
   */
  readonly mechanism?: 'ntlm' | 'spnego';
}

/**
 * Inside TLS: asks for a CHALLENGE, and stops there. No AUTHENTICATE is ever sent: it would count as a sign-in. Never
 * throws, whatever comes.
 */
export function* askForChallenge(inbox: Inbox, options: AskOptions = {}): Dialogue<Credssp> {
  const negotiate = makeNegotiate();
  const token = options.mechanism === 'spnego' ? makeNegTokenInit(negotiate) : negotiate;
  try {
    const received = yield* receive(inbox, makeTsRequest(token), takeAnswer, longestTsRequest);
    if (received.kind === 'whole') return judge(received.value);
    const { bytes } = inbox;
    if (bytes.length === 0 || isTsRequest(bytes))
      return { bytes: head(bytes), kind: 'ended', ending: received.ending };
    return { bytes: head(bytes), kind: 'not-credssp', detail: describeForeign(bytes) };
  } catch (error) {
    return notCredssp(inbox.bytes, error);
  }
}

function takeAnswer(bytes: Uint8Array): Taken<Uint8Array> | undefined {
  if (isTsRequest(bytes)) return takeTsRequest(bytes);
  if (bytes.length < tellingLength(bytes)) return undefined;
  throw new WireError('not-recognised', describeForeign(bytes));
}

function isTsRequest(bytes: Uint8Array): boolean {
  return bytes[0] === leadingByte;
}

function judge(message: Uint8Array): Credssp {
  const bytes = head(message);
  try {
    const { version, negoTokens, errorCode } = readTsRequest(message);
    if (errorCode) return { bytes, kind: 'refused', version, status: errorCode };
    return { bytes, version, ...lookInto(negoTokens[0]) };
  } catch (error) {
    return notCredssp(message, error);
  }
}

function notCredssp(bytes: Uint8Array, error: unknown): Credssp {
  if (!(error instanceof WireError)) throw error;
  return { bytes: head(bytes), kind: 'not-credssp', detail: error.message };
}

// A copy: what is kept must not keep the whole of what came.
function head(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.subarray(0, 64));
}
