import { expect } from 'vitest';
import { runOracle } from '../../oracle.ts';

/** What `expectConsistent` runs. */
export const consistencyPrograms: readonly string[] = ['ntfsfix', 'ntfsresize', 'ntfssecaudit'];

/**
 * ntfsfix looks at both boot sectors, $MFT and its mirror; ntfsresize compares every run list with
 * $Bitmap; ntfssecaudit compares $SDS, its copy, $SII and $SDH.
 */
export function expectConsistent(image: string): void {
  runOracle('ntfsfix', ['-n', image]);
  runOracle('ntfsresize', ['-f', '-i', image]);
  const audit = runOracle('ntfssecaudit', ['-a', image]).toString();
  expect(audit.match(/\d+ errors/g)).toEqual(['0 errors', '0 errors', '0 errors', '0 errors']);
}
