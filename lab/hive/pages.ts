/** A run of pages that a log holds: where they lie in the bins, and their bytes. */
export interface PageRun {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The numbers of the pages in which `after` is not `before`, those that `before` does not reach among them. */
export function changedPages(before: Buffer, after: Buffer, pageSize: number): number[] {
  const pages: number[] = [];
  for (let offset = 0; offset < after.length; offset += pageSize) {
    const old = before.subarray(offset, offset + pageSize);
    if (!old.equals(after.subarray(offset, offset + pageSize))) pages.push(offset / pageSize);
  }
  return pages;
}

/** Pages by their numbers, in order, neighbours joined into one run. */
export function pageRuns(pages: readonly (readonly [number, Buffer])[]): PageRun[] {
  const runs: { offset: number; bytes: Buffer }[] = [];
  for (const [number, bytes] of [...pages].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    const offset = number * bytes.length;
    if (last && last.offset + last.bytes.length === offset) last.bytes = Buffer.concat([last.bytes, bytes]);
    else runs.push({ offset, bytes });
  }
  return runs;
}
