/** Loads what examines targets: `--version` and `--help` need none of it. The build puts `launcher/` in its place. */
export function loadDiagnose(): Promise<typeof import('./diagnose.ts')> {
  return import('./diagnose.ts');
}

export function loadExplain(): Promise<typeof import('./explain.ts')> {
  return import('./explain.ts');
}
