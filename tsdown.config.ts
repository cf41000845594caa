import { defineConfig } from 'tsdown';

/** The program, and each format as a library of its own (`rdpmend/regf`, ...). */
export default defineConfig([
  {
    entry: { cli: 'src/cli/main.ts' },
    format: 'esm',
    platform: 'node',
    target: 'node24',
    outDir: 'dist',
    minify: true,
    clean: true,
    dts: false,
    fixedExtension: false,
    deps: { alwaysBundle: [/.*/] },
  },
]);
