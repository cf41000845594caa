/** Why a target cannot be read at all; whoever talks to the user picks the advice by it. */
export type TargetErrorKind =
  | 'not-found'
  | 'no-permission'
  /** A folder, a pipe, a terminal. */
  | 'not-a-file'
  | 'empty'
  /** The storage below a local file failed. */
  | 'unreadable'
  /** It is no longer the file that was opened. */
  | 'changed'
  /** A file that has been closed. */
  | 'closed'
  | 'bad-url'
  /** The server refused; `status` says how. */
  | 'http-status'
  /** The server cannot send a part of a file. */
  | 'no-ranges'
  /** The server sends something else than HTTP has for the request. */
  | 'bad-answer'
  | 'redirect'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  /** More bytes would be needed than the limit allows. */
  | 'too-much'
  /** The caller's signal ended it. */
  | 'aborted';

/**
 * What went wrong between this program and a target's bytes.
 *
 * The message is one short sentence in lower case without a full stop. It never quotes a URL, a server's
 * words, or another error's message, since any of these may hold a secret; for the same reason it has no cause.
 */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly kind: TargetErrorKind;
  /** The HTTP status that the server refused with. */
  readonly status: number | undefined;

  constructor(kind: TargetErrorKind, message: string, status?: number) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}
