import { describe, expect, it } from 'vitest';
import { writeKinds } from '../../../lab/images/write-kinds.ts';
import { trialWrites, writeTrial } from '../../../lab/images/write-trial.ts';

const sequences = 2;

// More of them, and QEMU's judgement: node lab/images/write-soak.ts
describe.each(writeKinds())('$name', ({ disk, file, parent }) => {
  it('is opened without a write, and a write of what is there is none', () => {
    const trial = writeTrial(file, parent);
    expect(trial.image.disk.read(0, disk.length).equals(disk)).toBe(true);
    for (const [offset, length] of [
      [0, disk.length],
      [511, 2],
      [65_535, 70_000],
    ] as const) {
      trial.image.disk.write(offset, disk.subarray(offset, offset + length));
    }
    expect([...trial.overlay.changes()]).toEqual([]);
    expect(trial.overlay.size).toBe(file.length);
  });

  it('holds what was written to it, wherever that was', () => {
    const parentBefore = parent && Buffer.from(parent);
    for (let seed = 1; seed <= sequences; seed++) {
      const trial = writeTrial(file, parent);
      const model = Buffer.from(disk);
      for (const { offset, bytes } of trialWrites(model, 12, seed)) {
        trial.image.disk.write(offset, bytes);
        bytes.copy(model, offset);
        const from = Math.max(0, offset - 600);
        const around = model.subarray(from, offset + bytes.length + 600);
        expect(trial.image.disk.read(from, around.length).equals(around), `seed ${seed} at ${offset}`).toBe(
          true,
        );
      }
      expect(trial.image.disk.read(0, model.length).equals(model), `seed ${seed}, the open disk`).toBe(true);
      expect(trial.readBack().equals(model), `seed ${seed}, the file`).toBe(true);
    }
    if (parent && parentBefore) expect(parent.equals(parentBefore)).toBe(true);
  });

  it('refuses a write that leaves the disk', () => {
    const { image, overlay } = writeTrial(file, parent);
    for (const offset of [-1, disk.length - 1, 0.5]) {
      expect(() => image.disk.write(offset, Buffer.alloc(2, 1))).toThrow(
        expect.objectContaining({ kind: 'damaged' }),
      );
    }
    expect([...overlay.changes()]).toEqual([]);
  });
});
