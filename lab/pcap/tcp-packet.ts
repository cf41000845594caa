/** A TCP segment as it passed. */
export interface TcpPacket {
  /** `address:port` */
  readonly source: string;
  readonly destination: string;
  readonly sequence: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly payload: Buffer;
}

const ethernet = { type: 12, length: 14 };
const vlanTag = { type: 2, length: 4 };
const ipv4 = { totalLength: 2, fragment: 6, protocol: 9, source: 12, destination: 16, length: 20 };
const ipv6 = { payloadLength: 4, nextHeader: 6, source: 8, destination: 24, length: 40 };
const tcp = { sourcePort: 0, destinationPort: 2, sequence: 4, dataOffset: 12, flags: 13, length: 20 };

const etherTypes = { ipv4: 0x0800, ipv6: 0x86dd, vlan: [0x8100, 0x88a8] };
const protocolTcp = 6;

interface IpPacket {
  readonly source: string;
  readonly destination: string;
  readonly payload: Buffer;
}

/**
 * The TCP segment in an Ethernet frame; undefined for every other frame, for a fragment of an IP packet and for IPv6
 * with extension headers. Sources: IEEE 802.3 and 802.1Q, RFC 791, RFC 8200, RFC 9293.
 */
export function tcpPacket(frame: Buffer): TcpPacket | undefined {
  const ip = ipPacket(frame);
  if (!ip || ip.payload.length < tcp.length) return undefined;
  const segment = ip.payload;
  const flags = segment.readUInt8(tcp.flags);
  const dataOffset = (segment.readUInt8(tcp.dataOffset) >> 4) * 4;
  if (dataOffset < tcp.length || dataOffset > segment.length) return undefined;
  return {
    source: `${ip.source}:${segment.readUInt16BE(tcp.sourcePort)}`,
    destination: `${ip.destination}:${segment.readUInt16BE(tcp.destinationPort)}`,
    sequence: segment.readUInt32BE(tcp.sequence),
    syn: (flags & 0x02) !== 0,
    ack: (flags & 0x10) !== 0,
    payload: segment.subarray(dataOffset),
  };
}

function ipPacket(frame: Buffer): IpPacket | undefined {
  if (frame.length < ethernet.length) return undefined;
  let type = frame.readUInt16BE(ethernet.type);
  let rest = frame.subarray(ethernet.length);
  while (etherTypes.vlan.includes(type) && rest.length >= vlanTag.length) {
    type = rest.readUInt16BE(vlanTag.type);
    rest = rest.subarray(vlanTag.length);
  }
  if (type === etherTypes.ipv4) return ipv4Packet(rest);
  return type === etherTypes.ipv6 ? ipv6Packet(rest) : undefined;
}

/** A short frame is padded, so that only the total length tells where the packet ends. */
function ipv4Packet(packet: Buffer): IpPacket | undefined {
  if (packet.length < ipv4.length || packet.readUInt8(ipv4.protocol) !== protocolTcp) return undefined;
  const isFragment = (packet.readUInt16BE(ipv4.fragment) & 0x3fff) !== 0;
  const headerLength = (packet.readUInt8(0) & 0x0f) * 4;
  if (isFragment || headerLength < ipv4.length) return undefined;
  return {
    source: packet.subarray(ipv4.source, ipv4.source + 4).join('.'),
    destination: packet.subarray(ipv4.destination, ipv4.destination + 4).join('.'),
    payload: packet.subarray(headerLength, packet.readUInt16BE(ipv4.totalLength)),
  };
}

function ipv6Packet(packet: Buffer): IpPacket | undefined {
  if (packet.length < ipv6.length || packet.readUInt8(ipv6.nextHeader) !== protocolTcp) return undefined;
  const address = (offset: number) => `[${packet.toString('hex', offset, offset + 16)}]`;
  return {
    source: address(ipv6.source),
    destination: address(ipv6.destination),
    payload: packet.subarray(ipv6.length, ipv6.length + packet.readUInt16BE(ipv6.payloadLength)),
  };
}
