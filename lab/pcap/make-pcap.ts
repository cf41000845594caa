/** A TCP segment to be put into a made capture, between 10.0.0.1:50000 and 10.0.0.2:3389. */
export interface MadeSegment {
  readonly from: 'client' | 'server';
  readonly sequence: number;
  readonly payload?: Uint8Array;
  readonly syn?: boolean;
}

export interface PcapOptions {
  readonly order?: 'big-endian' | 'little-endian';
  readonly magic?: number;
}

const client = { address: [10, 0, 0, 1], port: 50_000 };
const server = { address: [10, 0, 0, 2], port: 3389 };
const shortestFrame = 60;

/** An Ethernet frame with IPv4 and TCP in it, padded as a network card does; checksums are 0. */
export function makeFrame(segment: MadeSegment, vlan = false): Buffer {
  const { from, payload = new Uint8Array(0) } = segment;
  const [source, destination] = from === 'client' ? [client, server] : [server, client];
  const tag = vlan ? [0x81, 0x00, 0x00, 0x07] : [];
  const ethernet = Buffer.from([...Array<number>(12).fill(2), ...tag, 0x08, 0x00]);
  const ip = Buffer.from([0x45, 0, 0, 0, 0, 0, 0, 0, 64, 6, 0, 0, ...source.address, ...destination.address]);
  ip.writeUInt16BE(40 + payload.length, 2);
  const tcp = makeTcpHeader(segment, source.port, destination.port);
  const frame = Buffer.concat([ethernet, ip, tcp, payload]);
  return Buffer.concat([frame, Buffer.alloc(Math.max(0, shortestFrame - frame.length), 0xee)]);
}

function makeTcpHeader(
  { from, sequence, syn = false }: MadeSegment,
  source: number,
  destination: number,
): Buffer {
  const header = Buffer.alloc(20);
  const opensIt = syn && from === 'client';
  header.writeUInt16BE(source, 0);
  header.writeUInt16BE(destination, 2);
  header.writeUInt32BE(sequence, 4);
  header.writeUInt8(5 << 4, 12);
  header.writeUInt8((syn ? 0x02 : 0) | (opensIt ? 0 : 0x10), 13);
  header.writeUInt16BE(0xffff, 14);
  return header;
}

/** A classic pcap file of these frames, one a second from 100.5 seconds (or a thousandth of that half) after 1970. */
export function makePcap(frames: readonly Buffer[], options: PcapOptions = {}): Buffer {
  const { order = 'little-endian', magic = 0xa1b2c3d4 } = options;
  const words = (values: readonly number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    values.forEach((value, i) => {
      if (order === 'little-endian') bytes.writeUInt32LE(value, i * 4);
      else bytes.writeUInt32BE(value, i * 4);
    });
    return bytes;
  };
  const version = order === 'little-endian' ? 0x00040002 : 0x00020004;
  const records = frames.flatMap((bytes, i) => [
    words([100 + i, 500_000, bytes.length, bytes.length]),
    bytes,
  ]);
  return Buffer.concat([words([magic, version, 0, 0, 65_535, 1]), ...records]);
}
