import { expect, it } from 'vitest';
import { bufferDevice } from '../device.ts';
import { hibernationState } from './hibernation.ts';

function header(signature: string, length = 0, fastStartupAt = 0): Buffer {
  const bytes = Buffer.alloc(4096);
  bytes.write(signature, 'latin1');
  bytes.writeUInt32LE(length, 0x0c);
  if (fastStartupAt > 0) bytes[fastStartupAt] = 1;
  return bytes;
}

it.each([
  ['a cleared page', Buffer.alloc(4096), 'none'],
  ['WAKE', header('WAKE'), 'none'],
  ['wake', header('wake'), 'none'],
  ['HIBR', header('HIBR'), 'hibernated'],
  ['hibr', header('hibr'), 'hibernated'],
  ['RSTR, a resume that did not end', header('RSTR'), 'hibernated'],
  ['a Windows 11 image of Fast Startup', header('HIBR', 0x448, 0x3cc), 'fast-startup'],
  ['a Windows 10 image of Fast Startup', header('HIBR', 0x3e0, 0x364), 'fast-startup'],
  ['a Windows 11 image without the flag', header('HIBR', 0x448, 0x364), 'hibernated'],
  ['an image of an unknown build', header('HIBR', 0x444, 0x3cc), 'hibernated'],
  ['an image resumed from Fast Startup', header('WAKE', 0x448, 0x3cc), 'none'],
  ['another signature', header('link'), 'unknown'],
  ['a file of no bytes', Buffer.alloc(0), 'unknown'],
  ['a file too short for the header', Buffer.alloc(512), 'unknown'],
  ['a file of a few bytes', Buffer.from('HIBR'), 'hibernated'],
])('%s', (_, bytes, state) => {
  expect(hibernationState(bufferDevice(bytes))).toBe(state);
});
