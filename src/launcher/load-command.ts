import path from 'node:path';
import { compileBundle } from './compiled-bundle.ts';

// In the build: `cli/load-command.ts` with the commands' code compiled already.

export async function loadDiagnose(): Promise<typeof import('../cli/diagnose.ts')> {
  return load('diagnose.js') as typeof import('../cli/diagnose.ts');
}

export async function loadExplain(): Promise<typeof import('../cli/explain.ts')> {
  return load('explain.js') as typeof import('../cli/explain.ts');
}

function load(bundle: string): unknown {
  return compileBundle(path.join(__dirname, bundle)).run();
}
