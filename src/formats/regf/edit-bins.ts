import { type Device, requireRange } from '../device.ts';

const pageSize = 4096;

/** The bins of a hive with edits laid over them, page by page, in memory; what lies below stays as it is. */
export class EditedBins implements Device {
  readonly #below: Device;
  readonly #pages = new Map<number, Buffer>();
  #size: number;
  /** What pages were before the edit under way; `undefined` for those that nothing was laid over. */
  #before: Map<number, Buffer | undefined> | undefined;

  constructor(below: Device) {
    this.#below = below;
    this.#size = below.size;
  }

  get size(): number {
    return this.#size;
  }

  /** Where pages differ from what lies below, or may: their offsets, ascending. All are 4096 bytes long. */
  get editedPages(): number[] {
    return [...this.#pages.keys()].sort((a, b) => a - b).map((page) => page * pageSize);
  }

  read(offset: number, length: number): Buffer {
    requireRange(this, offset, length);
    if (length === 0) return Buffer.alloc(0);
    const first = Math.floor(offset / pageSize);
    const last = Math.floor((offset + length - 1) / pageSize);
    const page = this.#pages.get(first);
    if (page && first === last) {
      const at = offset - first * pageSize;
      return Buffer.from(page.subarray(at, at + length));
    }
    const bytes = this.#readBelow(offset, length);
    let copy: Buffer | undefined;
    for (let number = first; number <= last; number++) {
      const edited = this.#pages.get(number);
      if (!edited) continue;
      copy ??= Buffer.from(bytes);
      const at = number * pageSize - offset;
      edited.copy(copy, Math.max(0, at), Math.max(0, -at));
    }
    return copy ?? bytes;
  }

  /** Bytes that are there already are no edit. Throws `FormatError` (damaged) beyond the end. */
  write(offset: number, bytes: Buffer): void {
    requireRange(this, offset, bytes.length);
    for (let done = 0; done < bytes.length; ) {
      const at = offset + done;
      const length = Math.min(pageSize - (at % pageSize), bytes.length - done);
      const piece = bytes.subarray(done, done + length);
      if (!this.read(at, length).equals(piece)) {
        piece.copy(this.#editablePage(Math.floor(at / pageSize)), at % pageSize);
      }
      done += length;
    }
  }

  /** To this size, a multiple of 4096; the new bytes are zeros until they are written to. */
  grow(size: number): void {
    const first = this.#size / pageSize;
    this.#size = size;
    for (let page = first; page < size / pageSize; page++) this.#editablePage(page);
  }

  /** Carries out an edit wholly or, where it throws, not at all. */
  attempt<T>(edit: () => T): T {
    const size = this.#size;
    const before = new Map<number, Buffer | undefined>();
    this.#before = before;
    try {
      return edit();
    } catch (error) {
      this.#size = size;
      for (const [number, page] of before) {
        if (page) this.#pages.set(number, page);
        else this.#pages.delete(number);
      }
      throw error;
    } finally {
      this.#before = undefined;
    }
  }

  #editablePage(number: number): Buffer {
    const known = this.#pages.get(number);
    if (this.#before && !this.#before.has(number)) this.#before.set(number, known && Buffer.from(known));
    if (known) return known;
    const page = Buffer.from(this.#readBelow(number * pageSize, pageSize));
    this.#pages.set(number, page);
    return page;
  }

  #readBelow(offset: number, length: number): Buffer {
    const present = Math.max(0, Math.min(length, this.#below.size - offset));
    if (present === length) return this.#below.read(offset, length);
    const bytes = Buffer.alloc(length);
    if (present > 0) this.#below.read(offset, present).copy(bytes);
    return bytes;
  }
}
