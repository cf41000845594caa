import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeHive } from '../../../lab/hive/index.ts';
import { listTree, memoryFile } from './edit.fixture.ts';
import {
  type Change,
  changes,
  type HiveModel,
  listModel,
  newModel,
  runChange,
} from './edit-model.fixture.ts';
import { checkHive, openHive, openHiveEditor } from './index.ts';

const now = new Date('2026-03-04T05:06:07Z');

it.each([3, 5])('any sequence of edits gives what a plain object says, in version 1.%i', (minorVersion) => {
  const empty = makeHive({}, { minorVersion });
  fc.assert(
    fc.property(fc.array(changes, { minLength: 1, maxLength: 60 }), (sequence) => {
      const file = memoryFile(empty);
      const model = newModel();
      carryOut(file, sequence, model);
      expect(listTree(openHive(file).root)).toEqual(listModel(model));
      expect(checkHive(file)).toMatchObject({ damage: [], unreachable: [] });
      expectIdempotent(file, model);
    }),
    { numRuns: 80, seed: 1 },
  );
});

/** With a commit, and a new start, now and then. */
function carryOut(file: ReturnType<typeof memoryFile>, sequence: readonly Change[], model: HiveModel): void {
  let editor = openHiveEditor(file, [], { now });
  for (const [i, change] of sequence.entries()) {
    expect(runChange(editor, change, model)).toBe(true);
    if (i % 7 === 6) editor.commit();
    if (i % 14 === 13) editor = openHiveEditor(file, [], { now });
  }
  editor.commit();
}

/** All that the model holds, set once more, is no edit. */
function expectIdempotent(file: ReturnType<typeof memoryFile>, model: HiveModel): void {
  const { touches } = file;
  const editor = openHiveEditor(file, [], { now });
  for (const { path, values } of model.values()) {
    expect(editor.createKey(path)).toBe(false);
    for (const { name, type, data } of values.values())
      expect(editor.setValue(path, name, { type, data })).toBe(false);
  }
  expect(editor.commit()).toBe(false);
  expect(file.touches).toBe(touches);
}
