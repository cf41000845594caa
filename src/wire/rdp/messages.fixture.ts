/** Bytes written as hex, blanks between them as one likes. */
export function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
}

/** MS-RDPBCGR 4.1.1 */
export const exampleConnectionRequest: Buffer = hex(`
  03 00 00 2c 27 e0 00 00 00 00 00 43 6f 6f 6b 69 65 3a 20 6d 73 74 73 68 61 73 68 3d 65 6c 74 6f
  6e 73 0d 0a 01 00 08 00 00 00 00 00`);

/** MS-RDPBCGR 4.1.2, of which the bytes and the text beside them disagree about selectedProtocol. */
export const exampleConnectionConfirm: Buffer = hex(
  '03 00 00 13 0e d0 00 00 12 34 00 02 00 08 00 01 00 00 00',
);

/** MS-RDPBCGR 4.1.3 */
export const exampleConnectInitial: Buffer = hex(`
  03 00 01 a0 02 f0 80 7f 65 82 01 94 04 01 01 04 01 01 01 01 ff 30 19 02 01 22 02 01 02 02 01 00
  02 01 01 02 01 00 02 01 01 02 02 ff ff 02 01 02 30 19 02 01 01 02 01 01 02 01 01 02 01 01 02 01
  00 02 01 01 02 02 04 20 02 01 02 30 1c 02 02 ff ff 02 02 fc 17 02 02 ff ff 02 01 01 02 01 00 02
  01 01 02 02 ff ff 02 01 02 04 82 01 33 00 05 00 14 7c 00 01 81 2a 00 08 00 10 00 01 c0 00 44 75
  63 61 81 1c 01 c0 d8 00 04 00 08 00 00 05 00 04 01 ca 03 aa 09 04 00 00 ce 0e 00 00 45 00 4c 00
  54 00 4f 00 4e 00 53 00 2d 00 44 00 45 00 56 00 32 00 00 00 00 00 00 00 00 00 00 00 04 00 00 00
  00 00 00 00 0c 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
  00 00 00 00 00 00 00 00 01 ca 01 00 00 00 00 00 18 00 07 00 01 00 36 00 39 00 37 00 31 00 32 00
  2d 00 37 00 38 00 33 00 2d 00 30 00 33 00 35 00 37 00 39 00 37 00 34 00 2d 00 34 00 32 00 37 00
  31 00 34 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 04 c0 0c 00
  0d 00 00 00 00 00 00 00 02 c0 0c 00 1b 00 00 00 00 00 00 00 03 c0 2c 00 03 00 00 00 72 64 70 64
  72 00 00 00 00 00 80 80 63 6c 69 70 72 64 72 00 00 00 a0 c0 72 64 70 73 6e 64 00 00 00 00 00 c0`);

/** MS-RDPBCGR 4.1.4 */
export const exampleConnectResponse: Buffer = hex(`
  03 00 01 51 02 f0 80 7f 66 82 01 45 0a 01 00 02 01 00 30 1a 02 01 22 02 01 03 02 01 00 02 01 01
  02 01 00 02 01 01 02 03 00 ff f8 02 01 02 04 82 01 1f 00 05 00 14 7c 00 01 2a 14 76 0a 01 01 00
  01 c0 00 4d 63 44 6e 81 08 01 0c 0c 00 04 00 08 00 00 00 00 00 03 0c 10 00 eb 03 03 00 ec 03 ed
  03 ee 03 00 00 02 0c ec 00 02 00 00 00 02 00 00 00 20 00 00 00 b8 00 00 00 10 11 77 20 30 61 0a
  12 e4 34 a1 1e f2 c3 9f 31 7d a4 5f 01 89 34 96 e0 ff 11 08 69 7f 1a c3 d2 01 00 00 00 01 00 00
  00 01 00 00 00 06 00 5c 00 52 53 41 31 48 00 00 00 00 02 00 00 3f 00 00 00 01 00 01 00 cb 81 fe
  ba 6d 61 c3 55 05 d5 5f 2e 87 f8 71 94 d6 f1 a5 cb f1 5f 0c 3d f8 70 02 96 c4 fb 9b c8 3c 2d 55
  ae e8 ff 32 75 ea 68 79 e5 a2 01 fd 31 a0 b1 1f 55 a6 1f c1 f6 d1 83 88 63 26 56 12 bc 00 00 00
  00 00 00 00 00 08 00 48 00 e9 e1 d6 28 46 8b 4e f5 0a df fd ee 21 99 ac b4 e1 8f 5f 81 57 82 ef
  9d 96 52 63 27 18 29 db b3 4a fd 9a da 42 ad b5 69 21 89 0e 1d c0 4c 1a a8 aa 71 3e 0f 54 b9 9a
  e4 99 68 3f 6c d6 76 84 61 00 00 00 00 00 00 00 00`);

/** MS-RDPBCGR 4.2.3; xrdp 0.9.21 answers the very same to a request with protocols that it does not know. */
export const disconnectUltimatum: Buffer = hex('03 00 00 09 02 f0 80 21 80');

/** Inside TLS, as xrdp 0.9.21 and FreeRDP 2.11.7 answered MCS Connect Initial. */
export const tlsConnectResponses = {
  xrdp: hex(`
    03 00 00 69 02 f0 80 7f 66 5f 0a 01 00 02 01 00 30 1a 02 01 16 02 01 03 02 01 00 02 01 01 02 01
    00 02 01 01 02 03 00 ff f8 02 01 02 04 3b 00 05 00 14 7c 00 01 2a 14 76 0a 01 01 00 01 c0 00 4d
    63 44 6e 80 24 01 0c 0c 00 04 00 08 00 03 00 00 00 03 0c 0c 00 eb 03 01 00 ec 03 00 00 02 0c 0c
    00 00 00 00 00 00 00 00 00`),
  freerdp: hex(`
    03 00 00 6c 02 f0 80 7f 66 62 0a 01 00 02 01 00 30 1a 02 01 22 02 01 03 02 01 00 02 01 01 02 01
    00 02 01 01 02 03 00 ff f8 02 01 02 04 3e 00 05 00 14 7c 00 01 2a 14 76 0a 01 01 00 01 c0 00 4d
    63 44 6e 28 01 0c 10 00 04 00 08 00 00 00 00 00 00 00 00 00 03 0c 0c 00 eb 03 01 00 ec 03 00 00
    02 0c 0c 00 00 00 00 00 00 00 00 00`),
} as const;
