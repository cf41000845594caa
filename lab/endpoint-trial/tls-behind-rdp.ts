import { createServer, type Socket } from 'node:net';
import { sendConnectionRequest } from '../real-servers/connection-request.ts';

/** What lies behind the negotiation of RDP, for programs that begin with TLS. */
export interface TlsBehindRdp extends AsyncDisposable {
  readonly port: number;
}

/** Says the Connection Request for whoever connects, and passes on what follows the Connection Confirm. */
export async function tlsBehindRdp(port: number, requestedProtocols: number): Promise<TlsBehindRdp> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    client.pause();
    open.add(client);
    client.on('error', () => {});
    void sendConnectionRequest(port, requestedProtocols).then(({ socket }) => {
      open.add(socket);
      socket.removeAllListeners('data');
      socket.on('error', () => client.destroy());
      client.on('close', () => socket.destroy());
      client.pipe(socket).pipe(client);
    });
  });
  const chosen = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    port: chosen,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
