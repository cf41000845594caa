/** Entries of $UpCase: one for each UTF-16 code unit. */
const CODE_UNITS = 0x1_0000;

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

/** Windows maps no letter into ASCII from outside, where Unicode has the dotless i and the long s do so. */
function upperUnit(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return unit;
  const upper = String.fromCharCode(unit).toUpperCase();
  const mapped = upper.length === 1 ? upper.charCodeAt(0) : unit;
  return unit >= 0x80 && mapped < 0x80 ? unit : mapped;
}
