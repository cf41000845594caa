import { FormatError } from '../../errors.ts';
import type { Qcow2Extensions } from './extensions.ts';

/** The bits of the incompatible features that are known. */
const bit = { dirty: 0, corrupt: 1, externalDataFile: 2, compressionType: 3, extendedL2: 4 } as const;

export interface IncompatibleFeatures {
  readonly dirty: boolean;
  readonly corrupt: boolean;
  readonly extendedL2: boolean;
}

/** Throws `FormatError` (unsupported), naming it, for a feature without which the image cannot be read right. */
export function incompatibleFeatures(bits: bigint, extensions: Qcow2Extensions): IncompatibleFeatures {
  const has = (number: number): boolean => ((bits >> BigInt(number)) & 1n) === 1n;
  const known = Object.values<number>(bit);
  for (let number = 0; number < 64; number++) {
    if (!has(number) || known.includes(number)) continue;
    const name = extensions.incompatibleNames.get(number);
    const named = name === undefined ? '' : ` (${JSON.stringify(name)})`;
    throw new FormatError(
      'unsupported',
      `a qcow2 image with the unknown incompatible feature ${number}${named}`,
    );
  }
  if (has(bit.externalDataFile)) {
    const name = extensions.externalDataFile;
    const file = name === undefined ? '' : ` ${JSON.stringify(name)}`;
    throw new FormatError('unsupported', `a qcow2 image whose data lies in the external data file${file}`);
  }
  return { dirty: has(bit.dirty), corrupt: has(bit.corrupt), extendedL2: has(bit.extendedL2) };
}
