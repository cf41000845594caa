/** A TPKT's first byte (RFC 1006 6), and where an X.224 Data message in it holds the MCS message (MS-RDPBCGR 2.2.2.3). */
const tpkt = { version: 3, mcs: 7, shortest: 9 } as const;

/** DomainMCSPDU's choice disconnectProviderUltimatum in the upper six bits (T.125, PER). */
const disconnectProviderUltimatum = 8;

/** Early User Authorization Result PDU, MS-RDPBCGR 2.2.10.2: one little-endian number, success or access denied. */
const authorizationResults: ReadonlySet<number> = new Set([0, 5]);
const authorizationResultSize = 4;

/** How many bytes tell what it is that came in place of a TSRequest. */
export function tellingLength(bytes: Uint8Array): number {
  return bytes[0] === tpkt.version ? tpkt.shortest : authorizationResultSize;
}

/** What came in place of a TSRequest, in words. */
export function describeForeign(bytes: Uint8Array): string {
  const came = Buffer.from(bytes.subarray(0, tpkt.shortest));
  if (came.length >= tpkt.shortest && came[0] === tpkt.version) return describeTpkt(came);
  if (came.length >= authorizationResultSize && authorizationResults.has(came.readUInt32LE())) {
    return `an Early User Authorization Result, ${came.readUInt32LE()}`;
  }
  return `no TSRequest but ${came.toString('hex')}`;
}

function describeTpkt(bytes: Buffer): string {
  const choice = bytes.readUInt16BE(tpkt.mcs);
  if (choice >> 10 !== disconnectProviderUltimatum) return 'a TPKT message in place of a TSRequest';
  // PER puts the reason's three bits right after the choice's six.
  return `an MCS Disconnect Provider Ultimatum, reason ${(choice >> 7) & 7}`;
}
