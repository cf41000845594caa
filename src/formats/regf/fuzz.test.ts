import { expect, it } from 'vitest';
import { fuzz } from '../../../lab/fuzz/fuzz.ts';
import { target } from '../../../lab/fuzz/targets/regf.ts';

it('survives mutated hives and logs', () => {
  const report = fuzz(target, 500, 1);
  expect(report.inputs).toBe(500);
  expect(report.read).toBeGreaterThan(100);
});
