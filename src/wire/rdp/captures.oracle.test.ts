import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';
import { makeFrame, makePcap, type TcpStream, tcpStreams } from '../../../lab/pcap/index.ts';
import {
  makeConnectInitial,
  makeConnectionRequest,
  readConnectInitial,
  readConnectionConfirm,
  readConnectionRequest,
  readConnectResponse,
  takeTpkt,
} from './index.ts';
import { tlsConnectResponses } from './messages.fixture.ts';

const names = ['rdp-invalid-length', 'rdp-no-cookie-mstshash', 'rdp-proprietary-encryption', 'rdp-to-ssl'];

/** What tshark says of a message, each field as it prints it; '' where the message has none. */
type Said = Readonly<Record<string, string>>;

const fields = {
  stream: 'tcp.stream',
  cookie: 'rdp.rt_cookie',
  requested: 'rdp.negReq.requestedProtocols',
  selected: 'rdp.negReq.selectedProtocol',
  flags: 'rdp.negRsp.flags',
  failure: 'rdp.negFailure.failureCode',
  clientName: 'rdp.client.name',
  width: 'rdp.desktop.width',
  height: 'rdp.desktop.height',
  methods: 'rdp.encryptionMethods',
  serverSelected: 'rdp.serverSelectedProtocol',
  channelNames: 'rdp.name',
  method: 'rdp.encryptionMethod',
  level: 'rdp.encryptionLevel',
  versionMinor: 'rdp.version.minor',
  randomLength: 'rdp.serverRandomLen',
  certificateLength: 'rdp.serverCertLen',
  channelIds: 'rdp.MCSChannelId',
  malformed: '_ws.malformed',
} as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-rdp-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWithOracle('RDP messages against tshark', ['tshark'], () => {
  describeWithCorpus('captures of real connections', () => {
    it('have the same messages, and in every connection the same bytes', () => {
      const file = joined(names.map((name) => corpusFile(`pcap/${name}.pcap`)));
      const streams = tcpStreams(file);
      const theirs = askTshark(file, streams.length);
      expect(streams.flatMap(messagesOf)).toEqual(theirs.messages);
      expect(theirs.messages.length).toBe(12);
      expect(streams.map(bothDirections)).toEqual(theirs.streams);
      expect(theirs.streams.length).toBe(6);
    });
  });

  it('reads what is made here: a Connection Request and MCS Connect Initial', () => {
    const request = makeConnectionRequest({ requested: 3, cookie: 'rdpmend' });
    const file = madeCapture(request, makeConnectInitial(0));
    const { messages } = askTshark(file, 1);
    expect(messages).toEqual(tcpStreams(file).flatMap(messagesOf));
    expect(messages.map(({ malformed }) => malformed)).toEqual(['', '', '', '']);
    expect(messages[0]).toMatchObject({ cookie: 'Cookie: mstshash=rdpmend', requested: '3' });
    expect(messages[2]).toMatchObject({ clientName: 'rdpmend', width: '1024', channelNames: 'rdpdr' });
  });
});

const pcapHeaderSize = 24;

/** One capture of several of the same byte order and resolution: the program takes long to start. */
function joined(files: readonly Buffer[]): Buffer {
  const [first = Buffer.alloc(0)] = files;
  for (const file of files) expect(file.subarray(0, 4)).toEqual(first.subarray(0, 4));
  const records = files.map((file) => file.subarray(pcapHeaderSize));
  return Buffer.concat([first.subarray(0, pcapHeaderSize), ...records]);
}

function madeCapture(request: Buffer, initial: Buffer): Buffer {
  const confirm = Buffer.from('030000130ed000001234000201080000000000', 'hex');
  const segments = [
    { from: 'client', sequence: 0, syn: true },
    { from: 'server', sequence: 0, syn: true },
    { from: 'client', sequence: 1, payload: request },
    { from: 'server', sequence: 1, payload: confirm },
    { from: 'client', sequence: 1 + request.length, payload: initial },
    { from: 'server', sequence: 1 + confirm.length, payload: tlsConnectResponses.xrdp },
  ] as const;
  return makePcap(segments.map((segment) => makeFrame(segment)));
}

const filter = 'rdp.neg_type || rdp.clientData || rdp.serverData';

interface Answers {
  readonly messages: readonly Said[];
  readonly streams: readonly Directions[];
}

