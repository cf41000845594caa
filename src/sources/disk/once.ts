/**
 * Makes a value when it is first asked for, and keeps it. A failure is not kept: bytes that had not arrived
 * may be there the next time.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
