import type { Behaviour } from './connection.ts';
import { credssp } from './credssp.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { afterClientHello, afterConfirm } from './gone.ts';
import { protocol } from './rdp.ts';
import { honestTls } from './tls.ts';
import { alert } from './tls-bytes.ts';
import { domainMember, listenerCertificate } from './windows.ts';

/** AlertDescription (RFC 8446, 6; RFC 5246, 7.2), and one that nobody has assigned. */
const descriptions = {
  'close-notify': 0,
  'unexpected-message': 10,
  'bad-record-mac': 20,
  'record-overflow': 22,
  'handshake-failure': 40,
  'bad-certificate': 42,
  'unsupported-certificate': 43,
  'certificate-revoked': 44,
  'certificate-expired': 45,
  'certificate-unknown': 46,
  'illegal-parameter': 47,
  'unknown-ca': 48,
  'access-denied': 49,
  'decode-error': 50,
  'decrypt-error': 51,
  'protocol-version': 70,
  'insufficient-security': 71,
  'internal-error': 80,
  'inappropriate-fallback': 86,
  'user-canceled': 90,
  'missing-extension': 109,
  'unsupported-extension': 110,
  'unrecognized-name': 112,
  'certificate-required': 116,
  'no-application-protocol': 120,
  unknown: 199,
} as const;

const warning = 1;
const fatal = 2;

/** Answers a ClientHello by an alert, and closes. */
export function alertAtClientHello(level: number, description: number): Behaviour {
  return afterClientHello((connection) => connection.write(alert(level, description)));
}

type AlertName = `alert-${keyof typeof descriptions}`;

const fatalAlerts = Object.fromEntries(
  Object.entries(descriptions).map(([name, description]) => [
    `alert-${name}`,
    () => ({
      about: `answers the ClientHello by the fatal alert ${description}`,
      serve: alertAtClientHello(fatal, description),
    }),
  ]),
) as Record<AlertName, () => EndpointLiteral>;

const identity = domainMember('SRV2022', 10, 0, 20348);
const honest = honestTls({ certificate: listenerCertificate(identity.dnsComputer) }, credssp(6, identity));

/** A warning is no end: what an honest server says follows it. */
const warnsThenShakesHands = afterConfirm(async (connection) => {
  await connection.peek(5);
  await connection.write(alert(warning, descriptions['unrecognized-name']));
  await honest(connection);
});

const onlyForTls = afterConfirm(async (connection, selected) => {
  if (selected === protocol.tls) return honest(connection);
  await connection.peek(5);
  await connection.write(alert(fatal, descriptions['internal-error']));
});

/** Servers that refuse TLS by an alert. */
export const alerts = {
  ...fatalAlerts,
  'warning-close-notify': () => ({
    about: 'answers the ClientHello by the warning close_notify',
    serve: alertAtClientHello(warning, descriptions['close-notify']),
  }),
  'warning-handshake-failure': () => ({
    about: 'answers the ClientHello by handshake_failure as a mere warning, and closes',
    serve: alertAtClientHello(warning, descriptions['handshake-failure']),
  }),
  'warning-then-handshake': () => ({
    about: 'warns that it does not know the name, and then does TLS as it should be',
    serve: warnsThenShakesHands,
  }),
  'alert-then-reset': () => ({
    about: 'answers the ClientHello by internal_error and resets',
    serve: afterClientHello(async (connection) => {
      await connection.write(alert(fatal, descriptions['internal-error']));
      await connection.pause(50);
      connection.reset();
    }),
  }),
  'alert-for-credssp-only': () => ({
    about: 'refuses TLS by internal_error where CredSSP was selected, and does it where TLS was',
    serve: onlyForTls,
  }),
} as const satisfies Record<string, () => EndpointLiteral>;
