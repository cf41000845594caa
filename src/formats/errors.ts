/** Why bytes could not be understood; whoever talks to the user picks the advice by it. */
export type FormatErrorKind =
  /** The bytes contradict their own format, or stop before they should. */
  | 'damaged'
  /** A valid file of a kind, or with a feature, that is not read here. */
  | 'unsupported'
  /** What is wanted may be inside: an archive, a compressed file. */
  | 'packed'
  /** Bytes that the storage below does not give: a bad sector. */
  | 'unreadable'
  /** Readable only with a key: BitLocker, EFS, an encrypted image. */
  | 'encrypted'
  /** The bytes are not of this format at all. */
  | 'not-recognised'
  /** A differencing image's parent is not where it says, or is another file than it says. */
  | 'parent-missing'
  /** A differencing image's parent lies where it is not followed unasked. */
  | 'parent-not-followed';

/**
 * What every parser throws when its input is not what the format promises.
 *
 * The message is one short sentence in lower case without a full stop, so that it composes:
 * `cannot read SYSTEM hive: bad checksum in base block`.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly kind: FormatErrorKind;

  constructor(kind: FormatErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Shorthand for the commonest case: input that contradicts its own format. */
export function damaged(message: string): FormatError {
  return new FormatError('damaged', message);
}
