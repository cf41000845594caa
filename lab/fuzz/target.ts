/** One parser under fuzzing. A file in `lab/fuzz/targets/` exports one as `target`. */
export interface FuzzTarget {
  /** The parser's name, as `npm run fuzz -- <name>` takes it. */
  readonly name: string;
  /** Real or lab-made inputs to mutate; small ones make fast rounds. */
  seeds(): Buffer[];
  /**
   * Parses the whole input: walks everything that the parser offers. Returns what it likes; may throw only
   * `FormatError` or, for what reads the network, `WireError`. Must end within `budget` milliseconds and bounded
   * memory on any input.
   */
  run(input: Buffer): unknown;
  /** Longest time for one input, in milliseconds; 1000 unless told. */
  readonly budget?: number;
  /** Bytes where a mutation is likeliest to matter (headers, tables); the whole input unless told. */
  readonly hotRanges?: (input: Buffer) => readonly { offset: number; length: number }[];
}
