import { alerted, endsInTls, hello } from '../../../lab/world/network-answers.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import {
  type EndpointKind,
  type EndpointWorld,
  endsAt,
  notOffered,
  put,
  unseen,
} from '../../../lab/world/network-world.ts';
import type { TlsAttempt } from '../../model/endpoint.ts';
import type { TlsVersion } from '../../wire/tls/index.ts';
import { noModernTls } from './no-modern-tls.ts';

const everyVersion: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];
const suiteOf = { 'TLS 1.0': 0xc014, 'TLS 1.1': 0xc014, 'TLS 1.2': 0xc030, 'TLS 1.3': 0x1302 } as const;
const protocolVersion = 70;

/** The endpoint speaks these versions alone, and refuses the others as it is told. */
function speaksOnly(
  endpoint: EndpointWorld,
  versions: readonly TlsVersion[],
  refusal: (version: TlsVersion) => TlsAttempt = (version) => alerted([version], protocolVersion),
): void {
  const newest = versions.at(-1) ?? 'TLS 1.0';
  put(endpoint, 'tls', {
    first: hello(everyVersion, newest, suiteOf[newest]),
    alone: everyVersion.map((version) =>
      versions.includes(version) ? hello([version], version, suiteOf[version]) : refusal(version),
    ),
  });
  put(
    endpoint,
    'cipher-suites',
    everyVersion.map((version) => ({
      version,
      suites: versions.includes(version) ? [suiteOf[version]] : [],
      complete: true,
    })),
  );
}

/** A ServerHello for what was not offered refuses what was. */
function choosesOther(version: TlsVersion): TlsAttempt {
  const chosen = { version: 0x0304, suite: 0x1302 };
  const detail = 'a ServerHello with version 0x0304 and suite 0x1302, which were not offered together';
  const flight = { kind: 'not-tls', detail, chosen, bytes: Buffer.from('1603030058', 'hex') } as const;
  return { versions: [version], milliseconds: 2, flight };
}

/** As `--quick` sees it: nothing is asked but what all versions together come to. */
function quickly(endpoint: EndpointWorld): void {
  put(endpoint, 'tls', { alone: [] });
  unseen(endpoint, 'not asked with --quick', 'cipher-suites');
}

const withTls13: readonly EndpointKind[] = ['windows-2022-nla', 'xrdp-tls', 'xrdp-negotiate'];
const withoutTls13: readonly EndpointKind[] = ['windows-2019-without-nla', 'windows-7'];

describeNetworkCheck(noModernTls, {
  troubles: [
    {
      name: 'TLS 1.0 alone',
      verdict: 'fault',
      says: [
        'nothing newer than TLS 1.0',
        /internal error: .*FreeRDP/,
        /connect as they are installed: .*Windows 10/,
      ],
      plant: (endpoint) => speaksOnly(endpoint, ['TLS 1.0']),
    },
    {
      name: 'TLS 1.0 and 1.1',
      verdict: 'fault',
      says: ['nothing newer than TLS 1.1', 'accepts TLS 1.0, TLS 1.1 and'],
      plant: (endpoint) => speaksOnly(endpoint, ['TLS 1.0', 'TLS 1.1']),
    },
    {
      name: 'TLS 1.0 alone, with a cipher suite that current clients do not offer either',
      verdict: 'fault',
      says: ['nothing newer than TLS 1.0'],
      plant(endpoint) {
        speaksOnly(endpoint, ['TLS 1.0']);
        put(endpoint, 'cipher-suites', [{ version: 'TLS 1.0', suites: [0x0005], complete: true }]);
      },
    },
    {
      name: 'TLS 1.1 at best, asked quickly',
      verdict: 'fault',
      says: ['nothing newer than TLS 1.1'],
      plant(endpoint) {
        speaksOnly(endpoint, ['TLS 1.1']);
        quickly(endpoint);
      },
    },
    {
      name: 'TLS 1.3 alone',
      verdict: 'fault',
      says: [
        'nothing but TLS 1.3',
        /internal error: .*Windows 10/,
        /connect as they are installed: .*FreeRDP/,
      ],
      plant: (endpoint) => speaksOnly(endpoint, ['TLS 1.3']),
    },
    {
      name: 'TLS 1.3 alone, which it answers with to whatever is offered',
      verdict: 'fault',
      says: ['nothing but TLS 1.3'],
      plant: (endpoint) => speaksOnly(endpoint, ['TLS 1.3'], choosesOther),
    },
    {
      name: 'TLS 1.3 alone, and the others are dropped without a word',
      verdict: 'fault',
      certainty: 'likely',
      says: ['nothing but TLS 1.3', 'TLS 1.2 alone: a reset'],
      plant: (endpoint) => speaksOnly(endpoint, ['TLS 1.3'], (version) => endsInTls([version], 'reset')),
    },
  ],
  healthy: [
    { name: 'TLS 1.2 alone', alter: (endpoint) => speaksOnly(endpoint, ['TLS 1.2']) },
    {
      name: 'TLS 1.2 and 1.3: Windows 7 may be left out',
      alter: (endpoint) => speaksOnly(endpoint, ['TLS 1.2', 'TLS 1.3']),
    },
    { name: 'every version', alter: (endpoint) => speaksOnly(endpoint, everyVersion) },
    { name: 'TLS 1.2 at best, asked quickly', kinds: withoutTls13, alter: quickly },
    {
      name: 'every version is refused: tls-refused speaks',
      alter(endpoint) {
        put(endpoint, 'tls', {
          first: alerted(everyVersion, protocolVersion),
          alone: [],
          handshake: undefined,
        });
        endsAt(endpoint, 'tls');
      },
    },
    {
      name: 'only standard security is offered',
      alter: (endpoint) => notOffered(endpoint, 'tls', 'cipher-suites', 'certificate', 'nla'),
    },
  ],
  blind: [
    {
      name: 'what only looks is turned down, and a whole handshake stands',
      blind: [],
      alter: (endpoint) => put(endpoint, 'tls', { first: alerted(['TLS 1.2', 'TLS 1.3'], 40) }),
    },
    { name: 'the connection did not get to TLS', blind: ['tls'] },
    {
      name: 'TLS 1.3 was chosen, and whether there is more was not asked',
      kinds: withTls13,
      blind: ['cipher-suites'],
      alter: quickly,
    },
  ],
});
