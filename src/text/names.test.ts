import { expect, it } from 'vitest';
import { text } from './index.ts';
import { namesInProse } from './names.ts';

it.each([
  ['', []],
  ['Windows 10', [text('client.windows-10')]],
  ['Windows 10 and FreeRDP', [text('client.windows-10'), text('client.freerdp')]],
  [
    'Windows 10, Windows 11 and FreeRDP',
    [text('client.windows-10'), text('client.windows-11'), text('client.freerdp')],
  ],
])('says "%s"', (prose, names) => {
  expect(namesInProse(names)).toBe(prose);
});
