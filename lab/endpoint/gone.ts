import type { Behaviour, Connection } from './connection.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { protocol, rdpFront, readConnectionRequest } from './rdp.ts';
import { readTlsRecord } from './tls-bytes.ts';

const close: Behaviour = async (connection) => connection.close();
const reset: Behaviour = async (connection) => connection.reset();
const silence: Behaviour = (connection) => connection.silence();

/** Confirms CredSSP or TLS, whichever is asked, and then does something else than TLS. */
export function afterConfirm(
  afterwards: (connection: Connection, selected: number) => Promise<void>,
): Behaviour {
  return rdpFront(
    (requested) => ({ selected: requested & protocol.hybrid ? protocol.hybrid : protocol.tls }),
    afterwards,
  );
}

/** Lets a ClientHello come whole, and then does what `afterwards` says. */
export function afterClientHello(afterwards: Behaviour): Behaviour {
  return afterConfirm(async (connection) => {
    await readTlsRecord(connection);
    await afterwards(connection);
  });
}

function afterRequest(afterwards: Behaviour): Behaviour {
  return async (connection) => {
    await readConnectionRequest(connection);
    await afterwards(connection);
  };
}

/** Servers that go away, or say nothing, at one step or another. */
export const gone = {
  silent: () => ({ about: 'accepts and stays silent', serve: silence }),
  'closes-at-once': () => ({ about: 'closes as soon as it has accepted', serve: close }),
  'resets-at-once': () => ({ about: 'resets as soon as it has accepted', serve: reset }),
  'closes-at-request': () => ({ about: 'closes at the Connection Request', serve: afterRequest(close) }),
  'resets-at-request': () => ({ about: 'resets at the Connection Request', serve: afterRequest(reset) }),
  'closes-after-confirm': () => ({
    about: 'closes after its Connection Confirm',
    serve: afterConfirm(close),
  }),
  'resets-after-confirm': () => ({
    about: 'resets after its Connection Confirm',
    serve: afterConfirm(reset),
  }),
  'closes-at-client-hello': () => ({ about: 'closes at the ClientHello', serve: afterClientHello(close) }),
  'resets-at-client-hello': () => ({ about: 'resets at the ClientHello', serve: afterClientHello(reset) }),
  'silent-at-client-hello': () => ({
    about: 'stays silent at the ClientHello',
    serve: afterClientHello(silence),
  }),
} as const satisfies Record<string, () => EndpointLiteral>;
