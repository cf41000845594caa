import type { TlsSupport } from '../../src/model/endpoint.ts';
import type { AnswerValues } from '../../src/model/question.ts';
import type { Credssp } from '../../src/wire/credssp/index.ts';
import type { TlsVersion } from '../../src/wire/tls/index.ts';
import { alerted, disconnects, fails, hello, labCertificate, matrix, selects } from './network-answers.ts';

/** What each phase of an endpoint shows; `not-offered` where it was asked and the endpoint does not have it. */
export interface PhaseLiterals {
  readonly reachability: AnswerValues['endpoint-reachability'];
  readonly negotiation: AnswerValues['endpoint-negotiation'];
  readonly tls: AnswerValues['endpoint-tls'] | 'not-offered';
  readonly 'cipher-suites': AnswerValues['endpoint-cipher-suites'] | 'not-offered';
  readonly certificate: AnswerValues['endpoint-certificate'] | 'not-offered';
  readonly nla: AnswerValues['endpoint-nla'] | 'not-offered';
  readonly settings: AnswerValues['endpoint-settings'] | 'not-offered';
  readonly repeats: AnswerValues['endpoint-repeats'];
}

const everyVersion: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];
const ecdheRsaAes256Gcm = 0xc030;
const ecdheRsaAes128Gcm = 0xc02f;
const ecdheRsaAes256CbcSha = 0xc014;
const aes256GcmOfTls13 = 0x1302;
const aes128GcmOfTls13 = 0x1301;
const protocolVersion = 70;

const challenge: Credssp = {
  kind: 'challenge',
  version: 6,
  bytes: Buffer.from('3081f3a003020106a181eb3081e8', 'hex'),
  challenge: {
    flags: 0xe2898235,
    version: { major: 10, minor: 0, build: 20348 },
    targetName: 'WIN-LAB',
    netbiosComputer: 'WIN-LAB',
    netbiosDomain: 'WIN-LAB',
    dnsComputer: 'WIN-LAB',
    dnsDomain: 'WIN-LAB',
    dnsForest: undefined,
    timestamp: new Date('2026-06-15T12:00:00Z'),
    avFlags: undefined,
  },
};

const nla = { credssp: challenge, at: new Date('2026-06-15T12:00:00Z'), milliseconds: 6 };

const reachability: PhaseLiterals['reachability'] = {
  name: '10.0.0.4',
  port: 3389,
  addresses: [{ address: '10.0.0.4', family: 'IPv4', tcp: 'open', milliseconds: 1, detail: '' }],
};

const certificate: PhaseLiterals['certificate'] = { certificates: [labCertificate], keyProven: true };

const settings: PhaseLiterals['settings'] = {
  protocol: 1,
  milliseconds: 3,
  settings: {
    kind: 'connected',
    version: 0x00080004,
    security: { method: 0, level: 0 },
    bytes: Buffer.from('0300006e02f0807f66640a0100', 'hex'),
  },
};

function once(answer: string): PhaseLiterals['repeats'] {
  return { observations: [{ asked: 'Connection Request 0xB', answer, since: 3 }] };
}

const tls12Only: TlsSupport = {
  first: hello(everyVersion, 'TLS 1.2', ecdheRsaAes256Gcm),
  handshake: { kind: 'completed' },
  alone: [
    alerted(['TLS 1.0'], protocolVersion),
    alerted(['TLS 1.1'], protocolVersion),
    hello(['TLS 1.2'], 'TLS 1.2', ecdheRsaAes256Gcm),
    alerted(['TLS 1.3'], protocolVersion),
  ],
};

const tls12And13: TlsSupport = {
  first: hello(everyVersion, 'TLS 1.3', aes256GcmOfTls13),
  handshake: { kind: 'completed' },
  alone: [...tls12Only.alone.slice(0, 3), hello(['TLS 1.3'], 'TLS 1.3', aes256GcmOfTls13)],
};

