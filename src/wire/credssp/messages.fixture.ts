// Messages that others have published, and what makes more of their kind. Nothing here uses what it tests.

export function fromHex(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
}

/** An element of DER: its tag, its length in the shortest form, its contents. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(contents);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length = fromHex(value.length.toString(16).padStart(value.length < 0x100 ? 2 : 4, '0'));
  return Buffer.concat([Buffer.from([tag, 0x80 + length.length]), length, value]);
}

/** The TSRequest of version 6 with these elements after the version. */
export function tsRequest(...elements: readonly Uint8Array[]): Buffer {
  return element(0x30, fromHex('a003020106'), ...elements);
}

/** negoTokens with one token. */
export function negoTokens(token: Uint8Array): Buffer {
  return element(0xa1, element(0x30, element(0x30, element(0xa0, element(0x04, token)))));
}

export function errorCode(integer: string): Buffer {
  return element(0xa4, fromHex(integer));
}

/** A NegTokenResp of these elements. */
export function negTokenResp(...elements: readonly Uint8Array[]): Buffer {
  return element(0xa1, element(0x30, ...elements));
}

export const acceptIncomplete: Buffer = fromHex('a0030a0101');
export const reject: Buffer = fromHex('a0030a0102');
export const ntlmMechanism: Buffer = fromHex('a10c060a2b06010401823702020a');
export const kerberosMechanism: Buffer = fromHex('a10b06092a864886f712010202');

export function responseToken(token: Uint8Array): Buffer {
  return element(0xa2, element(0x04, token));
}

/** What Windows 10's mstsc sends first, from a recording published with the tool rdps2rdp. */
export const negotiateOfMstsc: Buffer = fromHex(`
  3037a003020106a130302e302ca02a0428
  4e544c4d5353500001000000b78208e2000000000000000000000000000000000a00614a0000000f`);

/** The answer of a Windows Server 2019 in that recording: a machine of no domain, and its clock. */
export const answerOfWindows: Buffer = fromHex(`
  3081daa003020106a181d23081cf3081cca081c90481c6
  4e544c4d5353500002000000160016003800000035828ae202e730835722f8df0000000000000000780078004e000000
  0a0063450000000f
  660076002d0061007a00340031002d00360033003700
  02001600660076002d0061007a00340031002d00360033003700
  01001600660076002d0061007a00340031002d00360033003700
  04001600660076002d0061007a00340031002d00360033003700
  03001600660076002d0061007a00340031002d00360033003700
  070008000ed2b1ed7003d70100000000`);

/** Where a server's first token is SPNEGO's own hint (MS-SPNG 2.2.1), as pyspnego sends it, from that recording too. */
export const hintOfPyspnego: Buffer = fromHex(`
  3059a003020106a1523050304ea04c044a
  604806062b0601050502a03e303ca00e300c060a2b06010401823702020aa32a3028a0261b24
  6e6f745f646566696e65645f696e5f5246433431373840706c656173655f69676e6f7265`);

/** The CHALLENGE of pyspnego's server in that recording: it claims a version, and its names begin where that would be. */
export const challengeOfPyspnego: Buffer = fromHex(`
  4e544c4d5353500002000000140014003000000035828ae28cd3ade7f9615bbd0000000000000000b000b00044000000
  4100570053002d0043004c004f00550044003900
  010014004100570053002d0043004c004f00550044003900
  0200160057004f0052004b00530054004100540049004f004e00
  03006a006100770073002d0063006c006f007500640039002e00750073002d00630065006e007400720061006c0031002d00
  62002e0063002e0065006c006900740065002d0062006900720064002d003100380037003800310039002e0069006e00
  7400650072006e0061006c00
  07000800888bc5ed7003d70100000000`);

/** MS-NLMP 4.2.2.3, whose server is of NTLMv1. */
export const challengeOfNtlmV1: Buffer = fromHex(`
  4e544c4d53535000020000000c000c0038000000338202e20123456789abcdef00000000000000000000000000000000
  060070170000000f530065007200760065007200`);

/** MS-NLMP 4.2.4.3. */
export const challengeOfNtlmV2: Buffer = fromHex(`
  4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000
  060070170000000f530065007200760065007200
  02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000`);

/** A Windows of build 9600, from FreeRDP's tests (TestSspiNTLM.c). It names no target. */
export const challengeOfFreerdpTests: Buffer = fromHex(`
  4e544c4d53535000020000000000000038000000078288a2a4f1baa67cdc1a1200000000000000006600660038000000
  060380250000000f
  02000e004e0045005700590045004100520001000e004e00450057005900450041005200
  04001c006c00610062002e007700610079006b002e006c006f00630061006c00
  03000e006e00650077007900650061007200
  070008003357bdb1078bcf0100000000`);
