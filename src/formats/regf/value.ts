/** A value of a key. Reading its data may throw `FormatError`; name, type and size are at hand. */
export interface Value {
  /** '' for the default value. */
  readonly name: string;
  /** As the hive says it, 32 bits unsigned; `registryType` has the usual ones. */
  readonly type: number;
  /** `REG_DWORD`, or `0xffff0012` for a type without a name. */
  readonly typeName: string;
  /** Of the data, in bytes. */
  readonly size: number;
  /** The data as stored, not to be written to. Throws `FormatError` where it cannot be read. */
  data(): Buffer;
}
