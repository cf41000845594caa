import manifest from '../package.json' with { type: 'json' };

/** The version that `package.json` names. */
export const version: string = manifest.version;
