/** What a message's placeholders may hold. */
export type MessageParameters = Readonly<Record<string, string | number | Date>>;

/** A sentence in ICU MessageFormat with the parameters that it needs. Those without any are plain strings. */
export interface Message<P extends MessageParameters> {
  readonly pattern: string;
  /** Never there when the program runs: it carries the parameters' types. */
  readonly parameters?: P;
}

/** Declares a sentence with parameters: `message<{ port: number }>('port {port}')`. */
export function message<P extends MessageParameters>(pattern: string): Message<P> {
  return { pattern };
}
