import { alerted, endsInTls, hello } from '../../../lab/world/network-answers.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { type EndpointWorld, endsAt, notOffered, put, seen } from '../../../lab/world/network-world.ts';
import type { TlsAttempt, TlsSupport } from '../../model/endpoint.ts';
import type { TlsVersion } from '../../wire/tls/index.ts';
import { tlsRefused } from './tls-refused.ts';

const everyVersion: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

function first(endpoint: EndpointWorld, attempt: TlsAttempt, rest: Partial<TlsSupport> = {}): void {
  put(endpoint, 'tls', { alone: [], handshake: undefined, ...rest, first: attempt });
  endsAt(endpoint, 'tls');
}

/** Each usual alert with its name and with what must be said of it. */
const alerts: readonly (readonly [number, string, string | RegExp])[] = [
  [0, 'close_notify', 'in good order'],
  [10, 'unexpected_message', 'could not make sense'],
  [40, 'handshake_failure', 'cipher suites'],
  [47, 'illegal_parameter', 'could not make sense'],
  [49, 'access_denied', 'a rule about who may connect'],
  [50, 'decode_error', 'could not make sense'],
  [70, 'protocol_version', 'every version of TLS is turned off'],
  [71, 'insufficient_security', 'FIPS'],
  [80, 'internal_error', /private key.*Network Level Authentication/],
  [112, 'unrecognized_name', 'knows no machine by the name'],
  [116, 'certificate_required', 'every client is refused'],
  [255, 'unknown', 'every client is refused'],
];

describeNetworkCheck(tlsRefused, {
  troubles: [
    ...alerts.map(([number, name, says]) => ({
      name: `alert ${number}`,
      verdict: 'fault' as const,
      says: [`refuses TLS: ${name} (alert ${number})`, says, '36874'],
      plant(endpoint: EndpointWorld): void {
        put(endpoint, 'reachability', { name: 'rdp01.example.com' });
        first(endpoint, alerted(everyVersion, number));
      },
    })),
    ...['10.0.0.4', '2001:db8::4'].map((name) => ({
      name: `unrecognized_name to ${name}, which is no name`,
      verdict: 'fault' as const,
      certainty: 'likely' as const,
      says: ['unrecognized_name (alert 112)', 'an address is not sent along as a name', 'Ask by the name'],
      plant(endpoint: EndpointWorld): void {
        put(endpoint, 'reachability', { name });
        first(endpoint, alerted(everyVersion, 112));
      },
    })),
    {
      name: 'an alert after the ServerHello',
      verdict: 'fault',
      says: ['internal_error (alert 80)', 'a ServerHello for TLS 1.2, then the alert internal_error'],
      plant(endpoint) {
        const attempt = hello(everyVersion, 'TLS 1.2', 0xc030);
        const alert = { level: 2, description: 80 };
        const flight = { ...attempt.flight, complete: false, alert } as TlsAttempt['flight'];
        first(endpoint, { ...attempt, flight });
      },
    },
    {
      name: 'an alert with every version together, an answer to TLS 1.2 alone',
      verdict: 'fault',
      says: ['offers nothing but TLS 1.2 is answered well'],
      plant: (endpoint) =>
        first(endpoint, alerted(everyVersion, 50), { alone: [hello(['TLS 1.2'], 'TLS 1.2', 0xc030)] }),
    },
    {
      name: 'an alert to the whole handshake of a library',
      verdict: 'fault',
      certainty: 'likely',
      says: ['breaks off the TLS handshake: decrypt_error', 'private key'],
      plant: (endpoint) =>
        first(endpoint, seen(endpoint, 'tls').first, {
          alone: seen(endpoint, 'tls').alone,
          handshake: { kind: 'broken', detail: 'ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR' },
        }),
    },
  ],
  healthy: [
    {
      name: 'only standard security is offered',
      alter: (endpoint) => notOffered(endpoint, 'tls', 'cipher-suites', 'certificate', 'nla'),
    },
    {
      name: 'dropped without an alert: dropped-at-tls speaks',
      alter: (endpoint) => first(endpoint, endsInTls(everyVersion, 'reset')),
    },
    ...[40, 47, 80].map((number) => ({
      name: `alert ${number} to what only looks, and a library's whole handshake stands`,
      alter: (endpoint: EndpointWorld) => put(endpoint, 'tls', { first: alerted(everyVersion, number) }),
    })),
    {
      name: 'the handshake of a library broke without an alert: dropped-at-tls speaks',
      alter: (endpoint) => put(endpoint, 'tls', { handshake: { kind: 'broken', detail: 'silence' } }),
    },
    {
      name: 'TLS 1.3 first asks for another key share',
      alter: (endpoint) =>
        put(endpoint, 'tls', {
          first: {
            versions: everyVersion,
            milliseconds: 2,
            flight: { kind: 'hello-retry-request', suite: 0x1301, group: 0x17, bytes: Buffer.of(0x16) },
          },
        }),
    },
  ],
  blind: [{ name: 'the connection did not get to TLS', blind: ['tls'] }],
});
