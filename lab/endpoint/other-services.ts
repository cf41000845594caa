import type { Behaviour } from './connection.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { honestTls } from './tls.ts';
import { listenerCertificate } from './windows.ts';

const badRequest = [
  'HTTP/1.1 400 Bad Request',
  'Content-Type: text/html',
  'Connection: close',
  'Content-Length: 15',
  '',
  '<h1>Invalid</h1>'.slice(0, 15),
].join('\r\n');

/** Speaks first, and then waits. */
function banner(line: string): Behaviour {
  return async (connection) => {
    await connection.write(Buffer.from(line, 'latin1'));
    await connection.silence();
  };
}

/** Waits for the first bytes, and answers whatever they are. */
function answers(text: string): Behaviour {
  return async (connection) => {
    await connection.readSome();
    await connection.write(Buffer.from(text, 'latin1'));
  };
}

/** Reads lines until an empty one, as a web server does that has not seen the end of a request. */
const waitsForRequest: Behaviour = async (connection) => {
  let seen = Buffer.alloc(0);
  while (!seen.includes('\r\n\r\n')) seen = Buffer.concat([seen, await connection.readSome()]);
  await connection.write(Buffer.from(badRequest, 'latin1'));
};

/** What listens where Remote Desktop was expected. */
export const otherServices = {
  http: () => ({
    about: 'a web server that answers 400 to what it does not know',
    serve: answers(badRequest),
  }),
  'http-waiting': () => ({
    about: 'a web server that waits for the end of the request',
    serve: waitsForRequest,
  }),
  ssh: () => ({ about: 'SSH', serve: banner('SSH-2.0-OpenSSH_9.5\r\n') }),
  smtp: () => ({ about: 'SMTP', serve: banner('220 mail.lab.example ESMTP ready\r\n') }),
  ftp: () => ({ about: 'FTP', serve: banner('220 ftp.lab.example FTP server ready\r\n') }),
  vnc: () => ({ about: 'VNC', serve: banner('RFB 003.008\n') }),
  'bare-tls': () => ({
    about: 'TLS without the negotiation of RDP before it',
    serve: honestTls({ certificate: listenerCertificate('web.lab.example') }, (connection) =>
      connection.silence(),
    ),
  }),
} as const satisfies Record<string, () => EndpointLiteral>;
