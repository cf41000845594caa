import { alerted, endsInTls, hello } from '../../../lab/world/network-answers.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import {
  type EndpointWorld,
  endsAt,
  notOffered,
  put,
  repeated,
  seen,
} from '../../../lab/world/network-world.ts';
import type { TlsAttempt, TlsSupport } from '../../model/endpoint.ts';
import type { TlsVersion } from '../../wire/tls/index.ts';
import { droppedAtTls } from './dropped-at-tls.ts';

const everyVersion: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

/** The endpoint's TLS ends with this first flight. */
function first(endpoint: EndpointWorld, attempt: TlsAttempt, rest: Partial<TlsSupport> = {}): void {
  put(endpoint, 'tls', { alone: [], handshake: undefined, ...rest, first: attempt });
  endsAt(endpoint, 'tls');
}

/** A ServerHello, and then the end of the connection. */
function brokenHello(ending: 'closed' | 'reset' | 'too-late'): TlsAttempt {
  const attempt = hello(everyVersion, 'TLS 1.2', 0xc030);
  return { ...attempt, flight: { ...attempt.flight, complete: false, ending } as TlsAttempt['flight'] };
}

const http: TlsAttempt = {
  versions: everyVersion,
  milliseconds: 3,
  flight: { kind: 'not-tls', detail: 'no record', bytes: Buffer.from('HTTP/1.1 400 Bad Request') },
};

const ssl3: TlsAttempt = {
  versions: everyVersion,
  milliseconds: 3,
  flight: {
    kind: 'not-tls',
    detail: 'a ServerHello with version 0x0300 and suite 0x002f, which were not offered together',
    bytes: Buffer.from('160300002a020000260300', 'hex'),
  },
};

/** A ServerHello that is well, and a Certificate message that is not. */
const damagedFlight: TlsAttempt = {
  versions: everyVersion,
  milliseconds: 3,
  flight: {
    ...hello(everyVersion, 'TLS 1.2', 0xc030).flight,
    complete: false,
    detail: 'a Certificate message that ends in the middle',
  } as TlsAttempt['flight'],
};

