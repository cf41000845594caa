import { malformed } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { blockType, makeDataBlock, readDataBlocks } from './data-blocks.ts';

/** What a client says of itself in MCS Connect Initial, as far as a diagnosis wants it. */
export interface ClientData {
  readonly version: number;
  readonly desktopWidth: number;
  readonly desktopHeight: number;
  readonly keyboardLayout: number;
  readonly clientBuild: number;
  readonly clientName: string;
  /** serverSelectedProtocol; undefined in a block that ends before it. */
  readonly selectedProtocol: number | undefined;
  /** encryptionMethods of CS_SECURITY; undefined where there is no such block. */
  readonly encryptionMethods: number | undefined;
  /** Names of the virtual channels of CS_NET. */
  readonly channels: readonly string[];
}

/** TS_UD_CS_CORE without its header, MS-RDPBCGR 2.2.1.3.2: offsets, little-endian. */
const core = {
  version: 0,
  desktopWidth: 4,
  desktopHeight: 6,
  colorDepth: 8,
  sasSequence: 10,
  keyboardLayout: 12,
  clientBuild: 16,
  clientName: 20,
  keyboardType: 52,
  keyboardSubType: 56,
  keyboardFunctionKey: 60,
  imeFileName: 64,
  postBeta2ColorDepth: 128,
  clientProductId: 130,
  serialNumber: 132,
  highColorDepth: 136,
  supportedColorDepths: 138,
  earlyCapabilityFlags: 140,
  clientDigProductId: 142,
  connectionType: 206,
  serverSelectedProtocol: 208,
  size: 212,
} as const;

const clientNameSize = core.keyboardType - core.clientName;
/** The fields up to here are in every block; those after it may be left out from the end. */
const leastCoreSize = core.postBeta2ColorDepth;

/** CHANNEL_DEF, MS-RDPBCGR 2.2.1.3.4.1 */
const channel = { name: 0, options: 8, size: 12 } as const;
const mostChannels = 31;

/** 40, 128 and 56 bits, and FIPS: what any server may choose from. */
const everyEncryptionMethod = 0x1b;

/** CHANNEL_OPTION_INITIALIZED and CHANNEL_OPTION_COMPRESS_RDP, as MS-RDPBCGR 4.1.3 has them for `rdpdr`. */
const redirectionChannel = { name: 'rdpdr', options: 0x80800000 } as const;

/**
 * The blocks that a plain client of RDP 5 sends: CS_CORE, CS_SECURITY and CS_NET with one channel, which is never
 * joined. `selectedProtocol` is what the server has selected before; it compares them.
 */
export function makeClientData(selectedProtocol: number): Buffer {
  return Buffer.concat([
    makeDataBlock(blockType.clientCore, makeCore(selectedProtocol)),
    makeDataBlock(blockType.clientSecurity, makeSecurity()),
    makeDataBlock(blockType.clientNetwork, makeNetwork()),
  ]);
}

/** The values are the example's in MS-RDPBCGR 4.1.3, names and numbers that tell of a person or a product aside. */
function makeCore(selectedProtocol: number): Buffer {
  const block = Buffer.alloc(core.size);
  block.writeUInt32LE(0x00080004, core.version);
  block.writeUInt16LE(1024, core.desktopWidth);
  block.writeUInt16LE(768, core.desktopHeight);
  block.writeUInt16LE(0xca01, core.colorDepth);
  block.writeUInt16LE(0xaa03, core.sasSequence);
  block.writeUInt32LE(0x409, core.keyboardLayout);
  block.writeUInt32LE(3790, core.clientBuild);
  block.write('rdpmend', core.clientName, 'utf16le');
  block.writeUInt32LE(4, core.keyboardType);
  block.writeUInt32LE(12, core.keyboardFunctionKey);
  block.writeUInt16LE(0xca01, core.postBeta2ColorDepth);
  block.writeUInt16LE(1, core.clientProductId);
  block.writeUInt16LE(24, core.highColorDepth);
  block.writeUInt16LE(0x0007, core.supportedColorDepths);
  block.writeUInt16LE(0x0001, core.earlyCapabilityFlags);
  block.writeUInt32LE(selectedProtocol >>> 0, core.serverSelectedProtocol);
  return block;
}

function makeSecurity(): Buffer {
  const block = Buffer.alloc(8);
  block.writeUInt32LE(everyEncryptionMethod);
  return block;
}

function makeNetwork(): Buffer {
  const block = Buffer.alloc(4 + channel.size);
  block.writeUInt32LE(1);
  block.write(redirectionChannel.name, 4 + channel.name, 'latin1');
  block.writeUInt32LE(redirectionChannel.options, 4 + channel.options);
  return block;
}

/** Reads a client's blocks. Throws `WireError`, also where CS_CORE is missing. */
export function readClientData(bytes: Uint8Array): ClientData {
  const blocks = readDataBlocks(bytes);
  const coreBlock = blocks.get(blockType.clientCore);
  if (!coreBlock) throw malformed('no CS_CORE in the GCC user data');
  const security = blocks.get(blockType.clientSecurity);
  return {
    ...readCore(coreBlock),
    encryptionMethods: security && new ByteReader(security, 'CS_SECURITY').uint32le('encryptionMethods'),
    channels: readChannels(blocks.get(blockType.clientNetwork)),
  };
}

function readCore(block: Buffer): Omit<ClientData, 'encryptionMethods' | 'channels'> {
  if (block.length < leastCoreSize) throw malformed(`CS_CORE of ${block.length} bytes`);
  const name = block.toString('utf16le', core.clientName, core.clientName + clientNameSize);
  const hasProtocol = block.length >= core.serverSelectedProtocol + 4;
  return {
    version: block.readUInt32LE(core.version),
    desktopWidth: block.readUInt16LE(core.desktopWidth),
    desktopHeight: block.readUInt16LE(core.desktopHeight),
    keyboardLayout: block.readUInt32LE(core.keyboardLayout),
    clientBuild: block.readUInt32LE(core.clientBuild),
    clientName: beforeNul(name),
    selectedProtocol: hasProtocol ? block.readUInt32LE(core.serverSelectedProtocol) : undefined,
  };
}

function readChannels(block: Buffer | undefined): string[] {
  if (!block) return [];
  const reader = new ByteReader(block, 'CS_NET');
  const count = reader.uint32le('channelCount');
  if (count > mostChannels) throw malformed(`CS_NET says that it has ${count} channels`);
  return Array.from({ length: count }, () => {
    const definition = reader.take(channel.size, 'channelDefArray');
    return beforeNul(definition.toString('latin1', channel.name, channel.options));
  });
}

function beforeNul(text: string): string {
  return text.split('\0', 1)[0] ?? '';
}
