import { describe, expect, it } from 'vitest';
import type { Ending } from '../dialogue.ts';
import { connectMcs, makeConnectInitial, readConnectInitial, readConnectResponse } from './index.ts';
import {
  disconnectUltimatum,
  exampleConnectInitial,
  exampleConnectionConfirm,
  exampleConnectResponse,
  hex,
  tlsConnectResponses,
} from './messages.fixture.ts';
import { oneByOne, play } from './play.fixture.ts';

function answerTo(bytes: Uint8Array, ending: Ending = 'too-late') {
  const { bytes: _, ...whole } = play((inbox) => connectMcs(inbox, 1), [bytes], ending).outcome;
  const { bytes: __, ...inPieces } = play((inbox) => connectMcs(inbox, 1), oneByOne(bytes), ending).outcome;
  expect(inPieces).toEqual(whole);
  return whole;
}

/** The example with one byte changed; the place is counted in the packet. */
function changed(offset: number, from: number, to: number, message = exampleConnectResponse): Buffer {
  const bytes = Buffer.from(message);
  expect(bytes[offset]).toBe(from);
  bytes[offset] = to;
  return bytes;
}

describe('MCS Connect Initial', () => {
  it('is read from the example of MS-RDPBCGR 4.1.3', () => {
    expect(readConnectInitial(exampleConnectInitial)).toEqual({
      version: 0x00080004,
      desktopWidth: 1280,
      desktopHeight: 1024,
      keyboardLayout: 0x409,
      clientBuild: 3790,
      clientName: 'ELTONS-DEV2',
      selectedProtocol: 0,
      encryptionMethods: 0x1b,
      channels: ['rdpdr', 'cliprdr', 'rdpsnd'],
    });
  });

  it('is made like it, and says nothing of who asks', () => {
    const packet = makeConnectInitial(1);
    expect(readConnectInitial(packet)).toEqual({
      version: 0x00080004,
      desktopWidth: 1024,
      desktopHeight: 768,
      keyboardLayout: 0x409,
      clientBuild: 3790,
      clientName: 'rdpmend',
      selectedProtocol: 1,
      encryptionMethods: 0x1b,
      channels: ['rdpdr'],
    });
    // All that comes before the lengths of what differs.
    expect(packet.subarray(12, 0x6b)).toEqual(exampleConnectInitial.subarray(12, 0x6b));
  });

  it.each([
    ['another PDU', exampleConnectResponse, 'Connect-Initial has BER tag 0x66, where 0x65 was to come'],
    [
      'a Connection Confirm',
      exampleConnectionConfirm,
      'an X.224 connection-confirm TPDU, where data was to come',
    ],
    [
      'a PDU without CS_CORE',
      changed(0x84, 0x01, 0x7f, exampleConnectInitial),
      'no CS_CORE in the GCC user data',
    ],
  ])('is not %s', (_, bytes, message) => {
    expect(() => readConnectInitial(bytes)).toThrow(message);
  });
});

describe('MCS Connect Response', () => {
  it('is read from the example of MS-RDPBCGR 4.1.4', () => {
    expect(readConnectResponse(exampleConnectResponse)).toEqual({
      kind: 'connected',
      data: {
        version: 0x00080004,
        requestedProtocols: 0,
        earlyCapabilityFlags: undefined,
        security: { method: 2, level: 2, randomLength: 32, certificateLength: 184 },
        network: { ioChannel: 1003, channels: [1004, 1005, 1006] },
      },
    });
  });

  it.each([
    ['xrdp', { requestedProtocols: 3, earlyCapabilityFlags: undefined }],
    ['freerdp', { requestedProtocols: 0, earlyCapabilityFlags: 0 }],
  ] as const)('is read from %s inside TLS', (server, differing) => {
    expect(readConnectResponse(tlsConnectResponses[server])).toEqual({
      kind: 'connected',
      data: {
        version: 0x00080004,
        security: { method: 0, level: 0, randomLength: 0, certificateLength: 0 },
        network: { ioChannel: 1003, channels: [1004] },
        ...differing,
      },
    });
  });
});

