import type { Behaviour } from './connection.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { disconnectUltimatum, mcsConnect } from './mcs.ts';
import { type Choice, connectionConfirm, failure, protocol, rdpFront, readConnectionRequest } from './rdp.ts';
import { honestTls } from './tls.ts';
import { listenerCertificate } from './windows.ts';

/** EXTENDED_CLIENT_DATA_SUPPORTED, and nothing else. */
const oldFlags = 0x01;

const standardMcs = mcsConnect({ version: 0x00080004, encryptionLevel: 2 });
const tls = { certificate: listenerCertificate('xrdp.lab.example') };
const tlsMcs = honestTls(tls, mcsConnect({ version: 0x00080004, encryptionLevel: 0 }));

/** Whatever was selected: MCS inside TLS, or under standard security. */
function anySecurity(choose: (requested: number) => Choice): Behaviour {
  return rdpFront(
    choose,
    (connection, selected) => (selected === protocol.standard ? standardMcs(connection) : tlsMcs(connection)),
    oldFlags,
  );
}

function failing(code: number): Behaviour {
  return rdpFront(
    () => ({ failure: code }),
    async () => {},
  );
}

/** As xrdp 0.9.21 was seen to: a bit of 0x10 is answered by a MCS disconnect; CredSSP is not known. */
function asXrdp(choose: (requested: number) => Choice): Behaviour {
  return anySecurity((requested) =>
    requested & protocol.entra ? { instead: disconnectUltimatum } : choose(requested),
  );
}

/** Never any negotiation data, as Windows XP and Server 2003 before SP1. */
const withoutNegotiation: Behaviour = async (connection) => {
  await readConnectionRequest(connection);
  await connection.write(connectionConfirm());
  await standardMcs(connection);
};

/** What a server can answer to a Connection Request besides what was hoped for. */
export const negotiation = {
  'fails-ssl-required': () => ({ about: 'failure 1: TLS is required', serve: failing(failure.sslRequired) }),
  'fails-ssl-not-allowed': () => ({
    about: 'failure 2: standard security only',
    serve: failing(failure.sslNotAllowed),
  }),
  'fails-no-certificate': () => ({
    about: 'failure 3: it has no certificate',
    serve: failing(failure.sslCertNotOnServer),
  }),
  'fails-inconsistent-flags': () => ({
    about: 'failure 4: inconsistent flags',
    serve: failing(failure.inconsistentFlags),
  }),
  'fails-hybrid-required': () => ({
    about: 'failure 5: CredSSP is required',
    serve: failing(failure.hybridRequired),
  }),
  'fails-user-auth-required': () => ({
    about: 'failure 6: TLS with a client certificate is required',
    serve: failing(failure.sslWithUserAuthRequired),
  }),
  'fails-unknown': () => ({ about: 'failure 4711: no such code', serve: failing(4711) }),
  'no-negotiation-data': () => ({
    about: 'an old server: a Connection Confirm without negotiation data, then standard security',
    serve: withoutNegotiation,
  }),
  'selects-standard-always': () => ({
    about: 'selects standard security whatever is asked, as xrdp without a certificate',
    serve: asXrdp(() => ({ selected: protocol.standard })),
  }),
  xrdp: () => ({
    about: 'xrdp that negotiates: TLS where it is asked for, else standard security; no CredSSP',
    serve: asXrdp((requested) => ({ selected: requested & protocol.tls })),
  }),
  'xrdp-tls': () => ({
    about: 'xrdp that requires TLS; no CredSSP',
    serve: asXrdp((requested) =>
      requested & protocol.tls ? { selected: protocol.tls } : { failure: failure.sslRequired },
    ),
  }),
  'selects-unasked': () => ({
    about: 'selects CredSSP with early authorization whatever is asked',
    serve: anySecurity(() => ({ selected: protocol.hybridEx })),
  }),
  'selects-unknown': () => ({
    about: 'selects a protocol that does not exist',
    serve: anySecurity(() => ({ selected: 0x40 })),
  }),
  disconnects: () => ({
    about: 'answers every Connection Request by a MCS disconnect',
    serve: anySecurity(() => ({ instead: disconnectUltimatum })),
  }),
} as const satisfies Record<string, () => EndpointLiteral>;
