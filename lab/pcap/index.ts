export { type MadeSegment, makeFrame, makePcap, type PcapOptions } from './make-pcap.ts';
export type { Segment, TcpStream } from './tcp-streams.ts';
export { tcpStreams } from './tcp-streams.ts';