describe('connectMcs', () => {
  it('sends MCS Connect Initial and nothing else', () => {
    expect(play((inbox) => connectMcs(inbox, 1), [exampleConnectResponse]).sent).toEqual(
      makeConnectInitial(1),
    );
  });

  it.each([
    [
      'the example',
      exampleConnectResponse,
      { kind: 'connected', version: 0x00080004, security: { method: 2, level: 2 } },
    ],
    [
      'without SC_SECURITY',
      changed(0x66, 0x0c, 0x7f),
      { kind: 'connected', version: 0x00080004, security: undefined },
    ],
    ['rt-user-rejected', changed(14, 0, 15), { kind: 'refused', result: 15 }],
    ['an ultimatum', disconnectUltimatum, { kind: 'disconnected', reason: 3 }],
    [
      'an X.224 Disconnect Request',
      hex('03 00 00 0b 06 80 00 00 12 34 80'),
      { kind: 'disconnected', reason: 128, layer: 'X.224' },
    ],
  ])('%s', (_, bytes, outcome) => {
    expect(answerTo(bytes)).toEqual(outcome);
  });

  it.each([
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request'), 'first byte 0x48, where TPKT has 0x03'],
    [
      'a second Connection Confirm',
      exampleConnectionConfirm,
      'an X.224 connection-confirm TPDU, where data was to come',
    ],
    ['another PDU', changed(8, 0x66, 0x65), 'Connect-Response has BER tag 0x65, where 0x66 was to come'],
    ['an indefinite length', changed(9, 0x82, 0x80), 'Connect-Response has its BER length in 0 bytes'],
    ['a length of five bytes', changed(9, 0x82, 0x85), 'Connect-Response has its BER length in 5 bytes'],
    ['a length beyond the end', changed(11, 0x45, 0x46), 'MCS Connect Response ends within Connect-Response'],
    ['a length before the end', changed(11, 0x45, 0x44), '1 bytes after MCS Connect Response'],
    ['an empty result', changed(13, 1, 0), 'result has 0 bytes'],
    ['another object than T.124', changed(0x38, 1, 2), 'GCC ConnectData of something else than T.124'],
    ['another GCC PDU', changed(0x3a, 0x14, 0x18), 'a GCC PDU other than a Conference Create Response'],
    ['a refused conference', changed(0x3f, 0, 0x10), 'a GCC Conference Create Response with result 16'],
    ['no user data', changed(0x40, 1, 0), 'GCC user data of another form than RDP has'],
    ["a client's key", changed(0x43, 0x4d, 0x44), 'GCC user data of another key than "McDn"'],
    ['user data in fragments', changed(0x47, 0x81, 0xc1), 'userData comes in fragments'],
    ['a block of no length', changed(0x4b, 0x0c, 0), 'block 0x0c01 says that it has 0 bytes'],
    ['a block beyond the end', changed(0x68, 0, 1), 'the GCC user data ends within block 0x0c02'],
    ['no SC_CORE', changed(0x49, 0x01, 0x7f), 'no SC_CORE in the GCC user data'],
    ['too many channels', changed(0x5b, 3, 32), 'SC_NET says that it has 32 channels'],
    ['a certificate beyond the end', changed(0x75, 0xb8, 0xb9), 'SC_SECURITY ends within serverCertificate'],
  ])('%s', (_, bytes, detail) => {
    expect(answerTo(bytes)).toEqual({ kind: 'not-mcs', detail });
  });

  it.each<Ending>(['closed', 'reset', 'too-late'])('%s before it is whole', (ending) => {
    expect(answerTo(hex(''), ending)).toEqual({ kind: 'ended', ending });
    expect(answerTo(exampleConnectResponse.subarray(0, 336), ending)).toEqual({ kind: 'ended', ending });
  });
});
