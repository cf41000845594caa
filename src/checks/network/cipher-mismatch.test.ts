import { alerted, hello } from '../../../lab/world/network-answers.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { type EndpointWorld, endsAt, notOffered, put } from '../../../lab/world/network-world.ts';
import type { TlsVersion } from '../../wire/tls/index.ts';
import { cipherMismatch } from './cipher-mismatch.ts';

const everyVersion: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];
const protocolVersion = 70;
const rc4 = 0x0005;
const tripleDes = 0x000a;
const ecdheRsaAes256Gcm = 0xc030;
const ecdheRsaAes256CbcSha = 0xc014;
const ecdheRsaAria256Gcm = 0xc061;
const ecdheRsaChaCha20 = 0xcca8;

/** TLS 1.2 and nothing else, with these suites. */
function accepts(endpoint: EndpointWorld, suites: readonly number[], complete = true): void {
  const [chosen = 0] = suites;
  put(endpoint, 'tls', {
    first: hello(everyVersion, 'TLS 1.2', chosen),
    alone: everyVersion.map((version) =>
      version === 'TLS 1.2' ? hello([version], version, chosen) : alerted([version], protocolVersion),
    ),
    handshake: undefined,
  });
  put(endpoint, 'cipher-suites', [{ version: 'TLS 1.2', suites, complete }]);
}

describeNetworkCheck(cipherMismatch, {
  troubles: [
    {
      name: 'a suite that no client offers',
      verdict: 'fault',
      says: [
        /offered by .*Windows 10.*Windows 11.*FreeRDP/,
        'TLS 1.2: TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384',
        'SSL Cipher Suite Order',
      ],
      plant: (endpoint) => accepts(endpoint, [ecdheRsaAria256Gcm]),
    },
    {
      name: 'ChaCha20 alone: FreeRDP has it, Windows 10 does not',
      verdict: 'fault',
      says: [/offered by .*Windows 10/, /connect as they are installed: .*FreeRDP/],
      plant: (endpoint) => accepts(endpoint, [ecdheRsaChaCha20]),
    },
    {
      name: '3DES alone: FreeRDP does not offer it',
      verdict: 'fault',
      says: [/offered by .*FreeRDP/, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
      plant: (endpoint) => accepts(endpoint, [tripleDes]),
    },
    {
      name: 'RC4 alone',
      verdict: 'fault',
      says: [/offered by .*Windows 10/, 'TLS_RSA_WITH_RC4_128_SHA'],
      plant: (endpoint) => accepts(endpoint, [rc4]),
    },
  ],
  healthy: [
    {
      name: 'GCM alone, which Windows 7 does not have for RSA with ECDHE',
      alter: (endpoint) => accepts(endpoint, [ecdheRsaAes256Gcm]),
    },
    { name: 'an old suite with AES', alter: (endpoint) => accepts(endpoint, [ecdheRsaAes256CbcSha]) },
    {
      name: 'TLS 1.0 with RC4: no-modern-tls speaks',
      alter(endpoint) {
        put(endpoint, 'tls', { first: hello(everyVersion, 'TLS 1.0', rc4), alone: [], handshake: undefined });
        put(endpoint, 'cipher-suites', [{ version: 'TLS 1.0', suites: [rc4], complete: true }]);
      },
    },
    {
      name: 'nothing in common with anyone: tls-refused speaks',
      alter(endpoint) {
        put(endpoint, 'tls', { first: alerted(everyVersion, 40), alone: [] });
        endsAt(endpoint, 'tls');
      },
    },
    {
      name: 'only standard security is offered',
      alter: (endpoint) => notOffered(endpoint, 'tls', 'cipher-suites', 'certificate', 'nla'),
    },
  ],
  blind: [
    { name: 'the connection did not get to TLS', blind: ['tls'] },
    { name: 'suites were not asked about', blind: ['cipher-suites'] },
    {
      name: 'the time was up before a known suite was found',
      blind: ['repeats'],
      alter: (endpoint) => accepts(endpoint, [ecdheRsaAria256Gcm], false),
    },
  ],
});
