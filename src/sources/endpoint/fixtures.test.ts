import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EndpointName, endpoints } from '../../../lab/endpoint/index.ts';
import { type Look, type LookOptions, lookAt } from '../../../lab/endpoint-trial/look.ts';
import { type WatchedSockets, watchSockets } from '../../../lab/endpoint-trial/sockets.ts';

/** What is named is open to question: the rest of what is promised of every endpoint holds all the same. */
const unjudged = undefined;

/** What speaks of each lab endpoint, and nothing else does. */
const expected: Readonly<Record<EndpointName, string | undefined>> = {
  'windows-nla': 'healthy-from-here',
  'windows-tls': 'healthy-from-here',
  'windows-negotiate': 'healthy-from-here',
  'windows-standard': 'legacy-security-only',
  'windows-11': 'healthy-from-here',
  'windows-2016': 'healthy-from-here',
  'windows-7': 'no-modern-tls credssp-fails',
  silent: 'silent-after-connect',
  'closes-at-once': 'dropped-before-negotiation',
  'resets-at-once': 'dropped-before-negotiation',
  'closes-at-request': 'dropped-before-negotiation',
  'resets-at-request': 'dropped-before-negotiation',
  'closes-after-confirm': 'dropped-at-tls',
  'resets-after-confirm': 'dropped-at-tls',
  'closes-at-client-hello': 'dropped-at-tls',
  'resets-at-client-hello': 'dropped-at-tls',
  'silent-at-client-hello': 'dropped-at-tls',
  http: 'wrong-service',
  'http-waiting': 'silent-after-connect',
  ssh: 'wrong-service',
  smtp: 'wrong-service',
  ftp: 'wrong-service',
  vnc: 'wrong-service',
  'bare-tls': 'wrong-service',
  'fails-ssl-required': 'negotiation-mismatch',
  'fails-ssl-not-allowed': 'negotiation-mismatch',
  'fails-no-certificate': 'certificate-not-on-server',
  'fails-inconsistent-flags': 'negotiation-mismatch',
  'fails-hybrid-required': 'negotiation-mismatch',
  'fails-user-auth-required': 'negotiation-mismatch',
  'fails-unknown': 'negotiation-mismatch',
  'no-negotiation-data': 'legacy-security-only',
  'selects-standard-always': 'legacy-security-only',
  xrdp: 'healthy-from-here',
  'xrdp-tls': 'healthy-from-here',
  'selects-unasked': 'negotiation-mismatch credssp-fails',
  'selects-unknown': 'negotiation-mismatch',
  disconnects: 'negotiation-mismatch',
  'alert-close-notify': 'tls-refused',
  'alert-unexpected-message': 'tls-refused',
  'alert-bad-record-mac': 'tls-refused',
  'alert-record-overflow': 'tls-refused',
  'alert-handshake-failure': 'tls-refused',
  'alert-bad-certificate': 'tls-refused',
  'alert-unsupported-certificate': 'tls-refused',
  'alert-certificate-revoked': 'tls-refused',
  'alert-certificate-expired': 'tls-refused',
  'alert-certificate-unknown': 'tls-refused',
  'alert-illegal-parameter': 'tls-refused',
  'alert-unknown-ca': 'tls-refused',
  'alert-access-denied': 'tls-refused',
  'alert-decode-error': 'tls-refused',
  'alert-decrypt-error': 'tls-refused',
  'alert-protocol-version': 'tls-refused',
  'alert-insufficient-security': 'tls-refused',
  'alert-internal-error': 'tls-refused',
  'alert-inappropriate-fallback': 'tls-refused',
  'alert-user-canceled': 'tls-refused',
  'alert-missing-extension': 'tls-refused',
  'alert-unsupported-extension': 'tls-refused',
  'alert-unrecognized-name': 'tls-refused',
  'alert-certificate-required': 'tls-refused',
  'alert-no-application-protocol': 'tls-refused',
  'alert-unknown': 'tls-refused',
  'warning-close-notify': 'tls-refused',
  'warning-handshake-failure': 'tls-refused',
  'warning-then-handshake': 'healthy-from-here',
  'alert-then-reset': 'tls-refused',
  'alert-for-credssp-only': 'tls-refused',
  'tls-1.0': 'no-modern-tls',
  'tls-1.1': 'no-modern-tls',
  'tls-1.2': 'healthy-from-here',
  'tls-1.3': 'no-modern-tls',
  'tls-1.0-to-1.2': 'healthy-from-here',
  'tls-1.3-hello-retry': 'no-modern-tls',
  'tls-p521': 'healthy-from-here',
  'tls-null': 'cipher-mismatch',
  'tls-aes128-sha': 'healthy-from-here',
  'tls-ecdhe-rsa-aes256-gcm': 'healthy-from-here',
  'tls-chacha20': 'cipher-mismatch',
  'tls-dhe': 'healthy-from-here',
  'closes-after-server-hello': 'dropped-at-tls',
  'resets-after-server-hello': 'dropped-at-tls',
  'silent-after-server-hello': 'dropped-at-tls',
  'alert-after-server-hello': 'tls-refused',
  'closes-within-server-hello': 'dropped-at-tls',
  'http-at-client-hello': 'dropped-at-tls',
  'tls-rc4': 'cipher-mismatch',
  'tls-3des': 'cipher-mismatch',
  'tls-export': 'no-modern-tls',
  'ssl-3.0': 'dropped-at-tls',
  'tls-version-unknown': 'dropped-at-tls',
  'tls-suite-not-offered': 'dropped-at-tls',
  'tls-extensions-lie': 'dropped-at-tls',
  'tls-retries-for-ever': unjudged,
  'tls-record-type-unknown': 'dropped-at-tls',
  'tls-application-data-first': 'dropped-at-tls',
  'tls-record-empty': 'dropped-at-tls',
  'tls-record-65535': 'dropped-at-tls',
  'tls-handshake-16-mib': 'dropped-at-tls',
  'tls-endless-certificate': 'dropped-at-tls',
  'tls-endless-hello-requests': 'dropped-at-tls',
  'tls-endless-warnings': 'dropped-at-tls',
  'certificate-list-lies': 'dropped-at-tls',
  'certificate-length-lies': 'dropped-at-tls',
  'certificate-list-empty': 'certificate-unreadable',
  'certificate-junk': 'certificate-unreadable',
  'certificates-many': 'dropped-at-tls',
  'certificate-expired': 'certificate-expired',
  'certificate-expired-tls-1.3': 'no-modern-tls certificate-expired',
  'certificate-not-yet-valid': 'certificate-expired',
  'certificate-rsa512': 'certificate-weak',
  'certificate-rsa1024': 'risk certificate-weak healthy-from-here',
  'certificate-sha1': 'healthy-from-here',
  'certificate-ec256': 'healthy-from-here',
  'certificate-wrong-name': 'healthy-from-here',
  'certificate-with-names': 'healthy-from-here',
  'certificate-not-for-servers': 'healthy-from-here',
  'certificate-issued': 'healthy-from-here',
  'certificate-issued-alone': 'healthy-from-here',
  'credssp-closes': 'credssp-fails',
  'credssp-resets': 'credssp-fails',
  'credssp-silent': 'credssp-fails',
  'credssp-alert': 'credssp-fails',
  'credssp-closes-after-handshake': 'credssp-fails',
  'resets-after-tls': 'dropped-after-tls',
  'credssp-refuses': 'credssp-fails',
  'credssp-refuses-logon-type': 'credssp-fails',
  'credssp-no-credentials': 'credssp-fails',
  'credssp-no-ntlm': 'credssp-fails',
  'credssp-empty': 'credssp-fails',
  'credssp-version-2': 'credssp-fails',
  'credssp-junk': 'credssp-fails',
  'credssp-http': 'credssp-fails',
  'credssp-2-gib': 'credssp-fails',
  'credssp-length-indefinite': 'credssp-fails',
  'credssp-length-of-127-bytes': 'credssp-fails',
  'credssp-nested': 'credssp-fails',
  'credssp-endless': 'credssp-fails',
  'ntlm-offsets-lie': 'credssp-fails',
  'ntlm-length-lies': 'credssp-fails',
  'ntlm-pairs-without-end': 'healthy-from-here',
  'ntlm-pair-length-lies': 'credssp-fails',
  'ntlm-no-names': 'healthy-from-here',
  'ntlm-hostile-names': 'healthy-from-here',
  'ntlm-cut': 'credssp-fails',
  'clock-a-day-ahead': 'risk clock-differs healthy-from-here',
  'clock-a-day-behind': 'risk clock-differs healthy-from-here',
  'clock-in-2019': 'certificate-expired',
  'tpkt-length-0': 'wrong-service',
  'tpkt-length-3': 'wrong-service',
  'tpkt-length-5': 'wrong-service',
  'tpkt-length-65535': 'wrong-service',
  'tpkt-length-65535-whole': 'wrong-service',
  'tpkt-version-2': 'wrong-service',
  'x224-length-indicator-255': 'wrong-service',
  'x224-length-indicator-0': 'wrong-service',
  'x224-disconnect-request': 'negotiation-mismatch',
  'x224-data': 'wrong-service',
  'x224-unknown': 'wrong-service',
  'negotiation-type-unknown': 'wrong-service',
  'negotiation-length-wrong': 'wrong-service',
  'negotiation-cut': 'wrong-service',
  'confirm-stalls': 'silent-after-connect',
  'confirm-cut': 'dropped-before-negotiation',
  'endless-junk': 'wrong-service',
  'endless-zeros': 'wrong-service',
  'endless-tpkt': 'wrong-service',
  'endless-text': 'wrong-service',
  'mcs-disconnects': 'legacy-security-only',
  'mcs-refuses': 'legacy-security-only',
  'mcs-no-security': 'legacy-security-only',
  'mcs-length-lies': 'legacy-security-only',
  'mcs-block-length-0': 'legacy-security-only',
  'mcs-block-length-65535': 'legacy-security-only',
  'mcs-cut': 'legacy-security-only dropped-after-tls',
  'byte-a-second': 'silent-after-connect',
  'slow-negotiation': 'healthy-from-here',
  'in-pieces': 'healthy-from-here',
  late: 'healthy-from-here',
  'two-at-a-time': 'healthy-from-here',
  'every-third-resets': 'unstable-answers',
  'every-fifth-silent': 'unstable-answers',
  'resets-at-random': 'unstable-answers',
  'works-twice': 'unstable-answers',
  'works-later': 'unstable-answers',
  'two-machines': 'healthy-from-here',
};

