import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'lab/**/*.test.ts', 'docs/**/*.test.ts'],
    testTimeout: 60_000,
    // One worker a core: by default one core would be left idle, which of two is half.
    maxWorkers: '100%',
    // The program is run from its source a few hundred times: Node keeps what it has compiled, which halves each run.
    env: { NODE_COMPILE_CACHE: path.join(tmpdir(), 'rdpmend-compile-cache') },
  },
});
