import { writeFile } from 'node:fs/promises';
import { defineConfig, type UserConfig } from 'tsdown';

const common = {
  platform: 'node',
  target: 'node24',
  // Everything that is used is in the bundle: nothing is installed beside it.
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
} as const satisfies UserConfig;

/** Formats that are worth having on their own: `rdpmend/regf` and its like in package.json's `exports`. */
const formats = ['certificate-store', 'containers', 'ntfs', 'partitions', 'regf', 'security-descriptor'];

export default defineConfig([
  {
    ...common,
    entry: { cli: 'src/cli/main.ts' },
    outDir: 'dist',
    // Node starts a CommonJS program sooner: it neither sets up its ES module loader nor touches every lazy member of
    // the built-in modules. A package.json of their own says what these files are.
    format: 'cjs',
    fixedExtension: false,
    outExtensions: () => ({ js: '.js' }),
    hooks: { 'build:done': () => writeFile('dist/package.json', '{ "type": "commonjs" }\n') },
    suppressWarnings: /ESM format instead of CommonJS/,
    minify: true,
    dts: false,
    clean: true,
  },
  {
    ...common,
    entry: {
      device: 'src/formats/device.ts',
      errors: 'src/formats/errors.ts',
      ...Object.fromEntries(formats.map((name) => [name, `src/formats/${name}/index.ts`])),
    },
    outDir: 'dist/formats',
    format: 'esm',
    fixedExtension: true,
    dts: { oxc: true },
    clean: true,
  },
]);
