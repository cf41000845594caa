import net from 'node:net';
import type { Duplex } from 'node:stream';
import type { TcpOutcome } from '../../model/endpoint.ts';
import type { Arrival, Dialogue, Ending } from '../../wire/dialogue.ts';
import { clock } from './clock.ts';
import { alertIn, type Offering, startTls, type TlsChannel } from './tls-channel.ts';

/** A TCP connection that was tried. */
export interface Attempt {
  readonly tcp: TcpOutcome;
  readonly milliseconds: number;
  readonly detail: string;
  /** Undefined unless it is open. */
  readonly connection: Connection | undefined;
}

/** Opens a connection; it is given up at `until`. Never rejects. */
export function connect(address: string, port: number, until: number): Promise<Attempt> {
  return new Promise((resolve) => {
    const start = clock();
    // A half-closed connection may still be answered on: the end of the other side alone ends nothing here.
    const socket = net.connect({ host: address, port, allowHalfOpen: true, noDelay: true });
    const timer = setTimeout(() => settle('timed-out', ''), Math.max(until - start, 0));
    function settle(tcp: TcpOutcome, detail: string, ending?: Ending): void {
      clearTimeout(timer);
      socket.removeAllListeners();
      const milliseconds = clock() - start;
      if (tcp === 'open') {
        resolve({ tcp, milliseconds, detail, connection: new Connection(socket, ending) });
        return;
      }
      socket.on('error', ignored);
      socket.destroy();
      resolve({ tcp, milliseconds, detail, connection: undefined });
    }
    socket.once('connect', () => settle('open', ''));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // A SYN that is turned away is ECONNREFUSED: this one was accepted, and reset before anyone looked.
      if (error.code === 'ECONNRESET') settle('open', '', 'reset');
      else settle(tcpOutcome(error.code), detailOf(error));
    });
  });
}

function ignored(): void {}

const outcomes: Readonly<Record<string, TcpOutcome>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
};

function tcpOutcome(code: string | undefined): TcpOutcome {
  return outcomes[code ?? ''] ?? 'not-tried';
}

function detailOf({ code, message }: NodeJS.ErrnoException): string {
  return code ?? message;
}

/** Milliseconds: more than a server on the same network takes to see the end of a connection. */
const lastMoment = 25;

/** An open connection, on which dialogues are held one after the other. */
export class Connection {
  readonly #socket: net.Socket;
  #stream: Duplex;
  #ending: Ending | undefined;
  #wake: (() => void) | undefined;
  #alert: string | undefined;

  /** The TLS alert that ended it, once TLS stood: `internal_error`. */
  get alert(): string | undefined {
    return this.#alert;
  }

  /** `ending`: how it has ended already. */
  constructor(socket: net.Socket, ending: Ending | undefined) {
    this.#socket = socket;
    this.#stream = socket;
    this.#ending = ending;
    this.#listen(socket);
  }

  /** Holds a dialogue to its outcome; it is told `too-late` at `until`. */
  async converse<Outcome>(dialogue: Dialogue<Outcome>, until: number): Promise<Outcome> {
    let step = dialogue.next();
    while (!step.done) {
      if (step.value.length > 0) this.#send(step.value);
      step = dialogue.next(await this.#arrival(until));
    }
    return step.value;
  }

  /** Puts TLS over the connection: later dialogues are held inside it. */
  async startTls(serverName: string | undefined, offering: Offering, until: number): Promise<TlsChannel> {
    this.#stream.removeAllListeners();
    const channel = await startTls(this.#socket, serverName, offering, until);
    if (channel.kind === 'up') {
      this.#stream = channel.stream;
      this.#listen(channel.stream);
    }
    return channel;
  }

  /** Ends what is being waited for here, as if its time were up. */
  giveUp(): void {
    this.#end('too-late');
  }

  /**
   * Ends the connection and waits, for a moment, until the other side has ended it too: before that it still counts as one
   * that is open there.
   */
  async finish(): Promise<void> {
    const until = clock() + lastMoment;
    if (!this.#ending && !this.#stream.destroyed) this.#stream.end();
    while (!this.#ending && !this.#stream.destroyed && clock() < until) {
      this.#stream.read();
      await this.#change(until);
    }
    this.close();
  }

  close(): void {
    for (const stream of new Set([this.#stream, this.#socket])) {
      stream.removeAllListeners();
      stream.on('error', ignored);
      stream.destroy();
    }
  }

  #listen(stream: Duplex): void {
    stream.on('readable', () => this.#wake?.());
    stream.on('end', () => this.#end('closed'));
    stream.on('close', () => this.#end('closed'));
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#alert ??= alertIn(error);
      this.#end(error.code === 'ETIMEDOUT' ? 'too-late' : 'reset');
    });
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    this.#wake?.();
  }

  #send(bytes: Uint8Array): void {
    if (this.#stream.writable) this.#stream.write(bytes);
  }

  /** The next thing that happens. Bytes are read only when they are asked for: a flood stays with the system. */
  async #arrival(until: number): Promise<Arrival> {
    for (;;) {
      const bytes: Buffer | null = this.#stream.read();
      if (bytes) return { kind: 'bytes', bytes, at: clock() };
      if (this.#ending) return { kind: this.#ending, at: clock() };
      if (clock() >= until) return { kind: 'too-late', at: clock() };
      await this.#change(until);
    }
  }

  #change(until: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(until - clock(), 1));
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
