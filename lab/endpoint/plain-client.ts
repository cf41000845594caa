import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** How listening ended: with enough, with the other side's end, or with the patience. */
export type Ending = 'enough' | 'closed' | 'reset' | 'silence';

/** What was heard of a server, and how that ended. */
export interface Heard {
  readonly bytes: Buffer;
  readonly ending: Ending;
}

/** A client that knows no more of RDP than its tests do; it shares no code with what it talks to. */
export interface PlainClient {
  readonly socket: Socket;
  /** Listens until `enough` likes what has come since the last time; for that long at most, in milliseconds. */
  hear(enough: (bytes: Buffer) => boolean, patience: number): Promise<Heard>;
}

const dialled = new Set<Socket>();

/** Ends every connection that was dialled. */
export function hangUp(): void {
  for (const socket of dialled) socket.destroy();
  dialled.clear();
}

export async function dial(port: number, host = '127.0.0.1'): Promise<PlainClient> {
  const socket = connect({ port, host, allowHalfOpen: true, noDelay: true });
  dialled.add(socket);
  const client = listeningTo(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    // A server can reset so soon that connecting itself is said to have failed.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve() : reject(error),
    );
  });
  return client;
}

/** Listens to whatever is said from now on. */
export function listeningTo(socket: Socket): PlainClient {
  let heard = Buffer.alloc(0);
  let over: 'closed' | 'reset' | undefined;
  let changed = (): void => {};
  socket.on('data', (bytes: Buffer) => {
    heard = Buffer.concat([heard, bytes]);
    changed();
  });
  socket.on('end', () => {
    over ??= 'closed';
    changed();
  });
  socket.on('error', () => {
    over ??= 'reset';
    changed();
  });
  return {
    socket,
    hear(enough, patience) {
      return new Promise((resolve) => {
        const done = (ending: Ending): void => {
          clearTimeout(timer);
          const bytes = heard;
          heard = Buffer.alloc(0);
          changed = () => {};
          resolve({ bytes, ending });
        };
        const timer = setTimeout(() => done('silence'), patience);
        changed = () => {
          if (heard.length > 0 && enough(heard)) done('enough');
          else if (over) done(over);
        };
        changed();
      });
    },
  };
}

/** A Connection Request with RDP_NEG_REQ, or without where nothing is asked (MS-RDPBCGR 2.2.1.1). */
export function connectionRequest(requested?: number): Buffer {
  if (requested === undefined) return Buffer.from('0300000b06e00000000000', 'hex');
  const request = Buffer.from('030000130ee000000000000100080000000000', 'hex');
  request.writeUInt32LE(requested, 15);
  return request;
}

/** Whether the TPKT at the start is all there. */
export function wholeTpkt(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.length >= bytes.readUInt16BE(2);
}

/** Node's own ClientHello, of every version that it has, as bytes. */
export function someClientHello(): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read() {},
      write(bytes: Buffer, _encoding, done) {
        resolve(bytes);
        done();
      },
    });
    connectTls({ socket: wire, minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' });
  });
}

/** Node's TLS over a connection; any certificate will do. Rejects with Node's own error. */
export function secure(socket: Socket): Promise<TLSSocket> {
  socket.removeAllListeners('data');
  return new Promise((resolve, reject) => {
    const options = { rejectUnauthorized: false, ciphers: 'ALL:COMPLEMENTOFALL:@SECLEVEL=0' };
    const secured = connectTls({ socket, minVersion: 'TLSv1', ...options }, () => resolve(secured));
    secured.once('error', reject);
    secured.once('close', () => reject(new Error('closed')));
  });
}

/** A TSRequest of version 6 with a raw NTLM NEGOTIATE (MS-CSSP 2.2.1, MS-NLMP 2.2.1.1). */
export const ntlmNegotiate: Buffer = Buffer.concat([
  Buffer.from('3037a003020106a130302e302ca02a0428', 'hex'),
  Buffer.from('NTLMSSP\0', 'latin1'),
  Buffer.from('01000000b78208e2000000000000000000000000000000000a0063450000000f', 'hex'),
]);

/** CS_SECURITY with 40, 56 and 128 bits, and CS_NET with one channel (MS-RDPBCGR 2.2.1.3.3 and 2.2.1.3.4). */
const clientBlocks = Buffer.from('02c00c000b0000000000000003c0140001000000726470647200000000008080', 'hex');

/** DomainParameters, three times: target, minimum, maximum (T.125, 7). */
const domainParameters = Buffer.from(
  '30190201220201020201000201010201000201010202ffff020102'.repeat(3),
  'hex',
);

/** MCS Connect Initial around a GCC ConferenceCreateRequest (MS-RDPBCGR 2.2.1.3). */
export const mcsConnectInitial: Buffer = (() => {
  const request = Buffer.concat([
    Buffer.from('000800100001c00044756361', 'hex'),
    Buffer.from([clientBlocks.length]),
    clientBlocks,
  ]);
  const connectData = Buffer.concat([
    Buffer.from('000500147c0001', 'hex'),
    Buffer.from([request.length]),
    request,
  ]);
  const content = Buffer.concat([
    Buffer.from('0401010401010101ff', 'hex'),
    domainParameters,
    Buffer.from([0x04, connectData.length]),
    connectData,
  ]);
  const header = Buffer.from([
    3,
    0,
    0,
    content.length + 12,
    2,
    0xf0,
    0x80,
    0x7f,
    0x65,
    0x82,
    0,
    content.length,
  ]);
  return Buffer.concat([header, content]);
})();

/** Asks, and hears the Connection Confirm, or what comes in its place. */
export async function confirmed(
  port: number,
  requested?: number,
): Promise<{ client: PlainClient; confirm: Buffer }> {
  const client = await dial(port);
  client.socket.write(connectionRequest(requested));
  return { client, confirm: (await client.hear(wholeTpkt, 10_000)).bytes };
}

/** Node's TLS after a Connection Confirm, and a NEGOTIATE in it. */
export async function negotiated(port: number): Promise<{ secured: TLSSocket; inner: PlainClient }> {
  const secured = await secure((await confirmed(port, 11)).client.socket);
  const inner = listeningTo(secured);
  secured.write(ntlmNegotiate);
  return { secured, inner };
}

/** Whether a NTLM CHALLENGE has come. */
export const wholeChallenge = (bytes: Buffer): boolean =>
  bytes.includes('NTLMSSP\0\u0002') && bytes.length > 80;
