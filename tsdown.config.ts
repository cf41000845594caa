import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defineConfig, type UserConfig } from 'tsdown';

const common = {
  platform: 'node',
  target: 'node24',
  // Everything that is used is in the bundle: nothing is installed beside it.
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
} as const satisfies UserConfig;

function launcher(file: string): string {
  return path.resolve(import.meta.dirname, 'src/launcher', file);
}

/**
 * Node starts a CommonJS program sooner: it neither sets up its ES module loader nor touches every lazy member of the
 * built-in modules. A package.json of their own says what these files are.
 */
const program = {
  ...common,
  outDir: 'dist',
  format: 'cjs',
  fixedExtension: false,
  outExtensions: () => ({ js: '.js' }),
  suppressWarnings: /ESM format instead of CommonJS/,
  minify: true,
  dts: false,
  clean: false,
} as const satisfies UserConfig;

/** Formats and protocols that are worth having on their own: `rdpmend/regf` and its like in package.json's `exports`. */
const formats = ['certificate-store', 'containers', 'ntfs', 'partitions', 'regf', 'security-descriptor'];
const protocols = ['credssp', 'rdp', 'tls'];

const library = {
  ...common,
  format: 'esm',
  fixedExtension: true,
  dts: { oxc: true },
  clean: true,
} as const satisfies UserConfig;

function roomsIn(tier: string, rooms: readonly string[]): Record<string, string> {
  return Object.fromEntries(rooms.map((name) => [name, `src/${tier}/${name}/index.ts`]));
}

export default defineConfig([
  // What starts the program, the program, and each of its commands: apart, so that each has its compiled code beside it and
  // none loads more than it needs (src/launcher/).
  { ...program, entry: { diagnose: 'src/cli/diagnose.ts' } },
  { ...program, entry: { explain: 'src/cli/explain.ts' } },
  {
    ...program,
    entry: { program: 'src/cli/main.ts' },
    alias: { './load-command.ts': launcher('load-command.ts') },
  },
  {
    ...program,
    entry: { cli: 'src/launcher/cli.ts' },
    hooks: { 'build:done': () => writeFile('dist/package.json', '{ "type": "commonjs" }\n') },
  },
  {
    ...library,
    entry: {
      device: 'src/formats/device.ts',
      errors: 'src/formats/errors.ts',
      ...roomsIn('formats', formats),
    },
    outDir: 'dist/formats',
  },
  {
    ...library,
    entry: {
      dialogue: 'src/wire/dialogue.ts',
      errors: 'src/wire/errors.ts',
      ...roomsIn('wire', protocols),
    },
    outDir: 'dist/wire',
  },
]);
