const epochDifference = 11_644_473_600_000n;

/** A date as a FILETIME: 100 ns since 1601, UTC. */
export function fileTimeFrom(date: Date): bigint {
  return (BigInt(date.getTime()) + epochDifference) * 10_000n;
}
