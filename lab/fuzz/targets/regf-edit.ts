import { FormatError } from '../../../src/formats/errors.ts';
import { memoryFile } from '../../../src/formats/regf/edit.fixture.ts';
import { sealBaseBlock } from '../../../src/formats/regf/hive.fixture.ts';
import { checkHive, type HiveEditor, openHive, openHiveEditor } from '../../../src/formats/regf/index.ts';
import { baseBlock } from '../../../src/formats/regf/layout.ts';
import { fromSddl } from '../../../src/formats/security-descriptor/index.ts';
import { makeHive } from '../../hive/index.ts';
import type { FuzzTarget } from '../target.ts';

const descriptors = ['O:SYG:SYD:(A;;KA;;;SY)', 'O:BAG:SYD:(A;;KR;;;WD)'].map(fromSddl);

function seed(minorVersion: number, subkeyList: 'lf' | 'lh' | 'li' | 'ri'): Buffer {
  const values = { Number: 1, Text: 'some text', Big: Buffer.alloc(17_000, 1) };
  const below = {
    x: { values: { A: 1 } },
    y: { security: descriptors[0] ?? Buffer.alloc(0) },
    z: { className: 'c' },
  };
  return makeHive(
    { values, keys: { One: { values, keys: below }, Two: { keys: below } } },
    { minorVersion, subkeyList },
  );
}

const edits: ((hive: HiveEditor) => unknown)[] = [
  (hive) => hive.setValue('One', 'Text', { type: 3, data: Buffer.alloc(9, 2) }),
  (hive) => hive.setValue('One\\x', 'New', { type: 3, data: Buffer.alloc(400, 2) }),
  (hive) => hive.setValue('', 'Big', { type: 3, data: Buffer.alloc(40_000, 2) }),
  (hive) => hive.deleteValue('Two\\x', 'A'),
  (hive) => hive.createKey('Two\\xx\\deep'),
  (hive) => hive.setSecurity('Two', descriptors[1] ?? Buffer.alloc(0)),
  (hive) => hive.deleteKey('One'),
  (hive) => hive.deleteKey('Two\\y'),
];

/** A hive's writer: whatever lies there, it refuses by `FormatError` or leaves a hive with no more damage than before. */
export const target: FuzzTarget = {
  name: 'regf-edit',
  seeds: () => [seed(3, 'lf'), seed(5, 'lh'), seed(5, 'ri'), seed(3, 'li')],
  run(input) {
    const bytes = Buffer.from(input);
    if (bytes.length >= baseBlock.copiedSize) sealBaseBlock(bytes);
    const file = memoryFile(bytes);
    const before = checkHive(file).damage.length;
    const editor = openHiveEditor(file, [], { now: new Date(0), withoutLogs: true });
    let done = 0;
    for (const edit of edits) {
      try {
        edit(editor);
        done++;
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }
    editor.commit();
    const { root, state } = openHive(file);
    if (state.dirty) throw new Error('the hive is dirty after a commit');
    if (before === 0 && checkHive(file).damage.length > 0) throw new Error('a sound hive was damaged');
    return [root.name, done];
  },
};
