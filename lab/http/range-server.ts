import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { bufferContent, type Content, fileContent } from './content.ts';
import type { Fault } from './faults.ts';
import { sendPart } from './send-part.ts';

export interface ServeOptions {
  /** Waits so long before it answers, in milliseconds. */
  readonly latency?: number;
  /** Undefined for no `ETag` at all. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** What goes wrong with a request; they are numbered from 0 in the order they come in. */
  readonly fault?: ((request: SeenRequest) => Fault | undefined) | undefined;
  /** Serves https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Behind the file's name in the `url`, with its question mark. */
  readonly query?: string;
}

/** One request as it came in. */
export interface SeenRequest {
  readonly index: number;
  /** Path and query string. */
  readonly target: string;
  readonly range: string | undefined;
  readonly headers: IncomingMessage['headers'];
  /** Requests that were being answered when it came, itself among them. */
  readonly inFlight: number;
}

/** A server on the loopback interface with one file, at any path. */
export interface RangeServer {
  readonly url: string;
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
  /** Sockets that are open now. */
  openSockets(): number;
  close(): Promise<void>;
}

/** Serves a file, the bytes of a buffer or a device, in ranges: well, but for the faults that are asked for. */
export async function serveRanges(
  content: Content | Buffer | string,
  options: ServeOptions = {},
): Promise<RangeServer> {
  const served = contentOf(content);
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  let inFlight = 0;

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    inFlight++;
    response.on('close', () => inFlight--);
    const request = { ...seen(message), index: requests.length, inFlight };
    requests.push(request);
    if (options.latency) await sleep(options.latency, undefined, { signal: closing.signal });
    await sendPart(
      served,
      request,
      response,
      { ...versionOf(options), fault: options.fault?.(request) },
      closing.signal,
    );
  }

  const listener = (message: IncomingMessage, response: ServerResponse) => {
    answer(message, response).catch(() => response.destroy());
  };
  const server = options.tls ? createSecureServer(options.tls, listener) : createServer(listener);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    origin,
    url: `${origin}/images/os.vhd${options.query ?? ''}`,
    requests,
    openSockets: () => sockets.size,
    close() {
      closing.abort();
      for (const socket of sockets) socket.destroy();
      served.close?.();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function contentOf(content: Content | Buffer | string): Content {
  if (typeof content === 'string') return fileContent(content);
  return Buffer.isBuffer(content) ? bufferContent(content) : content;
}

function versionOf(options: ServeOptions): { etag: string | undefined; lastModified: string | undefined } {
  return {
    etag: 'etag' in options ? options.etag : '"lab-1"',
    lastModified: 'lastModified' in options ? options.lastModified : 'Sat, 21 Nov 2026 00:00:00 GMT',
  };
}

function seen(message: IncomingMessage): Omit<SeenRequest, 'index' | 'inFlight'> {
  return { target: message.url ?? '', range: message.headers.range, headers: message.headers };
}
