import { expect, it } from 'vitest';
import { fuzz } from '../../../lab/fuzz/fuzz.ts';
import { target } from '../../../lab/fuzz/targets/ntfs.ts';

// The budget is wide because a busy machine is no hang; `npm run fuzz` keeps the target's own.
it('ends in an answer or a typed error, whatever the damage', () => {
  expect(fuzz({ ...target, budget: 10_000 }, 250, 1).inputs).toBe(250);
});
