import { malformed } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { blockType, readDataBlocks } from './data-blocks.ts';

/** What a server says of itself in MCS Connect Response. */
export interface ServerData {
  /** SC_CORE version: 0x00080004 is RDP 5 to 8. */
  readonly version: number;
  /** clientRequestedProtocols: what it says the client had asked for; undefined where it ends before that. */
  readonly requestedProtocols: number | undefined;
  readonly earlyCapabilityFlags: number | undefined;
  /** SC_SECURITY; undefined where it sent none. */
  readonly security: ServerSecurity | undefined;
  /** SC_NET; undefined where it sent none. */
  readonly network: { readonly ioChannel: number; readonly channels: readonly number[] } | undefined;
}

export interface ServerSecurity {
  readonly method: number;
  readonly level: number;
  /** Lengths in bytes; 0 where none came, as without standard security. */
  readonly randomLength: number;
  readonly certificateLength: number;
}

const mostChannels = 31;

/** Reads a server's blocks (MS-RDPBCGR 2.2.1.4). Throws `WireError`, also where SC_CORE is missing. */
export function readServerData(bytes: Uint8Array): ServerData {
  const blocks = readDataBlocks(bytes);
  const core = blocks.get(blockType.serverCore);
  if (!core) throw malformed('no SC_CORE in the GCC user data');
  const security = blocks.get(blockType.serverSecurity);
  const network = blocks.get(blockType.serverNetwork);
  return {
    ...readCore(core),
    security: security && readSecurity(security),
    network: network && readNetwork(network),
  };
}

/** The last two fields came with later versions. */
function readCore(
  block: Buffer,
): Pick<ServerData, 'version' | 'requestedProtocols' | 'earlyCapabilityFlags'> {
  const reader = new ByteReader(block, 'SC_CORE');
  const version = reader.uint32le('version');
  const requestedProtocols = reader.left > 0 ? reader.uint32le('clientRequestedProtocols') : undefined;
  const earlyCapabilityFlags = reader.left > 0 ? reader.uint32le('earlyCapabilityFlags') : undefined;
  return { version, requestedProtocols, earlyCapabilityFlags };
}

/** The random and the certificate, and their lengths too, are left out where method and level are both none. */
function readSecurity(block: Buffer): ServerSecurity {
  const reader = new ByteReader(block, 'SC_SECURITY');
  const method = reader.uint32le('encryptionMethod');
  const level = reader.uint32le('encryptionLevel');
  if (reader.left === 0) return { method, level, randomLength: 0, certificateLength: 0 };
  const randomLength = reader.uint32le('serverRandomLen');
  const certificateLength = reader.uint32le('serverCertLen');
  reader.take(randomLength, 'serverRandom');
  reader.take(certificateLength, 'serverCertificate');
  return { method, level, randomLength, certificateLength };
}

function readNetwork(block: Buffer): NonNullable<ServerData['network']> {
  const reader = new ByteReader(block, 'SC_NET');
  const ioChannel = reader.uint16le('MCSChannelId');
  const count = reader.uint16le('channelCount');
  if (count > mostChannels) throw malformed(`SC_NET says that it has ${count} channels`);
  const channels = Array.from({ length: count }, () => reader.uint16le('channelIdArray'));
  return { ioChannel, channels };
}
