import { describe } from 'vitest';
import { corpusAvailable } from './corpus-files.ts';

export { corpusAvailable, corpusFile } from './corpus-files.ts';

/** A `describe` for tests on real files; where they are not there it is skipped under a name that says so. */
export function describeWithCorpus(name: string, body: () => void): void {
  if (corpusAvailable) describe(name, body);
  else describe.skip(`${name} (skipped: no corpus; set RDPMEND_CORPUS)`, body);
}
