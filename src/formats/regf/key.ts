import type { Value } from './value.ts';

/**
 * A key of a hive. Every method may throw `FormatError` for what is damaged below this key; other keys
 * stay readable. One call takes time in proportion to the list it reads, at most to the hive's size.
 */
export interface Key {
  readonly name: string;
  readonly lastWritten: Date;
  /** `undefined` for almost every key: the few that have a class hide data there. */
  readonly className: string | undefined;
  readonly subkeyCount: number;
  readonly valueCount: number;
  /** Whether the key stands for another one, which its value `SymbolicLinkValue` (REG_LINK) names. */
  readonly isSymbolicLink: boolean;
  /** All subkeys, in the hive's order (upper-cased names, ascending). */
  subkeys(): Key[];
  /** The subkey of this name, whatever its case; `undefined` where there is none. */
  subkey(name: string): Key | undefined;
  /** All values, in the hive's order. */
  values(): Value[];
  /** The value of this name, whatever its case, '' being the default value; `undefined` where there is none. */
  value(name: string): Value | undefined;
  /** The self-relative security descriptor, not to be written to. */
  securityDescriptor(): Buffer | undefined;
}
