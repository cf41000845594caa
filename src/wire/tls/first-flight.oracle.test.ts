import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';
import { type Arrival, Inbox } from '../dialogue.ts';
import {
  askedSuites,
  type FirstFlight,
  firstFlight,
  makeClientHello,
  suiteFacts,
  suiteName,
  type TlsVersion,
  tlsVersions,
} from './index.ts';

const suitesOf = (versions: readonly TlsVersion[]) => [
  ...new Set([...versions].reverse().flatMap((version) => askedSuites[version])),
];

/** What the server at a port of this machine answers to one ClientHello. */
function ask(
  port: number,
  versions: readonly TlsVersion[],
  suites = suitesOf(versions),
): Promise<FirstFlight> {
  const serverName = 'rdp01.contoso.example';
  const hello = makeClientHello({ versions, suites, serverName, random: randomBytes(32) });
  const dialogue = firstFlight(new Inbox(), hello);
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let over = false;
    const advance = (arrival: Arrival) => {
      if (over) return;
      const turn = dialogue.next(arrival);
      over = turn.done === true;
      if (!turn.done) return void (turn.value.length > 0 && socket.write(turn.value));
      socket.destroy();
      resolve(turn.value);
    };
    const timer = setTimeout(() => advance({ kind: 'too-late', at: 0 }), 5000);
    socket.on('connect', () => advance({ kind: 'too-late', at: 0 }));
    socket.on('data', (bytes) => advance({ kind: 'bytes', bytes, at: 0 }));
    socket.on('end', () => advance({ kind: 'closed', at: 0 }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(error);
      else advance({ kind: 'reset', at: 0 });
    });
    socket.on('close', () => clearTimeout(timer));
  });
}

/** Takes away what the server chose and asks again, until it refuses: the suites in the order of its choice. */
async function accepted(port: number, version: TlsVersion): Promise<string[]> {
  const chosen: string[] = [];
  const left = new Set(askedSuites[version]);
  while (left.size > 0) {
    const flight = await ask(port, [version], [...left]);
    if (flight.kind !== 'server-hello') {
      expect(flight).toMatchObject({ kind: 'alert', level: 2, description: 40 });
      return chosen;
    }
    expect([flight.version, flight.complete]).toEqual([version, true]);
    chosen.push(suiteName(flight.suite));
    left.delete(flight.suite);
  }
  return chosen;
}

let folder: string;
let running: ChildProcess | undefined;
const file = (name: string) => path.join(folder, name);

/** A key and a certificate by it, self-signed unless an issuer is named. */
function certify(name: string, key: readonly string[], issuer?: string): void {
  const signed = issuer ? ['-CA', file(`${issuer}.crt`), '-CAkey', file(`${issuer}.key`)] : [];
  const output = ['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`), '-subj', `/CN=${name}`];
  runOracle('openssl', ['req', '-x509', '-nodes', '-days', '3', ...key, ...output, ...signed], {
    stdio: 'pipe',
  });
}

/** A server of OpenSSL on a port of its choice. No configuration of the machine bears on it. */
function serve(name: string, ...options: readonly string[]): Promise<number> {
  const identity = ['-cert', file(`${name}.crt`), '-key', file(`${name}.key`)];
  const args = ['s_server', '-accept', '127.0.0.1:0', '-www', ...identity, ...options];
  const server = spawn('openssl', args, { env: { ...process.env, OPENSSL_CONF: os.devNull } });
  running = server;
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (text: Buffer) => {
      said += text.toString();
      const port = /ACCEPT \S+:(\d+)/.exec(said)?.[1];
      if (port) resolve(Number(port));
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('exit', () => reject(new Error(`openssl s_server ended: ${said}`)));
  });
}

const optionOf: Readonly<Record<TlsVersion, string>> = {
  'TLS 1.0': '-tls1',
  'TLS 1.1': '-tls1_1',
  'TLS 1.2': '-tls1_2',
  'TLS 1.3': '-tls1_3',
};

/** IANA's names of what OpenSSL makes of a cipher string in a version up to TLS 1.2. */
function configured(ciphers: string, version: TlsVersion): string[] {
  const env = { OPENSSL_CONF: os.devNull };
  const lines = runOracle('openssl', ['ciphers', '-s', optionOf[version], '-stdname', ciphers], { env });
  return lines
    .toString()
    .split('\n')
    .flatMap((line) => line.split(' ')[0] || [])
    .filter((name) => name.includes('_WITH_'));
}

