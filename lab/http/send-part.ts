import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Content } from './content.ts';
import type { Fault } from './faults.ts';
import type { SeenRequest } from './range-server.ts';

export interface Manner {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly fault: Fault | undefined;
}

/** Answers one request as RFC 9110 has it, or with a fault. */
export async function sendPart(
  content: Content,
  request: SeenRequest,
  response: ServerResponse,
  manner: Manner,
  signal: AbortSignal,
): Promise<void> {
  const { fault } = manner;
  switch (fault?.kind) {
    case 'silent':
      return;
    case 'garbage':
      response.socket?.end('SSH-2.0-lab\r\n');
      return;
    case 'status':
      response
        .writeHead(fault.status, {
          ...fault.headers,
          'content-length': fault.headers?.['content-length'] ?? 0,
        })
        .end();
      return;
    case 'no-ranges':
      response.writeHead(200, { 'content-length': content.size });
      await sendBody(content, response, { first: 0, last: content.size - 1 });
      return;
    case 'reset':
      if (fault.after === undefined) return reset(response);
  }
  const range = rangeOf(request.range, content.size);
  if (!range) {
    response.writeHead(416, { 'content-range': `bytes */${content.size}`, 'content-length': 0 }).end();
    return;
  }
  const version = {
    etag: manner.etag,
    lastModified: manner.lastModified,
    ...(fault?.kind === 'version' ? fault : {}),
  };
  if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== version.etag) {
    response.writeHead(412, { 'content-length': 0 }).end();
    return;
  }
  await sendFaultyPart(content, response, range, version, fault, signal);
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** The range that a `Range` header asks for, as far as the file goes; undefined where it cannot be had. */
function rangeOf(header: string | undefined, size: number): Span | undefined {
  const fields = /^bytes=(\d+)-(\d*)$/.exec(header ?? 'bytes=0-');
  if (!fields) return undefined;
  const first = Number(fields[1]);
  const last = Math.min(fields[2] ? Number(fields[2]) : size - 1, size - 1);
  return first <= last ? { first, last } : undefined;
}

async function sendFaultyPart(
  content: Content,
  response: ServerResponse,
  asked: Span,
  version: Pick<Manner, 'etag' | 'lastModified'>,
  fault: Fault | undefined,
  signal: AbortSignal,
): Promise<void> {
  const last = fault?.kind === 'short' ? Math.min(asked.last, asked.first + fault.bytes - 1) : asked.last;
  const span = { first: asked.first, last };
  response.statusCode = 206;
  if (version.etag !== undefined) response.setHeader('etag', version.etag);
  if (version.lastModified !== undefined) response.setHeader('last-modified', version.lastModified);
  const contentRange =
    fault?.kind === 'content-range' ? fault.value : `bytes ${span.first}-${span.last}/${content.size}`;
  if (contentRange !== undefined) response.setHeader('content-range', contentRange);
  if (fault?.kind === 'compressed') response.setHeader('content-encoding', 'gzip');
  if (fault?.kind !== 'overrun') response.setHeader('content-length', span.last + 1 - span.first);
  response.flushHeaders();
  switch (fault?.kind) {
    case 'reset':
    case 'truncate':
      response.write(content.read(span.first, fault.after ?? 0));
      await sleep(20, undefined, { signal });
      if (fault.kind === 'reset') reset(response);
      else response.socket?.end();
      return;
    case 'dribble':
      return dribble(content, response, span, fault);
    case 'overrun':
      response.write(content.read(span.first, span.last + 1 - span.first));
      response.end(Buffer.alloc(fault.bytes));
      return;
    default:
      return sendBody(content, response, span);
  }
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

async function dribble(
  content: Content,
  response: ServerResponse,
  { first, last }: Span,
  { bytes, everyMilliseconds }: { readonly bytes: number; readonly everyMilliseconds: number },
): Promise<void> {
  for (let offset = first; offset <= last && !response.destroyed; offset += bytes) {
    response.write(content.read(offset, Math.min(bytes, last + 1 - offset)));
    await sleep(everyMilliseconds);
  }
  response.end();
}

const piece = 256 * 1024;

async function sendBody(content: Content, response: ServerResponse, { first, last }: Span): Promise<void> {
  for (let offset = first; offset <= last && !response.destroyed; offset += piece) {
    const flowing = response.write(content.read(offset, Math.min(piece, last + 1 - offset)));
    if (!flowing) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.on('drain', go);
    response.on('close', go);
  });
}
