import { describe, expect, it } from 'vitest';
import { makeFrame, makePcap, type TcpStream, tcpStreams } from './index.ts';

interface Passed {
  readonly from: 'client' | 'server';
  readonly sequence: number;
  readonly text?: string;
  readonly syn?: boolean;
}

function frame({ text = '', ...segment }: Passed, vlan = false): Buffer {
  return makeFrame({ ...segment, payload: Buffer.from(text, 'latin1') }, vlan);
}

function said(stream: TcpStream | undefined): string[] {
  return stream?.inOrder.map(({ from, bytes }) => `${from}: ${bytes.toString('latin1')}`) ?? [];
}

const handshake: Passed[] = [
  { from: 'client', sequence: 1000, syn: true },
  { from: 'server', sequence: 9000, syn: true },
  { from: 'client', sequence: 1001 },
];

function streamsOf(passed: readonly Passed[]): TcpStream[] {
  return tcpStreams(makePcap(passed.map((packet) => frame(packet))));
}

describe('tcpStreams', () => {
  const talk: Passed[] = [
    ...handshake,
    { from: 'client', sequence: 1001, text: 'hello' },
    { from: 'server', sequence: 9001, text: 'who?' },
    { from: 'client', sequence: 1006, text: 'me' },
  ];

  it.each([
    ['little-endian', 0xa1b2c3d4, 500],
    ['big-endian', 0xa1b2c3d4, 500],
    ['little-endian', 0xa1b23c4d, 0.5],
    ['big-endian', 0xa1b23c4d, 0.5],
  ] as const)('reads a %s file of magic %i', (order, magic, fraction) => {
    const frames = talk.map((packet, i) => frame(packet, i % 2 === 0));
    const [stream, ...others] = tcpStreams(makePcap(frames, { order, magic }));
    expect(others).toEqual([]);
    expect(said(stream)).toEqual(['client: hello', 'server: who?', 'client: me']);
    expect(stream).toMatchObject({ clientAddress: '10.0.0.1:50000', serverAddress: '10.0.0.2:3389' });
    expect(stream?.client.map(({ at }) => at)).toEqual([103_000 + fraction, 105_000 + fraction]);
    expect(stream?.server).toEqual([{ bytes: Buffer.from('who?'), at: 104_000 + fraction }]);
  });

  it.each<[string, Passed[], string[]]>([
    [
      'out of order',
      [
        ...handshake,
        { from: 'server', sequence: 9004, text: 'def' },
        { from: 'server', sequence: 9001, text: 'abc' },
      ],
      ['server: abc', 'server: def'],
    ],
    [
      'sent again, and with more',
      [
        ...handshake,
        { from: 'client', sequence: 1001, text: 'abc' },
        { from: 'client', sequence: 1001, text: 'abc' },
        { from: 'client', sequence: 1002, text: 'bcdef' },
      ],
      ['client: abc', 'client: def'],
    ],
    [
      'a hole that is never filled',
      [
        ...handshake,
        { from: 'client', sequence: 1001, text: 'a' },
        { from: 'client', sequence: 1003, text: 'c' },
      ],
      ['client: a'],
    ],
    [
      'numbers that begin anew',
      [
        { from: 'client', sequence: 0xffffffff, syn: true },
        { from: 'client', sequence: 0, text: 'a' },
        { from: 'client', sequence: 1, text: 'b' },
      ],
      ['client: a', 'client: b'],
    ],
    [
      'begun before the capture',
      [
        { from: 'client', sequence: 7, text: 'a' },
        { from: 'client', sequence: 8, text: 'b' },
      ],
      ['client: a', 'client: b'],
    ],
    [
      "begun with the server's answer",
      [
        { from: 'server', sequence: 9000, syn: true },
        { from: 'client', sequence: 7, text: 'a' },
      ],
      ['client: a'],
    ],
  ])('%s', (_, passed, expected) => {
    const streams = streamsOf(passed);
    expect(streams).toHaveLength(1);
    expect(said(streams[0])).toEqual(expected);
    expect(streams[0]?.clientAddress).toBe('10.0.0.1:50000');
  });

  it('tells two connections from the same port apart, and a SYN sent twice from a second one', () => {
    const streams = streamsOf([
      ...handshake.slice(0, 1),
      ...talk,
      { from: 'client', sequence: 5000, syn: true },
      { from: 'client', sequence: 5001, text: 'again' },
    ]);
    expect(streams.map(said)).toEqual([['client: hello', 'server: who?', 'client: me'], ['client: again']]);
  });

  it('ends with a record that is cut short', () => {
    const file = makePcap(talk.map((packet) => frame(packet)));
    expect(said(tcpStreams(file.subarray(0, -1))[0])).toEqual(['client: hello', 'server: who?']);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'not a pcap file: too short'],
    [
      'pcapng',
      Buffer.concat([Buffer.from([0x0a, 0x0d, 0x0d, 0x0a]), Buffer.alloc(40)]),
      'not a pcap file: bad magic number',
    ],
    [
      'a frame of 16 MiB',
      makePcap([Buffer.alloc(60)]).fill(0xff, 32, 35),
      'a frame of 16777215 bytes at offset 24',
    ],
    [
      'a capture of another link',
      makePcap([]).fill(101, 20, 21),
      'a capture of link type 101, not of Ethernet',
    ],
  ])('refuses %s', (_, file, message) => {
    expect(() => tcpStreams(file)).toThrow(message);
  });

  it('passes over frames without TCP', () => {
    const udp = frame({ from: 'client', sequence: 1 });
    udp.writeUInt8(17, 14 + 9);
    const arp = frame({ from: 'client', sequence: 1 });
    arp.writeUInt16BE(0x0806, 12);
    expect(tcpStreams(makePcap([udp, arp, Buffer.alloc(3)]))).toEqual([]);
  });
});
