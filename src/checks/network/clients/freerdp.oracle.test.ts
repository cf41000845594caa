import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWithOracle } from '../../../../lab/oracle.ts';
import { suiteName } from '../../../wire/tls/index.ts';
import { clients } from './index.ts';

/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV is no suite. */
const scsv = 0x00ff;
const freerdp = clients.find(({ name }) => name === 'freerdp');

interface Heard {
  /** requestedProtocols of each Connection Request; 0 for one without negotiation data. */
  readonly requests: number[];
  readonly suites: string[];
}

// Held against FreeRDP 2 and OpenSSL 3, the ones that distributions have.
describeWithOracle('what FreeRDP is said to offer', ['xfreerdp', 'Xvfb'], () => {
  vi.setConfig({ testTimeout: 30_000 });

  let screen: ChildProcess;
  let display: string;

  beforeAll(async () => {
    screen = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const [number] = await once(screen.stdio[3] as NodeJS.ReadableStream, 'data');
    display = `:${String(number).trim()}`;
  });

  afterAll(() => {
    screen.kill();
  });

  it.each([2, 3, 5])('its requests after failure %i', async (code) => {
    const { requests } = await hear(display, confirm(3, code));
    const { request, retry } = freerdp ?? {};
    expect(requests).toEqual([request, ...(retry === 'unknown' ? [] : (retry?.requests ?? []))]);
  });

  it('its cipher suites', async () => {
    const { suites } = await hear(display, confirm(2, 1));
    expect(suites.sort()).toEqual([...(freerdp?.tls.suites.keys() ?? [])].sort());
  });
});

/** A Connection Confirm with RDP_NEG_RSP (2) or RDP_NEG_FAILURE (3). */
function confirm(type: number, value: number): Buffer {
  return Buffer.from([3, 0, 0, 19, 14, 0xd0, 0, 0, 0, 0, 0, type, 0, 8, 0, value, 0, 0, 0]);
}

/** Answers every Connection Request alike, and ends each connection after the ClientHello. */
async function hear(display: string, answer: Buffer): Promise<Heard> {
  const heard: Heard = { requests: [], suites: [] };
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (request) => {
      heard.requests.push(requestedProtocols(request));
      socket.once('data', (hello) => {
        heard.suites.push(...suitesIn(hello));
        socket.destroy();
      });
      socket.write(answer);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as net.AddressInfo;
  const client = spawn('xfreerdp', [`/v:127.0.0.1:${port}`, '/u:u', '/p:p', '/cert:ignore', '+auth-only'], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  });
  await once(client, 'exit');
  server.close();
  return heard;
}

function requestedProtocols(request: Buffer): number {
  const data = request.subarray(-8);
  return data[0] === 1 && data.readUInt16LE(2) === 8 ? data.readUInt32LE(4) : 0;
}

/** The record (5), the handshake's header (4), version (2), random (32), session (1 and its length), suites. */
function suitesIn(hello: Buffer): string[] {
  const start = 44 + (hello[43] ?? 0);
  const suites = hello.subarray(start + 2, start + 2 + hello.readUInt16BE(start));
  const numbers = Array.from({ length: suites.length / 2 }, (_, index) => suites.readUInt16BE(2 * index));
  return numbers.filter((number) => number !== scsv).map(suiteName);
}