describeNetworkCheck(droppedAtTls, {
  troubles: [
    {
      name: 'reset at the ClientHello, three times',
      verdict: 'fault',
      says: ['hangs up', 'a reset, without an alert', 'the same 3 times out of 3', '36870'],
      plant(endpoint) {
        first(endpoint, endsInTls(everyVersion, 'reset'));
        repeated(endpoint, 'TLS ClientHello', 'reset', 'reset', 'closed');
      },
    },
    {
      name: 'closed at the ClientHello, seen once',
      verdict: 'fault',
      certainty: 'likely',
      says: ['hangs up', 'closed, without an alert'],
      plant: (endpoint) => first(endpoint, endsInTls(everyVersion, 'closed')),
    },
    {
      name: 'silent at the ClientHello, twice',
      verdict: 'fault',
      says: ['falls silent', 'nothing, until the time was up'],
      plant(endpoint) {
        first(endpoint, endsInTls(everyVersion, 'too-late'));
        repeated(endpoint, 'TLS ClientHello', 'silent', 'silent');
      },
    },
    {
      name: 'dropped and silent in turn, which is no answer either way',
      verdict: 'fault',
      certainty: 'likely',
      plant(endpoint) {
        first(endpoint, endsInTls(everyVersion, 'closed'));
        repeated(endpoint, 'TLS ClientHello', 'closed', 'silent');
      },
    },
    {
      name: 'a ServerHello, and then closed',
      verdict: 'fault',
      certainty: 'likely',
      says: ['in the middle of', 'a ServerHello for TLS 1.2, then closed without an alert'],
      plant: (endpoint) => first(endpoint, brokenHello('closed')),
    },
    {
      name: 'a ServerHello, and then silence',
      verdict: 'fault',
      certainty: 'likely',
      says: [
        'falls silent in the middle of the TLS handshake',
        'a ServerHello for TLS 1.2, then nothing until the time was up',
        /^(?!.*(?:hangs up|broke off))/s,
      ],
      plant: (endpoint) => first(endpoint, brokenHello('too-late')),
    },
    {
      name: 'a whole first flight, and then silence in the handshake',
      verdict: 'fault',
      certainty: 'likely',
      says: ['falls silent in the middle of the TLS handshake', /^(?!.*(?:hangs up|broke off))/s],
      plant: (endpoint) =>
        first(endpoint, seen(endpoint, 'tls').first, {
          handshake: { kind: 'broken', detail: 'silence' },
        }),
    },
    {
      name: 'silent with every version together, answered with TLS 1.2 alone',
      verdict: 'fault',
      certainty: 'likely',
      says: ['as current clients do, gets no whole answer; one that offers nothing but TLS 1.2 is answered'],
      plant: (endpoint) =>
        first(endpoint, endsInTls(everyVersion, 'too-late'), {
          alone: [hello(['TLS 1.2'], 'TLS 1.2', 0xc030)],
        }),
    },
    {
      name: 'an answer that is no TLS',
      verdict: 'fault',
      certainty: 'likely',
      says: ['does not speak it', 'no record: 48545450', 'HTTP/1.1 400', 'netstat'],
      plant: (endpoint) => first(endpoint, http),
    },
    {
      name: 'a ServerHello for SSL 3.0',
      verdict: 'fault',
      certainty: 'likely',
      says: ['with what no client can read', 'version 0x0300', '16030000 2a020000', 'netstat'],
      plant: (endpoint) => first(endpoint, ssl3),
    },
    {
      name: 'a ServerHello, and then nothing that can be read',
      verdict: 'fault',
      certainty: 'likely',
      says: ['with what no client can read', 'a Certificate message that ends in the middle'],
      plant: (endpoint) => first(endpoint, damagedFlight),
    },
    {
      name: 'dropped with all versions together and with each alone',
      verdict: 'fault',
      certainty: 'likely',
      says: ['each version alone: a reset'],
      plant: (endpoint) =>
        first(endpoint, endsInTls(everyVersion, 'reset'), {
          alone: everyVersion.map((version) => endsInTls([version], 'reset')),
        }),
    },
    {
      name: 'dropped with every version together, answered with TLS 1.2 alone',
      verdict: 'fault',
      certainty: 'likely',
      says: ['offers nothing but TLS 1.2 is answered', 'TLS 1.3 alone: a reset'],
      plant: (endpoint) =>
        first(endpoint, endsInTls(everyVersion, 'reset'), {
          alone: [hello(['TLS 1.2'], 'TLS 1.2', 0xc030), endsInTls(['TLS 1.3'], 'reset')],
        }),
    },
    {
      name: 'a whole first flight, and then a reset of the handshake',
      verdict: 'fault',
      certainty: 'likely',
      says: ['in the middle of', 'whole handshake: ECONNRESET'],
      plant: (endpoint) =>
        first(endpoint, seen(endpoint, 'tls').first, {
          alone: seen(endpoint, 'tls').alone,
          handshake: { kind: 'broken', detail: 'ECONNRESET' },
        }),
    },
  ],
  healthy: [
    {
      name: 'only standard security is offered',
      alter: (endpoint) => notOffered(endpoint, 'tls', 'cipher-suites', 'certificate', 'nla'),
    },
    {
      name: 'an alert is told as such by tls-refused',
      alter: (endpoint) => first(endpoint, alerted(everyVersion, 40)),
    },
    ...[endsInTls(everyVersion, 'reset'), brokenHello('closed'), http].map((attempt, index) => ({
      name: `what only looks is turned down (${index}), and a library's whole handshake stands`,
      alter: (endpoint: EndpointWorld) => put(endpoint, 'tls', { first: attempt }),
    })),
    {
      name: 'a version alone is dropped: that is how some servers refuse it',
      alter(endpoint) {
        const { alone } = seen(endpoint, 'tls');
        put(endpoint, 'tls', { alone: [endsInTls(['TLS 1.0'], 'reset'), ...alone.slice(1)] });
      },
    },
    {
      name: 'answered at one time and dropped at another: unstable-answers speaks',
      alter(endpoint) {
        first(endpoint, brokenHello('reset'));
        repeated(endpoint, 'TLS ClientHello', 'TLS 1.2', 'reset');
      },
    },
    {
      name: 'the library here could not speak with it',
      alter: (endpoint) =>
        put(endpoint, 'tls', { handshake: { kind: 'not-possible', detail: 'ERR_SSL_UNSUPPORTED_PROTOCOL' } }),
    },
    {
      name: 'a handshake broken off over a suite that the library here does not have',
      alter: (endpoint) =>
        put(endpoint, 'tls', {
          first: hello(everyVersion, 'TLS 1.2', 0x0005),
          alone: [],
          handshake: { kind: 'broken', detail: 'closed' },
        }),
    },
  ],
  blind: [{ name: 'the connection did not get to TLS', blind: ['tls'] }],
});
