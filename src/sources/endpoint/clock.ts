/** Milliseconds by the clock that deadlines are told in. */
export function clock(): number {
  return performance.now();
}

/** Waits, unless `until` comes first. */
export function pause(milliseconds: number, until: number): Promise<void> {
  const wait = Math.min(milliseconds, until - clock());
  return new Promise((resolve) => setTimeout(resolve, Math.max(wait, 0)));
}
