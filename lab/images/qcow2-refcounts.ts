/** Reference counts are 16 bits wide (refcount order 4). */
const countSize = 2;

/**
 * The refcount table and, behind it, its blocks, to stand right behind the clusters whose `uses` are given;
 * they count themselves as well.
 */
export function refcountTables(
  uses: readonly number[],
  clusterSize: number,
): { bytes: Buffer; tableClusters: number } {
  const perBlock = clusterSize / countSize;
  let blocks = 1;
  let tableClusters = 1;
  while (
    blocks * perBlock < uses.length + tableClusters + blocks ||
    tableClusters * clusterSize < blocks * 8
  ) {
    if (tableClusters * clusterSize < blocks * 8) tableClusters++;
    else blocks++;
  }
  const counts = [...uses, ...Array<number>(tableClusters + blocks).fill(1)];
  const bytes = Buffer.alloc((tableClusters + blocks) * clusterSize);
  const blocksAt = tableClusters * clusterSize;
  for (let block = 0; block < blocks; block++) {
    bytes.writeBigUInt64BE(BigInt((uses.length + tableClusters + block) * clusterSize), block * 8);
  }
  counts.forEach((count, i) => {
    bytes.writeUInt16BE(count, blocksAt + i * countSize);
  });
  return { bytes, tableClusters };
}
