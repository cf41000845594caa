/** Entries of $UpCase: one for each UTF-16 code unit. */
const CODE_UNITS = 0x1_0000;

/**
 * Letters that Windows leaves as they are though Unicode has an upper case for them, most of them because
 * the table is older; measured on a volume that Windows formatted. First and last of each range.
 */
// biome-ignore format: ranges read best in rows
const leftAlone: readonly (readonly [first: number, last?: number])[] = [
  [0xb5], [0x19b], [0x1c5], [0x1c8], [0x1cb], [0x1f2], [0x23f, 0x240], [0x252], [0x25c], [0x261],
  [0x264, 0x266], [0x26a], [0x26c], [0x282], [0x287], [0x29d, 0x29e], [0x345], [0x3c2], [0x3d0, 0x3d1],
  [0x3d5, 0x3d6], [0x3f0, 0x3f1], [0x3f3], [0x3f5], [0x525], [0x527], [0x529], [0x52b], [0x52d], [0x52f],
  [0x10d0, 0x10ff], [0x13f8, 0x13fd], [0x1c80, 0x1c8a], [0x1d8e], [0x1e9b], [0x1fbe], [0x2c5f], [0x2cec],
  [0x2cee], [0x2cf3], [0x2d27], [0x2d2d], [0xa661], [0xa699], [0xa69b], [0xa791, 0xa7f6], [0xab53],
  [0xab70, 0xabbf],
];

const table = makeTable();

/** The contents of $UpCase: for each code unit, little-endian, its upper case. */
export function upCaseTable(): Buffer {
  return Buffer.from(table.buffer.slice(0));
}

/** A name in upper case, code unit by code unit, as directories are sorted by it. */
export function upCase(name: string): string {
  let upper = '';
  for (let index = 0; index < name.length; index++) {
    upper += String.fromCharCode(table[name.charCodeAt(index)] ?? 0);
  }
  return upper;
}

/** Directory order: by upper case, then, for names that differ in nothing else, as they are. */
export function compareFileNames(left: string, right: string): number {
  return compareUnits(upCase(left), upCase(right)) || compareUnits(left, right);
}

/** Things in the directory order of their names. */
export function sortByFileName<T extends { readonly name: string }>(named: readonly T[]): T[] {
  return named
    .map((item) => ({ item, upper: upCase(item.name) }))
    .sort(
      (left, right) => compareUnits(left.upper, right.upper) || compareUnits(left.item.name, right.item.name),
    )
    .map(({ item }) => item);
}

function compareUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function makeTable(): Uint16Array<ArrayBuffer> {
  const upper = new Uint16Array(CODE_UNITS);
  for (let unit = 0; unit < CODE_UNITS; unit++) upper[unit] = upperUnit(unit);
  return upper;
}

function upperUnit(unit: number): number {
  if (isSurrogate(unit) || isLeftAlone(unit)) return unit;
  if (hasTitleCase(unit)) return unit + 8 + (unit >= 0x1fb0 ? 1 : 0);
  const upper = String.fromCharCode(unit).toUpperCase();
  const mapped = upper.length === 1 ? upper.charCodeAt(0) : unit;
  // No letter maps into ASCII from outside, where Unicode has the dotless i and the long s do so.
  return unit >= 0x80 && mapped < 0x80 ? unit : mapped;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** Greek letters with an iota below, which become their title case where Unicode makes two letters of them. */
function hasTitleCase(unit: number): boolean {
  const inRow = [0x1f80, 0x1f90, 0x1fa0].some((row) => unit >= row && unit < row + 8);
  return inRow || unit === 0x1fb3 || unit === 0x1fc3 || unit === 0x1ff3;
}

function isLeftAlone(unit: number): boolean {
  return leftAlone.some(([first, last = first]) => unit >= first && unit <= last);
}
