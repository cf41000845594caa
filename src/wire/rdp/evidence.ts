/** How much of what came is kept as evidence. */
const evidenceSize = 64;

/** The first bytes, copied: what came may be larger by far and is not to be kept for them. */
export function evidence(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes.subarray(0, evidenceSize));
}
