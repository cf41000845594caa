import { expect, it } from 'vitest';
import { fuzz } from '../../../lab/fuzz/fuzz.ts';
import { target } from '../../../lab/fuzz/targets/regf-edit.ts';

it('survives edits of mutated hives', () => {
  const report = fuzz(target, 120, 1);
  expect(report.inputs).toBe(120);
  expect(report.read).toBeGreaterThan(60);
});
