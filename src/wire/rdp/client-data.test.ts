import { describe, expect, it } from 'vitest';
import { makeClientData, readClientData } from './client-data.ts';
import { blockType, makeDataBlock } from './data-blocks.ts';

const core = makeDataBlock(blockType.clientCore, Buffer.alloc(128));

describe('readClientData', () => {
  it('does with CS_CORE alone, ended where the oldest clients end it', () => {
    expect(readClientData(core)).toMatchObject({
      clientName: '',
      selectedProtocol: undefined,
      encryptionMethods: undefined,
      channels: [],
    });
  });

  it('takes the first of two blocks of a type, in whatever order they come, and passes over others', () => {
    const first = makeDataBlock(blockType.clientSecurity, Buffer.from([1, 0, 0, 0]));
    const second = makeDataBlock(blockType.clientSecurity, Buffer.from([2, 0, 0, 0]));
    const other = makeDataBlock(0xc0ff, Buffer.from('other'));
    expect(readClientData(Buffer.concat([other, first, core, second])).encryptionMethods).toBe(1);
  });

  it.each([
    ['a byte less', makeDataBlock(blockType.clientCore, Buffer.alloc(127)), 'CS_CORE of 127 bytes'],
    [
      'too many channels',
      Buffer.concat([
        core,
        makeDataBlock(
          blockType.clientNetwork,
          Buffer.concat([Buffer.from([32, 0, 0, 0]), Buffer.alloc(32 * 12)]),
        ),
      ]),
      'CS_NET says that it has 32 channels',
    ],
    [
      'fewer channels than it says',
      Buffer.concat([core, makeDataBlock(blockType.clientNetwork, Buffer.from([1, 0, 0, 0, 0x72]))]),
      'CS_NET ends within channelDefArray',
    ],
    ['half a header', makeClientData(0).subarray(0, 3), 'the GCC user data ends within a block header'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readClientData(bytes)).toThrow(message);
  });
});