describeWithOracle('first flights of OpenSSL', ['openssl'], () => {
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rdpmend-tls-'));
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    certify('rsa', ['-newkey', 'rsa:2048']);
    certify('ec', ec);
    certify('root', ec);
    certify('middle', ec, 'root');
    certify('leaf', ec, 'middle');
    const parameters = ['-genparam', '-algorithm', 'DSA', '-pkeyopt', 'dsa_paramgen_bits:1024'];
    runOracle('openssl', ['genpkey', ...parameters, '-out', file('dsa.param')]);
    certify('dss', ['-newkey', `param:${file('dsa.param')}`]);
  }, 60_000);
  afterEach(() => running?.kill());
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(tlsVersions)('%s alone', async (version) => {
    const port = await serve('rsa', optionOf[version], '-cipher', 'ALL:@SECLEVEL=0');
    const der = new Uint8Array(new X509Certificate(readFileSync(file('rsa.crt'))).raw);
    const expected = { kind: 'server-hello', version, complete: true, group: 29, asksForCertificate: false };
    const certificates = version === 'TLS 1.3' ? [] : [der];
    expect(await ask(port, [version])).toMatchObject({ ...expected, certificates });
    expect(await ask(port, tlsVersions)).toMatchObject({ ...expected, certificates });
    for (const other of tlsVersions.filter((one) => one !== version)) {
      // A server of TLS 1.3 alone has no suite for a ClientHello of an older version.
      const description = expect.toSatisfy(
        (alert) => alert === 70 || (version === 'TLS 1.3' && alert === 40),
      );
      expect(await ask(port, [other])).toMatchObject({ kind: 'alert', level: 2, description });
    }
  });

  test('a server that could do better says so', async () => {
    const port = await serve('rsa', '-cipher', 'ALL:@SECLEVEL=0');
    expect(await ask(port, ['TLS 1.0'])).toMatchObject({ supportsAtLeast: 'TLS 1.2' });
    expect(await ask(port, ['TLS 1.2'])).toMatchObject({ supportsAtLeast: 'TLS 1.3' });
    expect(await ask(port, ['TLS 1.3'])).toMatchObject({ supportsAtLeast: undefined });
  });

  test.each([
    ['P-256', 23],
    ['P-384', 24],
    ['brainpoolP256r1', 26],
  ])('ECDHE over %s', async (name, group) => {
    const port = await serve('rsa', '-tls1_2', '-groups', name);
    expect(await ask(port, ['TLS 1.2'])).toMatchObject({ kind: 'server-hello', complete: true, group });
  });

  test('TLS 1.3 over P-384 alone asks for its share', async () => {
    const port = await serve('ec', '-tls1_3', '-groups', 'P-384');
    const retry = { kind: 'hello-retry-request', suite: 0x1302, group: 24 };
    expect(await ask(port, ['TLS 1.3'])).toMatchObject(retry);
  });

  test('DHE tells the size of its prime', async () => {
    const port = await serve('rsa', '-tls1_2', '-cipher', 'DHE-RSA-AES128-SHA:@SECLEVEL=0');
    const expected = { suite: 0x0033, complete: true, primeBits: 2048, group: undefined };
    expect(await ask(port, ['TLS 1.2'])).toMatchObject(expected);
  });

  test('a chain of three, and a certificate asked of the client', async () => {
    runOracle('sh', ['-c', 'cat middle.crt root.crt > chain.crt'], { cwd: folder });
    const port = await serve('leaf', '-tls1_2', '-cert_chain', file('chain.crt'), '-Verify', '1');
    const flight = await ask(port, ['TLS 1.2']);
    expect(flight).toMatchObject({ complete: true, asksForCertificate: true });
    const chain = flight.kind === 'server-hello' ? flight.certificates : [];
    const subjects = chain.map((der) => new X509Certificate(der).subject);
    expect(subjects).toEqual(['CN=leaf', 'CN=middle', 'CN=root']);
  });

  test('no suite in common', async () => {
    const port = await serve('rsa', '-tls1_2', '-cipher', 'ECDHE');
    const refusal = { kind: 'alert', level: 2, description: 40 };
    expect(await ask(port, ['TLS 1.2'], [0x002f, 0x000a])).toMatchObject(refusal);
  });

  const everything = 'COMPLEMENTOFALL:ALL:!PSK:!SRP:@SECLEVEL=0';
  test.each([
    ['TLS 1.0', 'rsa', everything],
    ['TLS 1.1', 'rsa', everything],
    ['TLS 1.2', 'rsa', everything],
    ['TLS 1.0', 'ec', everything],
    ['TLS 1.2', 'ec', everything],
    ['TLS 1.2', 'dss', everything],
    ['TLS 1.2', 'rsa', 'AES128-SHA:ECDHE-RSA-AES256-SHA384:DHE-RSA-CAMELLIA128-SHA:AES256-GCM-SHA384'],
    ['TLS 1.0', 'rsa', 'AES256-SHA:ECDHE-RSA-AES128-SHA:@SECLEVEL=0'],
  ] as const)(
    'elimination in %s with a key of %s finds what %s stands for',
    async (version, key, ciphers) => {
      const port = await serve(key, optionOf[version], '-cipher', ciphers);
      const authentication = { rsa: 'rsa', ec: 'ecdsa', dss: 'dss' }[key];
      const numbers = new Map(suitesOf(tlsVersions).map((suite) => [suiteName(suite), suite]));
      const servable = configured(ciphers, version).filter((name) => {
        const facts = suiteFacts(numbers.get(name) ?? 0xffff);
        // What is not in the list of asked suites has no facts here and must be missed loudly.
        return !facts || [authentication, 'anon'].includes(facts.authentication);
      });
      const found = await accepted(port, version);
      expect(found.length).toBeGreaterThan(1);
      expect(found.toSorted()).toEqual(servable.toSorted());
    },
  );

  test('elimination in TLS 1.3', async () => {
    const names = ['TLS_AES_128_CCM_SHA256', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_256_GCM_SHA384'];
    const port = await serve('ec', '-tls1_3', '-ciphersuites', names.join(':'));
    expect((await accepted(port, 'TLS 1.3')).toSorted()).toEqual(names.toSorted());
  });

  test('a server of Node', async () => {
    const identity = { cert: readFileSync(file('ec.crt')), key: readFileSync(file('ec.key')) };
    const server = createServer({ ...identity, minVersion: 'TLSv1.2' }).listen(0, '127.0.0.1');
    server.on('tlsClientError', () => {});
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const whole = { kind: 'server-hello', complete: true, group: 29 };
    expect(await ask(port, tlsVersions)).toMatchObject({ ...whole, version: 'TLS 1.3' });
    expect(await ask(port, ['TLS 1.2'])).toMatchObject({ ...whole, version: 'TLS 1.2', suite: 0xc02b });
    expect(await ask(port, ['TLS 1.0'])).toMatchObject({ kind: 'alert', description: 70 });
    server.close();
  });
});

