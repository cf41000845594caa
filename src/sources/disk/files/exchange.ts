import type { ClientRequest, IncomingMessage } from 'node:http';
import { networkError } from './network-errors.ts';
import { Setback } from './setback.ts';
import { TargetError } from './target-error.ts';

/** Takes the body as it comes; what it throws ends the exchange. */
export type Sink = (chunk: Buffer) => void;

export interface ExchangeLimits {
  /** For the whole exchange, body included, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Sends a request and hands the head of the response to `accept`, and the body to the sink that it returns;
 * what it throws ends the exchange, body unread. Rejects with `Setback` where another attempt may help, with
 * `TargetError` where not. When it settles, nothing of it is left: no timer, no listener, no half-read body.
 */
export function exchange(
  request: ClientRequest,
  limits: ExchangeLimits,
  accept: (response: IncomingMessage) => Sink,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let settled = false;
  const timer = setTimeout(() => fail(tooSlow()), limits.timeout);
  const abort = () => fail(abortedError());

  function release(): void {
    settled = true;
    clearTimeout(timer);
    limits.signal.removeEventListener('abort', abort);
  }

  function fail(error: unknown): void {
    if (settled) return;
    release();
    request.destroy();
    reject(error);
  }

  function receive(response: IncomingMessage): void {
    const sink = accept(response);
    response.on('data', (chunk: Buffer) => guarded(() => sink(chunk)));
    response.on('error', () => fail(cutShort()));
    response.on('end', () => {
      if (!response.complete) return fail(cutShort());
      release();
      resolve();
    });
  }

  function guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      fail(error);
    }
  }

  request.on('response', (response) => guarded(() => receive(response)));
  request.on('error', (error) => fail(networkError(error)));
  request.on('close', () => fail(cutShort()));
  limits.signal.addEventListener('abort', abort);
  if (limits.signal.aborted) abort();
  else request.end();
  return promise;
}

export function abortedError(): TargetError {
  return new TargetError('aborted', 'reading it was ended early');
}

function tooSlow(): Setback {
  return new Setback(new TargetError('timeout', 'the server takes too long to answer'));
}

function cutShort(): Setback {
  return new Setback(
    new TargetError('unreachable', 'the server cut the connection in the middle of an answer'),
  );
}
