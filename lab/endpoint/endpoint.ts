import { createServer, type Server, type Socket } from 'node:net';
import { type Behaviour, Connection, Gone, type Tally } from './connection.ts';

/** A server to be: what it is in a line, and what it does with each connection. */
export interface EndpointLiteral {
  readonly about: string;
  readonly serve: Behaviour;
}

/** A server on loopback that answers, or fails to, as its literal says. */
export interface LabEndpoint {
  readonly host: string;
  readonly port: number;
  /** Accepted so far. */
  readonly connections: number;
  /** Most that were open at once. */
  readonly concurrent: number;
  /** NTLM AUTHENTICATE messages that came: each would have been an attempt to sign in. */
  readonly signIns: number;
  /** Everything that clients sent, as it came over the wire, a buffer a connection. */
  readonly received: readonly Buffer[];
  /** What of it was inside TLS, in the clear, a buffer a connection. */
  readonly decrypted: readonly Buffer[];
  /** Destroys every socket and timer at once. Throws what a behaviour itself did wrong. */
  close(): Promise<void>;
}

/** Listens on an ephemeral port of 127.0.0.1 unless told otherwise. */
export async function startEndpoint(
  literal: EndpointLiteral,
  options: { readonly host?: string; readonly port?: number } = {},
): Promise<LabEndpoint> {
  const { host = '127.0.0.1', port = 0 } = options;
  const state = new EndpointState(literal.serve);
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => state.accept(socket));
  return state.asEndpoint(server, host, await listening(server, host, port));
}

/** A port of loopback that nobody listens on: connections to it are refused. */
export async function refusingPort(host = '127.0.0.1'): Promise<number> {
  const server = createServer();
  const port = await listening(server, host, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Two servers on one port number, one an address family. */
export interface TwoFamilies {
  readonly port: number;
  readonly ipv4: LabEndpoint;
  readonly ipv6: LabEndpoint;
  close(): Promise<void>;
}

/** One behaviour on 127.0.0.1 and another one on ::1, as seen under one name. */
export async function startOnBothFamilies(
  ipv4Literal: EndpointLiteral,
  ipv6Literal: EndpointLiteral,
): Promise<TwoFamilies> {
  const ipv4 = await startEndpoint(ipv4Literal);
  try {
    const ipv6 = await startEndpoint(ipv6Literal, { host: '::1', port: ipv4.port });
    const close = async (): Promise<void> => {
      await Promise.all([ipv4.close(), ipv6.close()]);
    };
    return { port: ipv4.port, ipv4, ipv6, close };
  } catch (error) {
    await ipv4.close();
    throw error;
  }
}

function listening(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

class EndpointState {
  readonly #serve: Behaviour;
  readonly #tally: Tally = { connections: 0, concurrent: 0, signIns: 0 };
  readonly #open = new Set<Socket>();
  readonly #accepted: Connection[] = [];
  readonly #mistakes: unknown[] = [];

  constructor(serve: Behaviour) {
    this.#serve = serve;
  }

  accept(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    this.#tally.connections += 1;
    this.#tally.concurrent = Math.max(this.#tally.concurrent, this.#open.size);
    const connection = new Connection(
      socket,
      () => socket.resetAndDestroy(),
      this.#tally,
      this.#tally.connections,
    );
    this.#accepted.push(connection);
    void this.#run(connection);
  }

  async #run(connection: Connection): Promise<void> {
    try {
      await this.#serve(connection);
    } catch (error) {
      if (!(error instanceof Gone)) this.#mistakes.push(error);
    }
    connection.close();
  }

  async close(server: Server): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#open) socket.destroy();
    await closed;
    if (this.#mistakes.length > 0) throw this.#mistakes[0];
  }

  asEndpoint(server: Server, host: string, port: number): LabEndpoint {
    const tally = this.#tally;
    const accepted = this.#accepted;
    return {
      host,
      port,
      get connections() {
        return tally.connections;
      },
      get concurrent() {
        return tally.concurrent;
      },
      get signIns() {
        return tally.signIns;
      },
      get received() {
        return accepted.map((connection) => Buffer.concat(connection.received));
      },
      get decrypted() {
        return accepted.map((connection) => Buffer.concat(connection.decrypted));
      },
      close: () => this.close(server),
    };
  }
}
