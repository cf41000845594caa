/**
 * What a source says to a question. `absent` means that it looked and there is nothing, so Windows' own
 * default applies; `unknown` means that it could not look. The two are never mixed up.
 */
export type Answer<T> = Known<T> | Absent | Unknown;

export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  /** Where it was read, as a person would look it up: a registry path, a file's path. Never translated. */
  readonly where: string;
}

export interface Absent {
  readonly state: 'absent';
  readonly where: string;
}

export interface Unknown {
  readonly state: 'unknown';
  readonly where: string;
  /** Why it could not be looked at: one short sentence in lower case. */
  readonly why: string;
}

export function known<T>(value: T, where: string): Known<T> {
  return { state: 'known', value, where };
}

export function absent(where: string): Absent {
  return { state: 'absent', where };
}

export function unknown(where: string, why: string): Unknown {
  return { state: 'unknown', where, why };
}
