import { connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of a server's bytes on their way to the client. */
export type Tampering = (bytes: Buffer, toClient: Socket) => Buffer | undefined;

/** A TCP relay on 127.0.0.1 in front of a port there. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** Every pair of sockets that is open. */
  readonly open: ReadonlySet<Socket>;
}

/**
 * Passes everything on; what comes from the server goes through what `tamper` makes for each connection, and so does what
 * comes from the client where `tamperWithClient` is told. Undefined is passed on to nobody.
 */
export async function startRelay(
  to: number,
  tamper: () => Tampering = untouched,
  tamperWithClient: () => Tampering = untouched,
): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const behind = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const [toClient, toServer] = [tamper(), tamperWithClient()];
    pass(behind, client, (bytes) => toClient(bytes, client));
    pass(client, behind, (bytes) => toServer(bytes, client));
    for (const socket of [client, behind]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
  });
  const port = await listening(server);
  return {
    port,
    open,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

const untouched = (): Tampering => (bytes) => bytes;

function pass(from: Socket, to: Socket, through: (bytes: Buffer) => Buffer | undefined): void {
  from.on('data', (bytes) => {
    const passed = through(bytes);
    if (passed && to.writable) to.write(passed);
  });
  from.on('end', () => to.end());
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
