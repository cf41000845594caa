/** The seed of the hashes in a hive's log entries, 82EF4D887A4E55C5, as its halves. */
const logSeed = { low: 0x7a4e_55c5, high: 0x82ef_4d88 } as const;

/** The Marvin32 checksum of `bytes` under the seed of registry logs: 64 bits. */
export function logHash(bytes: Buffer): bigint {
  let low: number = logSeed.low;
  let high: number = logSeed.high;

  function mix(word: number): void {
    low = (low + word) >>> 0;
    high = (high ^ low) >>> 0;
    low = (rotated(low, 20) + high) >>> 0;
    high = (rotated(high, 9) ^ low) >>> 0;
    low = (rotated(low, 27) + high) >>> 0;
    high = rotated(high, 19);
  }

  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) mix(bytes.readUInt32LE(at));
  let last = 0x80;
  for (let at = bytes.length - 1; at >= whole; at--) last = ((last << 8) | bytes.readUInt8(at)) >>> 0;
  mix(last);
  mix(0);
  return (BigInt(high) << 32n) | BigInt(low);
}

function rotated(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0;
}
