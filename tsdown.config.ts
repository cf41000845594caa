import { defineConfig, type UserConfig } from 'tsdown';

const common = {
  format: 'esm',
  platform: 'node',
  target: 'node24',
  outDir: 'dist',
  fixedExtension: false,
  // Everything that is used is in the bundle: nothing is installed beside it.
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
} as const satisfies UserConfig;

/** Formats that are worth having on their own: `rdpmend/regf` and its like in package.json's `exports`. */
const formats = ['certificate-store', 'containers', 'ntfs', 'partitions', 'regf', 'security-descriptor'];

export default defineConfig([
  { ...common, entry: { cli: 'src/cli/main.ts' }, minify: true, dts: false, clean: true },
  {
    ...common,
    entry: {
      device: 'src/formats/device.ts',
      errors: 'src/formats/errors.ts',
      ...Object.fromEntries(formats.map((name) => [name, `src/formats/${name}/index.ts`])),
    },
    outDir: 'dist/formats',
    dts: { oxc: true },
    clean: false,
  },
]);
