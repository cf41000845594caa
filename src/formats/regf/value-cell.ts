import { damaged } from '../errors.ts';
import { readBigData } from './big-data.ts';
import { type Cells, hex } from './cells.ts';
import { bigData, cellSignature, keyValue, valueFlag } from './layout.ts';
import { decodeName, quoteName } from './names.ts';
import { typeName } from './registry-type.ts';
import type { Value } from './value.ts';

/** Most names are shorter than this, in bytes. */
const usualNameLength = 40;
const largestNameLength = 0xffff;
/** In bytes: far beyond real values, of which Windows wants none larger than a few KiB in the registry. */
const mostData = 64 * 2 ** 20;
const inlineFlag = 0x8000_0000;
const inlineSize = 4;
const describeValue = () => 'value';

/** The value in a cell. Its data is read when it is asked for. */
export class ValueCell implements Value {
  readonly name: string;
  readonly type: number;
  readonly size: number;
  readonly #isInline: boolean;
  /** Where the data's cell is, or the data itself. */
  readonly #dataField: number;
  readonly #cells: Cells;

  /** Throws `FormatError`. */
  constructor(cells: Cells, offset: number) {
    const bytes = cells.read(
      offset,
      describeValue,
      keyValue.name + usualNameLength,
      keyValue.name + largestNameLength,
    );
    if (bytes.length < keyValue.name || bytes.readUInt16LE(keyValue.signature) !== cellSignature.vk) {
      throw damaged(`cell at ${hex(offset)} is not a value`);
    }
    const nameEnd = keyValue.name + bytes.readUInt16LE(keyValue.nameLength);
    if (nameEnd > bytes.length) throw damaged(`value at ${hex(offset)} has a name longer than its cell`);
    const isCompressed = (bytes.readUInt16LE(keyValue.flags) & valueFlag.compressedName) !== 0;
    const dataSize = bytes.readUInt32LE(keyValue.dataSize);
    this.#cells = cells;
    this.name = decodeName(bytes, keyValue.name, nameEnd, isCompressed);
    this.type = bytes.readUInt32LE(keyValue.type);
    this.#isInline = dataSize >= inlineFlag;
    this.size = this.#isInline ? dataSize - inlineFlag : dataSize;
    this.#dataField = bytes.readUInt32LE(keyValue.data);
  }

  get typeName(): string {
    return typeName(this.type);
  }

  data(): Buffer {
    const { size } = this;
    if (size === 0) return Buffer.alloc(0);
    if (this.#isInline) return this.#inlineData();
    const what = () => `data of value ${quoteName(this.name)}`;
    if (size > this.#cells.binsSize)
      throw damaged(`${what()} is said to be ${size} bytes, more than the hive`);
    if (size > mostData) throw damaged(`${what()} is said to be ${size} bytes, more than any real value's`);
    const bytes = this.#cells.read(this.#dataField, what, size, size);
    if (bytes.length === size) return bytes;
    if (this.#isBigData(bytes)) return readBigData(this.#cells, bytes, size, what);
    throw damaged(`${what()} at ${hex(this.#dataField)} has ${bytes.length} of ${size} bytes`);
  }

  #inlineData(): Buffer {
    if (this.size > inlineSize) {
      throw damaged(
        `data of value ${quoteName(this.name)} is ${this.size} bytes in a field of ${inlineSize}`,
      );
    }
    const field = Buffer.alloc(inlineSize);
    field.writeUInt32LE(this.#dataField);
    return field.subarray(0, this.size);
  }

  #isBigData(bytes: Buffer): boolean {
    return (
      this.size > bigData.segmentSize &&
      this.#cells.minorVersion >= bigData.firstMinorVersion &&
      bytes.length >= bigData.headerSize &&
      bytes.readUInt16LE(bigData.signature) === cellSignature.db
    );
  }
}
