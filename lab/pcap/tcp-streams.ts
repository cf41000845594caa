import { readPcap } from './pcap-file.ts';
import { type TcpPacket, tcpPacket } from './tcp-packet.ts';

/** Bytes of one direction as they came, and when, in milliseconds since 1970. */
export interface Segment {
  readonly bytes: Buffer;
  readonly at: number;
}

/** One TCP connection put together: in order, nothing twice, nothing after a hole. */
export interface TcpStream {
  /** `address:port` of the side that opened the connection. */
  readonly clientAddress: string;
  readonly serverAddress: string;
  readonly client: Segment[];
  readonly server: Segment[];
  /** Both directions in the order in which their bytes became readable. */
  readonly inOrder: { from: 'client' | 'server'; bytes: Buffer; at: number }[];
}

const linkTypeEthernet = 1;

/** The most segments of one direction that may wait for one that was lost. */
const mostWaiting = 1000;

/**
 * The TCP connections of a classic pcap file, in the order in which they begin. Bytes behind a hole that the capture
 * never fills are left out. Throws `Error` where the file is not such a capture.
 */
export function tcpStreams(file: Buffer): TcpStream[] {
  const { linkType, frames } = readPcap(file);
  if (linkType !== linkTypeEthernet) throw new Error(`a capture of link type ${linkType}, not of Ethernet`);
  const streams: TcpStream[] = [];
  const open = new Map<string, Connection>();
  for (const { bytes, at } of frames) {
    const packet = tcpPacket(bytes);
    if (!packet) continue;
    const name = [packet.source, packet.destination].sort().join(' ');
    let connection = open.get(name);
    if (!connection || connection.isReopenedBy(packet)) {
      connection = new Connection(packet);
      open.set(name, connection);
      streams.push(connection.stream);
    }
    connection.accept(packet, at);
  }
  return streams;
}

class Connection {
  readonly stream: TcpStream;
  readonly #clientOrder = new Order();
  readonly #serverOrder = new Order();

  /** A capture that begins in the middle: whoever is seen first counts as the client. */
  constructor(first: TcpPacket) {
    const opensIt = !(first.syn && first.ack);
    this.stream = {
      clientAddress: opensIt ? first.source : first.destination,
      serverAddress: opensIt ? first.destination : first.source,
      client: [],
      server: [],
      inOrder: [],
    };
  }

  /** A SYN with another sequence number: the same two ports, used again. */
  isReopenedBy(packet: TcpPacket): boolean {
    if (!packet.syn || packet.ack) return false;
    return packet.source !== this.stream.clientAddress || this.#clientOrder.first !== packet.sequence;
  }

  accept(packet: TcpPacket, at: number): void {
    const from = packet.source === this.stream.clientAddress ? 'client' : 'server';
    const order = from === 'client' ? this.#clientOrder : this.#serverOrder;
    for (const bytes of order.accept(packet)) {
      this.stream[from].push({ bytes, at });
      this.stream.inOrder.push({ from, bytes, at });
    }
  }
}

/** Puts the segments of one direction in order by their sequence numbers, which wrap at 2^32. */
class Order {
  /** The sequence number of the SYN, or of the first segment seen. */
  first: number | undefined;
  #next = 0;
  #waiting: TcpPacket[] = [];

  /** What can be read now that this one has come. */
  accept(packet: TcpPacket): Buffer[] {
    if (this.first === undefined) {
      this.first = packet.sequence;
      this.#next = packet.sequence + (packet.syn ? 1 : 0);
    }
    if (packet.payload.length === 0) return [];
    if (this.#waiting.length >= mostWaiting) throw new Error('too many segments wait for one that was lost');
    this.#waiting.push(packet);
    const readable: Buffer[] = [];
    for (let bytes = this.#take(); bytes; bytes = this.#take()) readable.push(bytes);
    return readable;
  }

  #take(): Buffer | undefined {
    for (const packet of this.#waiting) {
      const known = (this.#next - packet.sequence - (packet.syn ? 1 : 0)) | 0;
      if (known < 0) continue;
      this.#waiting = this.#waiting.filter((other) => other !== packet);
      if (known >= packet.payload.length) return this.#take();
      const bytes = packet.payload.subarray(known);
      this.#next += bytes.length;
      return bytes;
    }
    return undefined;
  }
}