const tls10To12: TlsSupport = {
  first: hello(everyVersion, 'TLS 1.2', ecdheRsaAes256Gcm),
  handshake: { kind: 'completed' },
  alone: [
    hello(['TLS 1.0'], 'TLS 1.0', ecdheRsaAes256CbcSha),
    hello(['TLS 1.1'], 'TLS 1.1', ecdheRsaAes256CbcSha),
    hello(['TLS 1.2'], 'TLS 1.2', ecdheRsaAes256Gcm),
    alerted(['TLS 1.3'], protocolVersion),
  ],
};

const suitesOf12 = {
  version: 'TLS 1.2' as const,
  suites: [ecdheRsaAes256Gcm, ecdheRsaAes128Gcm],
  complete: true,
};

const suitesOf13 = {
  version: 'TLS 1.3' as const,
  suites: [aes256GcmOfTls13, aes128GcmOfTls13],
  complete: true,
};

const allOptions = 0x1f;

/**
 * Healthy endpoints. xrdp's answers are as measured on real servers; those of Windows are as its specification and
 * public captures have them: no running Windows was asked.
 */
export const endpointLiterals = {
  'windows-2022-nla': {
    reachability,
    negotiation: matrix([
      [0xb, selects(8, allOptions)],
      [0, fails(5)],
      [1, fails(5)],
      [3, selects(2, allOptions)],
      [2, selects(2, allOptions)],
      [8, selects(8, allOptions)],
      [4, fails(5)],
      [0x10, fails(5)],
    ]),
    tls: tls12And13,
    'cipher-suites': [suitesOf12, suitesOf13],
    certificate,
    nla,
    settings: 'not-offered',
    repeats: once('selected 8'),
  },
  'windows-2019-without-nla': {
    reachability,
    negotiation: matrix([
      [0xb, selects(8, allOptions)],
      [0, selects(0, allOptions)],
      [1, selects(1, allOptions)],
      [3, selects(2, allOptions)],
      [2, selects(2, allOptions)],
      [8, selects(8, allOptions)],
      [4, selects(0, allOptions)],
      [0x10, selects(0, allOptions)],
    ]),
    tls: tls12Only,
    'cipher-suites': [suitesOf12],
    certificate,
    nla,
    settings,
    repeats: once('selected 8'),
  },
  'windows-7': {
    reachability,
    negotiation: matrix([
      [0xb, selects(2)],
      [0, fails(5)],
      [1, fails(5)],
      [3, selects(2)],
      [2, selects(2)],
      [8, fails(5)],
      [4, fails(5)],
      [0x10, fails(5)],
    ]),
    tls: tls10To12,
    'cipher-suites': [
      { version: 'TLS 1.0', suites: [ecdheRsaAes256CbcSha], complete: true },
      { version: 'TLS 1.1', suites: [ecdheRsaAes256CbcSha], complete: true },
      { version: 'TLS 1.2', suites: [ecdheRsaAes256Gcm, ecdheRsaAes256CbcSha], complete: true },
    ],
    certificate,
    nla,
    settings: 'not-offered',
    repeats: once('selected 2'),
  },
  'xrdp-tls': {
    reachability,
    negotiation: matrix([
      [0xb, selects(1)],
      [0, fails(1)],
      [1, selects(1)],
      [3, selects(1)],
      [2, fails(1)],
      [8, fails(1)],
      [4, fails(1)],
      [0x10, disconnects()],
    ]),
    tls: tls12And13,
    'cipher-suites': [suitesOf12, suitesOf13],
    certificate,
    nla: 'not-offered',
    settings,
    repeats: once('selected 1'),
  },
  'xrdp-negotiate': {
    reachability,
    negotiation: matrix([
      [0xb, selects(1)],
      [0, selects(0)],
      [1, selects(1)],
      [3, selects(1)],
      [2, selects(0)],
      [8, selects(0)],
      [4, selects(0)],
      [0x10, disconnects()],
    ]),
    tls: tls12And13,
    'cipher-suites': [suitesOf12, suitesOf13],
    certificate,
    nla: 'not-offered',
    settings,
    repeats: once('selected 1'),
  },
} as const satisfies Record<string, PhaseLiterals>;
