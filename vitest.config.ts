import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'lab/**/*.test.ts', 'docs/**/*.test.ts'],
    testTimeout: 60_000,
    // One worker a core: by default one core would be left idle, which of two is half.
    maxWorkers: '100%',
  },
});