describeWithOracle('the registry as OpenSSL has it', ['openssl'], () => {
  const line = /0x(..),0x(..) - (\S+)\s+- \S+\s+(\S+)\s+Kx=(\S+)\s+Au=(\S+)\s+Enc=(\S+)/g;

  function listed() {
    const args = ['ciphers', '-V', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'];
    const lines = [...runOracle('openssl', args).toString().matchAll(line)];
    return lines.map(([, high, low, name = '', version = '', kx = '', au = '', enc = '']) => {
      return { suite: Number.parseInt(`${high}${low}`, 16), name, version, kx, au, enc };
    });
  }

  test('every suite has the name that it has there', () => {
    expect(listed().length).toBeGreaterThan(100);
    for (const { suite, name } of listed()) expect([suite, suiteName(suite)]).toEqual([suite, name]);
  });

  test('and what it is made of', () => {
    const exchanges: Record<string, string> = { ECDH: 'ecdhe', DH: 'dhe', RSA: 'rsa', any: 'any' };
    const proofs: Record<string, string> = {
      RSA: 'rsa',
      ECDSA: 'ecdsa',
      DSS: 'dss',
      None: 'anon',
      any: 'any',
    };
    const ordinary = listed().filter(({ kx }) => kx in exchanges);
    expect(ordinary.length).toBeGreaterThan(80);
    for (const { suite, name, kx, au, enc } of ordinary) {
      const facts = suiteFacts(suite);
      expect([name, facts?.keyExchange, facts?.authentication]).toEqual([name, exchanges[kx], proofs[au]]);
      expect([name, facts?.encryption === 'null']).toEqual([name, enc === 'None']);
      expect([name, facts?.encryption === 'aes-gcm']).toEqual([name, enc.startsWith('AESGCM')]);
      expect([name, facts?.encryption === 'aes-cbc']).toEqual([name, /^AES\(/.test(enc)]);
    }
  });

  test('every suite that needs no shared secret is asked about, in the versions that have it', () => {
    const ordinary = listed().filter(({ name }) => !/PSK|SRP/.test(name));
    for (const { suite, name, version } of ordinary) {
      const asked = tlsVersions.filter((one) => askedSuites[one].includes(suite));
      const upTo12 = version === 'TLSv1.2' ? ['TLS 1.2'] : ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'];
      expect([name, asked]).toEqual([name, version === 'TLSv1.3' ? ['TLS 1.3'] : upTo12]);
    }
  });
});
