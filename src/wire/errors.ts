/** Why bytes off the network could not be understood. */
export type WireErrorKind =
  /** They contradict the protocol that they should be of. */
  | 'malformed'
  /** They are not of this protocol at all. */
  | 'not-recognised'
  /** They announce, or are, more than any honest answer has. */
  | 'too-long';

/**
 * What every reader of messages throws when the bytes are not what the protocol promises. The message is one short
 * sentence in lower case without a full stop, so that it composes: `cannot read the Connection Confirm: bad length`.
 */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly kind: WireErrorKind;

  constructor(kind: WireErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Shorthand for the commonest case: bytes that contradict their own protocol. */
export function malformed(message: string): WireError {
  return new WireError('malformed', message);
}
