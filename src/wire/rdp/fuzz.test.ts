import { expect, it } from 'vitest';
import { fuzz } from '../../../lab/fuzz/fuzz.ts';
import { target } from '../../../lab/fuzz/targets/rdp.ts';

it('survives mutated messages', () => {
  const report = fuzz(target, 500, 1);
  expect(report.inputs).toBe(500);
  expect(report.read).toBeGreaterThan(50);
  expect(report.refused).toBeGreaterThan(50);
});
