import { expect, it } from 'vitest';
import { fuzz } from '../../../lab/fuzz/fuzz.ts';
import { writeTargets } from '../../../lab/images/write-fuzz.ts';

const inputs: Readonly<Record<string, number>> = {
  'vhd writes': 200,
  'vhdx writes': 25,
  'qcow2 writes': 200,
};

it.each(writeTargets.map((target) => [target.name, target] as const))(
  'damaged images end in a right disk or a typed error: %s',
  (name, target) => {
    const report = fuzz(target, inputs[name] ?? 0, 1);
    expect(report.read).toBeGreaterThan(3);
    expect(report.refused).toBeGreaterThan(3);
  },
);
