import fc from 'fast-check';
import type { HiveEditor } from './index.ts';
import { upperCaseName } from './names.ts';

/** One edit, of the kinds that a random sequence has. */
export type Change =
  | { kind: 'set'; path: string; name: string; type: number; size: number; fill: number }
  | { kind: 'delete-value'; path: string; name: string }
  | { kind: 'create'; path: string }
  | { kind: 'delete'; path: string };

interface ModelValue {
  readonly name: string;
  readonly type: number;
  readonly data: Buffer;
}

/** Keys by their path in upper case; the root is always there. */
export type HiveModel = Map<string, { path: string; values: Map<string, ModelValue> }>;

export function newModel(): HiveModel {
  return new Map([['', { path: '', values: new Map() }]]);
}

/** Few, so that they meet; of one and two bytes a character, and as long as they may be. */
const keyNames = [
  'a',
  'A',
  'Bb',
  'ключ',
  'Ключ',
  'ärger',
  'ÄRGER',
  '鍵',
  '😀 x',
  'k'.repeat(255),
  'ж'.repeat(255),
];
const valueNames = ['', 'v', 'V', 'Значение', 'ünï', 'a\\b', 'n'.repeat(300), 'ω'.repeat(2000)];
/** Around every limit: in the value, of cells, of bins, of segments. */
const sizes = [
  0, 1, 3, 4, 5, 8, 12, 13, 28, 100, 1000, 4059, 4060, 4061, 4096, 16_343, 16_344, 16_345, 32_688, 32_689,
  65_536,
];

const path = fc.array(fc.constantFrom(...keyNames), { maxLength: 3 }).map((names) => names.join('\\'));
const keyPath = path.filter((one) => one !== '');
const size = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...sizes) },
  { weight: 1, arbitrary: fc.constant(2 ** 20) },
);

export const changes: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      path,
      name: fc.constantFrom(...valueNames),
      type: fc.constantFrom(0, 1, 3, 4, 7, 11, 0xffff_0012),
      size,
      fill: fc.integer({ min: 1, max: 255 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('delete-value' as const),
      path,
      name: fc.constantFrom(...valueNames),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), path: keyPath }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), path: keyPath }) },
);

/** Carries a change out on both; whether they agree on its having changed anything. */
export function runChange(editor: HiveEditor, change: Change, model: HiveModel): boolean {
  switch (change.kind) {
    case 'set': {
      const data = Buffer.alloc(change.size, change.fill);
      const { name, type } = change;
      return (
        editor.setValue(change.path, name, { type, data }) ===
        setInModel(model, change.path, { name, type, data })
      );
    }
    case 'delete-value': {
      const values = model.get(upperCaseName(change.path))?.values;
      return (
        editor.deleteValue(change.path, change.name) === (values?.delete(upperCaseName(change.name)) ?? false)
      );
    }
    case 'create':
      return editor.createKey(change.path) === createInModel(model, change.path);
    case 'delete':
      return editor.deleteKey(change.path) === deleteInModel(model, change.path);
  }
}

function setInModel(model: HiveModel, at: string, value: ModelValue): boolean {
  createInModel(model, at);
  const values = model.get(upperCaseName(at))?.values;
  const known = values?.get(upperCaseName(value.name));
  if (known?.type === value.type && known.data.equals(value.data)) return false;
  values?.set(upperCaseName(value.name), { ...value, name: known?.name ?? value.name });
  return true;
}

/** Each step of a path that is there keeps the case that it has. */
function createInModel(model: HiveModel, at: string): boolean {
  let known = '';
  let created = false;
  for (const name of at.split('\\').filter((step) => step !== '')) {
    const step = known === '' ? name : `${known}\\${name}`;
    const key = model.get(upperCaseName(step)) ?? { path: step, values: new Map() };
    created ||= !model.has(upperCaseName(step));
    model.set(upperCaseName(step), key);
    known = key.path;
  }
  return created;
}

function deleteInModel(model: HiveModel, at: string): boolean {
  const upper = upperCaseName(at);
  const gone = [...model.keys()].filter((key) => key === upper || key.startsWith(`${upper}\\`));
  for (const key of gone) model.delete(key);
  return gone.length > 0;
}

/** What a model says, one line a key or value, sorted. */
export function listModel(model: HiveModel): string[] {
  const lines: string[] = [];
  for (const { path: at, values } of model.values()) {
    lines.push(at);
    for (const { name, type, data } of values.values()) lines.push(lineOf(at, name, type, data));
  }
  return lines.sort();
}

/** A value as a line; data is all of one byte. */
export function lineOf(at: string, name: string, type: number, data: Buffer): string {
  return `${at} = ${name} ${type} ${data.length} ${data.subarray(0, 4).toString('hex')} ${data.every((byte) => byte === data[0])}`;
}
