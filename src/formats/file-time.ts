const epochDifference = 11_644_473_600_000;

/** A FILETIME (100 ns since 1601, UTC) as a date, its milliseconds rounded down. */
export function fileTimeOf(ticks: bigint): Date {
  return new Date(Number(ticks / 10_000n) - epochDifference);
}
