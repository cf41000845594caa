import type { Device } from '../device.ts';
import { damaged } from '../errors.ts';

const TABLE_SIZE = 0x10000 * 2;

/** Compares two names as an index orders them: by upper-cased UTF-16 code units. */
export type CompareNames = (a: string, b: string) => number;

/**
 * Windows' comparison of names by a volume's $UpCase. The table is read only when a character outside
 * ASCII takes part: inside ASCII every table maps a-z to A-Z and nothing else.
 */
export function nameComparison(openTable: () => Device): CompareNames {
  let table: Buffer | undefined;

  function loadTable(): Buffer {
    const device = openTable();
    if (device.size !== TABLE_SIZE) throw damaged(`$UpCase has ${device.size} bytes, not ${TABLE_SIZE}`);
    return Buffer.from(device.read(0, TABLE_SIZE));
  }

  function upper(unit: number): number {
    if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a ? unit - 0x20 : unit;
    table ??= loadTable();
    return table.readUInt16LE(2 * unit);
  }

  return (a, b) => {
    const shared = Math.min(a.length, b.length);
    for (let i = 0; i < shared; i++) {
      const x = a.charCodeAt(i);
      const y = b.charCodeAt(i);
      if (x === y) continue;
      const difference = upper(x) - upper(y);
      if (difference !== 0) return difference;
    }
    return a.length - b.length;
  };
}