/** Those that say nothing for a while are looked at all at once, with as long as they need. */
const waiting: Partial<Record<EndpointName, number>> = {
  silent: 2500,
  'silent-at-client-hello': 2500,
  'silent-after-server-hello': 2500,
  'http-waiting': 2500,
  'confirm-stalls': 2500,
  'byte-a-second': 2500,
  'credssp-silent': 4000,
  'selects-unasked': 4000,
  'mcs-cut': 4000,
  'every-fifth-silent': 4000,
  'slow-negotiation': 6000,
  'in-pieces': 8000,
  late: 8000,
};

/** For those that answer at once; none of them should need it. */
const plenty = 8000;
const margin = 500;
const mostConnections = 3;
const atOnce = 3;

const names = Object.keys(endpoints) as EndpointName[];
const looks = new Map<EndpointName, Look | Error>();
let sockets: WatchedSockets;

async function take(name: EndpointName): Promise<void> {
  const options: LookOptions = { timeout: waiting[name] ?? plenty };
  looks.set(name, await lookAt(endpoints[name](), options).catch((error: Error) => error));
}

async function takeInTurn(queue: EndpointName[]): Promise<void> {
  for (let name = queue.shift(); name; name = queue.shift()) await take(name);
}

function lookOf(name: EndpointName): Look {
  const look = looks.get(name);
  if (!look || look instanceof Error) throw look ?? new Error(`${name} was not looked at`);
  return look;
}

