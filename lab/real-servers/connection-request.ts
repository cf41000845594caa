import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection after its Connection Confirm, and that Connection Confirm. */
export interface Confirmed {
  readonly socket: Socket;
  readonly confirm: Buffer;
}

/** TPKT, X.224 Connection Request and RDP_NEG_REQ (MS-RDPBCGR 2.2.1.1) as bytes written down by hand. */
export async function sendConnectionRequest(port: number, requestedProtocols: number): Promise<Confirmed> {
  const socket = connect(port, '127.0.0.1');
  const protocols = requestedProtocols.toString(16).padStart(2, '0');
  socket.write(Buffer.from(`030000130ee0000000000001000800${protocols}000000`, 'hex'));
  let confirm = Buffer.alloc(0);
  while (confirm.length < 19) {
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    confirm = Buffer.concat([confirm, bytes]);
  }
  return { socket, confirm };
}
