/** Milliseconds by the clock that deadlines are told in. */
export function clock(): number {
  return performance.now();
}

/** Waits, unless `until` comes first. */
export function pause(milliseconds: number, until: number): Promise<void> {
  const wait = Math.min(milliseconds, until - clock());
  return new Promise((resolve) => setTimeout(resolve, Math.max(wait, 0)));
}

/** What is not there when the time is up is undefined. */
export async function inTime<T>(work: Promise<T>, until: number): Promise<T | undefined> {
  const timer = Promise.withResolvers<undefined>();
  const handle = setTimeout(() => timer.resolve(undefined), Math.max(until - clock(), 0));
  try {
    return await Promise.race([work, timer.promise]);
  } finally {
    clearTimeout(handle);
  }
}