describe('every lab endpoint, looked at', () => {
  beforeAll(async () => {
    sockets = watchSockets();
    const queue = names.filter((name) => waiting[name] === undefined);
    const idle = names.filter((name) => waiting[name] !== undefined).map(take);
    await Promise.all([...idle, ...Array.from({ length: atOnce }, () => takeInTurn(queue))]);
  }, 60_000);

  afterAll(() => sockets[Symbol.dispose]());

  it('has a row of its own', () => {
    expect(Object.keys(expected).sort()).toEqual(names.toSorted());
  });

  it.each(names.filter((name) => expected[name] !== unjudged))('%s: what must speak, speaks', (name) => {
    expect(lookOf(name).spoken).toBe(expected[name]);
  });

  it.each(names)('%s: no sign-in, three connections at most, in time', (name) => {
    const { endpoint, took } = lookOf(name);
    expect(endpoint.signIns).toBe(0);
    expect(sockets.mostTo(`127.0.0.1:${endpoint.port}`)).toBeLessThanOrEqual(mostConnections);
    expect(took).toBeLessThan((waiting[name] ?? plenty) + margin);
  });

  it('connected to nothing else, and holds nothing open', () => {
    const asked = names.map((name) => `127.0.0.1:${lookOf(name).endpoint.port}`);
    expect([...sockets.places].filter((place) => !asked.includes(place))).toEqual([]);
    expect(sockets.open).toBe(0);
  });
});
