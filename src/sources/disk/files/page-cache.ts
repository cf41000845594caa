/** Reads fewer bytes than asked where the file ends; may throw. */
export type ReadAt = (offset: number, length: number) => Buffer;

/**
 * In bytes. With larger pages scattered reads of 1 KiB records took longer and left more garbage, and a diagnosis
 * read more and was no faster (measured from 4 to 64 KiB).
 */
export const pageSize = 4 * 1024;
/** 8 MiB in all. */
const pagesKept = 2048;

/**
 * Bytes of a file through a cache of whole pages. A read that fits in one page is a view of it; a longer one
 * goes past the cache. A page is forgotten, never reused, so that views of it stay true.
 */
export function cachedReads(size: number, readAt: ReadAt): ReadAt {
  const pages = new Map<number, Buffer>();
  let latest = -1;

  function pageAt(index: number): Buffer {
    const known = pages.get(index);
    if (known && index === latest) return known;
    const page = known ?? readAt(index * pageSize, Math.min(pageSize, size - index * pageSize));
    pages.delete(index);
    pages.set(index, page);
    latest = index;
    if (pages.size > pagesKept) forgetOldest();
    return page;
  }

  function forgetOldest(): void {
    const oldest = pages.keys().next();
    if (!oldest.done) pages.delete(oldest.value);
  }

  return (offset, length) => {
    const index = Math.floor(offset / pageSize);
    const start = offset - index * pageSize;
    if (length > 0 && start + length <= pageSize) return pageAt(index).subarray(start, start + length);
    if (length > pageSize) return readAt(offset, length);
    const head = pageAt(index).subarray(start);
    return length === 0
      ? Buffer.alloc(0)
      : Buffer.concat([head, pageAt(index + 1).subarray(0, length - head.length)]);
  };
}