function askTshark(file: Buffer, streams: number): Answers {
  const name = path.join(folder, 'capture.pcap');
  writeFileSync(name, file);
  const wanted = Object.values(fields).flatMap((field) => ['-e', field]);
  const follow = Array.from({ length: streams }, (_, i) => ['-z', `follow,tcp,raw,${i}`]).flat();
  const args = ['-n', '-r', name, '-Y', filter, '-T', 'fields', '-E', 'separator=|', ...wanted, ...follow];
  const output = runOracle('tshark', args).toString('latin1');
  const [rows = '', ...parts] = output.split('Follow: tcp,raw');
  return {
    messages: rows
      .split('\n')
      .filter((row) => row.includes('|'))
      .map(messageOf),
    streams: parts.map(followedStream).sort((a, b) => a.stream - b.stream),
  };
}

function messageOf(row: string): Said {
  const values = row.split('|');
  return Object.fromEntries(Object.keys(fields).map((name, i) => [name, asNumber(values[i] ?? '')]));
}

/** Its numbers are decimal or hex as the field has it. */
function asNumber(text: string): string {
  return /^0x[0-9a-f]+$/.test(text) ? `${Number(text)}` : text;
}

/** Our reading in tshark's terms, of the messages before the connection goes over to TLS or to encryption. */
function messagesOf(stream: TcpStream, index: number): Said[] {
  const blank = Object.fromEntries(Object.keys(fields).map((name) => [name, '']));
  const messages: Said[] = [];
  for (const { from, bytes } of stream.inOrder.slice(0, 4)) {
    const message = from === 'client' ? clientMessage(bytes) : serverMessage(bytes);
    if (message) messages.push({ ...blank, stream: `${index}`, ...message });
  }
  return messages;
}

function clientMessage(bytes: Buffer): Said | undefined {
  const request = orNothing(() => readConnectionRequest(bytes));
  if (request) {
    const cookie = request.cookie === undefined ? '' : `Cookie: mstshash=${request.cookie}`;
    return { cookie, requested: `${request.requested}` };
  }
  const initial = orNothing(() => readConnectInitial(bytes));
  return (
    initial && {
      clientName: initial.clientName,
      width: `${initial.desktopWidth}`,
      height: `${initial.desktopHeight}`,
      methods: littleEndian(initial.encryptionMethods ?? 0),
      serverSelected: `${initial.selectedProtocol}`,
      channelNames: initial.channels.join(','),
      versionMinor: `${initial.version >>> 16}`,
    }
  );
}

function serverMessage(bytes: Buffer): Said | undefined {
  const confirmation = orNothing(() => readConnectionConfirm(bytes));
  if (confirmation?.kind === 'selected') {
    return { selected: `${confirmation.selected}`, flags: `${confirmation.flags}` };
  }
  if (confirmation?.kind === 'failed') return { failure: `${confirmation.code}` };
  const response = orNothing(() => readConnectResponse(takeTpkt(bytes, 0xffff)?.value ?? bytes));
  if (response?.kind !== 'connected') return undefined;
  const { security, network, version } = response.data;
  const hasKey = security !== undefined && security.randomLength > 0;
  return {
    method: `${security?.method}`,
    level: `${security?.level}`,
    randomLength: hasKey ? `${security.randomLength}` : '',
    certificateLength: hasKey ? `${security.certificateLength}` : '',
    channelIds: [network?.ioChannel, ...(network?.channels ?? [])].join(','),
    versionMinor: `${version >>> 16}`,
  };
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function littleEndian(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
}

/** Digests: a difference is not to fill the screen. */
interface Directions {
  readonly stream: number;
  readonly client: string;
  readonly server: string;
}

function bothDirections(stream: TcpStream, index: number): Directions {
  const digestOf = (segments: TcpStream['client']) =>
    digest(Buffer.concat(segments.map(({ bytes }) => bytes)));
  return { stream: index, client: digestOf(stream.client), server: digestOf(stream.server) };
}

/** What tshark puts together; a line of the side that did not begin is set off by a tab. */
function followedStream(part: string): Directions {
  const lines = part.split('\n').filter((line) => /^\t?[0-9a-f]+$/.test(line));
  const digestOf = (isServer: boolean) => {
    const side = lines.filter((line) => line.startsWith('\t') === isServer);
    return digest(Buffer.from(side.join('').replaceAll('\t', ''), 'hex'));
  };
  const stream = Number(/tcp\.stream eq (\d+)/.exec(part)?.[1]);
  return { stream, client: digestOf(false), server: digestOf(true) };
}

function digest(bytes: Buffer): string {
  return `${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex')}`;
}
