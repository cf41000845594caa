import path from 'node:path';
import { compileBundle } from './compiled-bundle.ts';

/** In the build: `cli/load-diagnose.ts` with its code compiled already. */
export async function loadDiagnose(): Promise<typeof import('../cli/diagnose.ts')> {
  return compileBundle(path.join(__dirname, 'diagnose.js')).run() as typeof import('../cli/diagnose.ts');
}
