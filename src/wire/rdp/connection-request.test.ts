import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../errors.ts';
import { makeConnectionRequest, readConnectionRequest } from './index.ts';
import { exampleConnectionConfirm, exampleConnectionRequest, hex } from './messages.fixture.ts';

const none = { cookie: undefined, routingToken: undefined, correlationInfo: undefined, flags: 0 };

describe('makeConnectionRequest', () => {
  it('makes the example of MS-RDPBCGR 4.1.1', () => {
    expect(makeConnectionRequest({ requested: 0, cookie: 'eltons' })).toEqual(exampleConnectionRequest);
  });

  it.each([
    [undefined, '03 00 00 0b 06 e0 00 00 00 00 00'],
    [11, '03 00 00 13 0e e0 00 00 00 00 00 01 00 08 00 0b 00 00 00'],
    [0x10, '03 00 00 13 0e e0 00 00 00 00 00 01 00 08 00 10 00 00 00'],
    [0xffffffff, '03 00 00 13 0e e0 00 00 00 00 00 01 00 08 00 ff ff ff ff'],
  ])('asks for %s', (requested, bytes) => {
    expect(makeConnectionRequest({ requested })).toEqual(hex(bytes));
  });

  it('is read back as it was made', () => {
    const cookies = fc.string({
      maxLength: 221,
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    });
    const protocols = fc.option(fc.nat({ max: 0xffffffff }), { nil: undefined });
    fc.assert(
      fc.property(cookies, protocols, (cookie, requested) => {
        const packet = makeConnectionRequest({ requested, cookie });
        expect(readConnectionRequest(packet)).toEqual({ ...none, requested, cookie });
      }),
    );
  });

  it.each(['two\r\nlines', 'é', 'x'.repeat(222)])('refuses the cookie %j', (cookie) => {
    expect(() => makeConnectionRequest({ requested: 0, cookie })).toThrow(RangeError);
  });
});

describe('readConnectionRequest', () => {
  const correlation = '06 00 24 00'.padEnd(3 * 36 - 1, ' 11');

  it.each([
    ['an old client', '03 00 00 0b 06 e0 00 00 00 00 00', { ...none, requested: undefined }],
    [
      'a routing token',
      `03 00 00 1c 17 e0 00 00 00 00 00 ${latin1Hex('tsv://1\r\n')} 01 00 08 00 01 00 00 00`,
      { ...none, requested: 1, routingToken: 'tsv://1' },
    ],
    [
      'correlation info',
      `03 00 00 37 32 e0 00 00 00 00 00 01 08 08 00 03 00 00 00 ${correlation}`,
      { ...none, requested: 3, flags: 8, correlationInfo: hex(correlation) },
    ],
  ])('%s', (_, bytes, request) => {
    expect(readConnectionRequest(hex(bytes))).toEqual(request);
  });

  it.each([
    ['an answer', exampleConnectionConfirm, 'an X.224 connection-confirm TPDU'],
    ['half of it', exampleConnectionRequest.subarray(0, 20), 'the TPKT packet is not whole'],
    [
      'more than it',
      Buffer.concat([exampleConnectionRequest, Buffer.of(1, 2)]),
      '2 bytes after the end of the TPKT packet',
    ],
    [
      'negotiation data of a server',
      hex('03 00 00 13 0e e0 00 00 00 00 00 02 00 08 00 0b 00 00 00'),
      'negotiation data of a server in a Connection Request',
    ],
    [
      'no correlation info where it says so',
      hex('03 00 00 13 0e e0 00 00 00 00 00 01 08 08 00 0b 00 00 00'),
      '0 bytes after RDP_NEG_REQ, where there are 36',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readConnectionRequest(bytes)).toThrow(new WireError('malformed', message));
  });
});

function latin1Hex(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}
