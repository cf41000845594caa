import type { Bins, Cell } from './cells.ts';
import { keySecurity } from './layout.ts';

/**
 * The descriptor of the root of a real Windows 10 SYSTEM hive, without its two application package
 * entries: Users read; Administrators, SYSTEM and CREATOR OWNER full, inherited by subkeys.
 * `O:BAG:SYD:PAI(A;CI;KR;;;BU)(A;CI;KA;;;BA)(A;CI;KA;;;SY)(A;CI;KA;;;CO)`
 */
export const plainDescriptor = Buffer.from(
  [
    '0100049c', // revision, control: self-relative, DACL present, auto-inherited, protected
    '74000000', // owner
    '84000000', // group
    '00000000', // no SACL
    '14000000', // DACL
    '0200600004000000', // four entries
    '0002180019000200010200000000000520000000' + '21020000', // BUILTIN\Users
    '000218003f000f00010200000000000520000000' + '20020000', // BUILTIN\Administrators
    '000214003f000f00010100000000000512000000', // SYSTEM
    '000214003f000f00010100000000000300000000', // CREATOR OWNER
    '01020000000000052000000020020000', // owner: BUILTIN\Administrators
    '010100000000000512000000', // group: SYSTEM
  ].join(''),
  'hex',
);

/** The security cells of a hive that is being made: one a descriptor, counted, in a ring. */
export interface SecurityCells {
  /** The offset of the descriptor's cell; counts one reference more. */
  reference(descriptor: Uint8Array): number;
}

/** No security cells yet; they will lie in `bins`. */
export function newSecurityCells(bins: Bins): SecurityCells {
  const byContent = new Map<string, Cell>();
  let last: Cell | undefined;
  let first: Cell | undefined;

  function add(descriptor: Uint8Array): Cell {
    const cell = bins.allocate(keySecurity.descriptor + descriptor.length);
    cell.bytes.write('sk', keySecurity.signature, 'latin1');
    cell.bytes.writeUInt32LE(descriptor.length, keySecurity.length);
    cell.bytes.set(descriptor, keySecurity.descriptor);
    first ??= cell;
    join(last ?? cell, cell);
    join(cell, first);
    last = cell;
    return cell;
  }

  return {
    reference(descriptor) {
      const content = Buffer.from(descriptor).toString('latin1');
      const cell = byContent.get(content) ?? add(descriptor);
      byContent.set(content, cell);
      cell.bytes.writeUInt32LE(cell.bytes.readUInt32LE(keySecurity.references) + 1, keySecurity.references);
      return cell.offset;
    },
  };
}

function join(before: Cell, after: Cell): void {
  before.bytes.writeUInt32LE(after.offset, keySecurity.next);
  after.bytes.writeUInt32LE(before.offset, keySecurity.previous);
}
