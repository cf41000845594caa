import { setTimeout as pause } from 'node:timers/promises';
import type { DetailedPeerCertificate } from 'node:tls';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Expectation, expectations } from './expectations.ts';
import {
  type EndpointLiteral,
  type EndpointName,
  endpoints,
  type LabEndpoint,
  refusingPort,
  startEndpoint,
  startOnBothFamilies,
} from './index.ts';
import {
  confirmed,
  connectionRequest,
  dial,
  type Ending,
  type Heard,
  hangUp,
  mcsConnectInitial,
  negotiated,
  ntlmNegotiate,
  type PlainClient,
  someClientHello,
  wholeChallenge,
  wholeTpkt,
} from './plain-client.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});

async function start(name: EndpointName): Promise<LabEndpoint> {
  const endpoint = await startEndpoint(endpoints[name]());
  started.push(endpoint);
  return endpoint;
}

/** Waits long for what must come, and shortly for what must not. */
function hearUntil(client: PlainClient, ending: Ending): Promise<Heard> {
  const enough = (bytes: Buffer): boolean => ending === 'enough' && bytes.length >= 9;
  return client.hear(enough, ending === 'silence' ? 150 : 10_000);
}

async function lastAnswer(
  port: number,
  expected: Exclude<Expectation, { step: 'challenge' }>,
): Promise<Heard> {
  if (expected.step === 'credssp') return hearUntil((await negotiated(port)).inner, expected.ending);
  if (expected.step === 'request') {
    const client = await dial(port);
    client.socket.write(connectionRequest(11));
    return hearUntil(client, expected.ending);
  }
  const { client } = await confirmed(port, expected.step === 'mcs' ? 0 : 11);
  client.socket.write(expected.step === 'mcs' ? mcsConnectInitial : await someClientHello());
  return hearUntil(client, expected.ending);
}

describe('every endpoint does what its name says, and closes at once', () => {
  afterAll(async () => {
    hangUp();
    await pause(1);
    expect(process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP'))).toEqual([]);
  });

  it.concurrent.each(Object.entries(expectations) as [EndpointName, Expectation][])(
    '%s',
    async (name, expected) => {
      const endpoint = await startEndpoint(endpoints[name]());
      try {
        if (expected.step === 'challenge') {
          const { secured, inner } = await negotiated(endpoint.port);
          expect((await inner.hear(wholeChallenge, 10_000)).ending).toBe('enough');
          expect(`${secured.getProtocol()} ${secured.getCipher().standardName}`).toBe(expected.tls);
        } else {
          const { bytes, ending } = await lastAnswer(endpoint.port, expected);
          expect(bytes.toString('hex').slice(0, expected.begins.length)).toBe(expected.begins);
          expect(ending).toBe(expected.ending);
        }
        expect(endpoint.signIns).toBe(0);
      } finally {
        await endpoint.close();
      }
    },
  );
});

describe('certificates', () => {
  it.each([
    ['certificate-expired', (cert) => new Date(cert.valid_to).getTime() < Date.now()],
    ['certificate-not-yet-valid', (cert) => new Date(cert.valid_from).getTime() > Date.now()],
    ['certificate-rsa512', (cert) => cert.bits === 512],
    ['certificate-rsa1024', (cert) => cert.bits === 1024],
    ['certificate-ec256', (cert) => cert.asn1Curve === 'prime256v1'],
    ['certificate-wrong-name', (cert) => cert.subject.CN === 'OTHER.lab.example'],
    ['certificate-with-names', (cert) => cert.subjectaltname?.includes('DNS:rdp.lab.example') === true],
    ['certificate-issued', (cert) => cert.issuerCertificate.subject.CN === 'Lab Certificate Authority'],
    ['certificate-issued-alone', (cert) => cert.issuer.CN === 'Lab Certificate Authority'],
    ['certificate-not-for-servers', (cert) => cert.ext_key_usage === undefined],
  ] satisfies [EndpointName, (cert: DetailedPeerCertificate) => boolean][])('%s', async (name, holds) => {
    const { secured } = await negotiated((await start(name)).port);
    expect(holds(secured.getPeerCertificate(true))).toBe(true);
  });
});

describe('servers of suites that Node no longer has', () => {
  it.each([
    ['tls-rc4', '0005', '0303'],
    ['tls-3des', '000a', '0303'],
    ['tls-export', '0003', '0301'],
    ['ssl-3.0', '002f', '0300'],
  ] as const)('%s sends its first flight to who offers it', async (name, suite, version) => {
    const hello = await someClientHello();
    const suites = hello.subarray(44 + hello.readUInt8(43));
    suites.write(suite, 2, 'hex');
    const { client } = await confirmed((await start(name)).port, 11);
    client.socket.write(hello);
    const { bytes } = await client.hear((heard) => heard.includes('0e000000', 0, 'hex'), 10_000);
    expect(bytes.toString('hex', 9, 11)).toBe(version);
    expect(bytes.toString('hex', 44, 46)).toBe(suite);
    expect(bytes.subarray(-4).toString('hex')).toBe('0e000000');
  });
});

describe('servers that answer one time and not another', () => {
  async function answersOf(name: EndpointName, times: number): Promise<string> {
    const { port } = await start(name);
    let answers = '';
    for (let time = 0; time < times; time += 1) {
      const client = await dial(port);
      client.socket.write(connectionRequest(11));
      const { ending } = await client.hear(wholeTpkt, name === 'every-fifth-silent' ? 250 : 10_000);
      answers += { enough: 'a', reset: 'r', silence: 's', closed: 'c' }[ending];
      client.socket.destroy();
    }
    return answers;
  }

  it.each([
    ['every-third-resets', 'aaraar'],
    ['every-fifth-silent', 'aaaasa'],
    ['works-twice', 'aarrr'],
    ['works-later', 'rrrrra'],
  ] as const)('%s', async (name, expected) => {
    expect(await answersOf(name, expected.length)).toBe(expected);
  });

  it('resets-at-random resets the same ones each time', async () => {
    const answers = await answersOf('resets-at-random', 30);
    expect(await answersOf('resets-at-random', 30)).toBe(answers);
    expect(answers).toMatch(/r.*a.*r/);
  });

  it('two-at-a-time lets a third one wait', async () => {
    const endpoint = await start('two-at-a-time');
    const clients = [
      await dial(endpoint.port),
      await dial(endpoint.port),
      await dial(endpoint.port),
    ] as const;
    for (const client of clients) client.socket.write(connectionRequest(11));
    expect((await clients[1].hear(wholeTpkt, 10_000)).ending).toBe('enough');
    expect((await clients[2].hear(wholeTpkt, 250)).ending).toBe('silence');
    clients[0].socket.destroy();
    expect((await clients[2].hear(wholeTpkt, 10_000)).ending).toBe('enough');
    expect(endpoint.concurrent).toBe(3);
  });

  it('two-machines show two certificates', async () => {
    const { port } = await start('two-machines');
    const names = [];
    for (const _ of [1, 2, 3]) {
      names.push((await negotiated(port)).secured.getPeerCertificate().subject.CN);
    }
    expect(names).toEqual(['SRV-A.lab.example', 'SRV-B.lab.example', 'SRV-A.lab.example']);
  });
});

describe('an endpoint', () => {
  it('records what came, on the wire and inside TLS', async () => {
    const endpoint = await start('windows-nla');
    const { inner } = await negotiated(endpoint.port);
    await inner.hear(wholeChallenge, 10_000);
    expect(endpoint.connections).toBe(1);
    expect(endpoint.concurrent).toBe(1);
    expect(endpoint.received[0]?.subarray(0, 19)).toEqual(connectionRequest(11));
    expect(endpoint.received[0]?.[19]).toBe(22);
    expect(endpoint.decrypted).toEqual([ntlmNegotiate]);
  });

  it('counts who tries to sign in', async () => {
    const endpoint = await start('windows-nla');
    const { secured, inner } = await negotiated(endpoint.port);
    await inner.hear(wholeChallenge, 10_000);
    const authenticate = Buffer.from(ntlmNegotiate);
    authenticate[authenticate.indexOf('NTLMSSP') + 8] = 3;
    secured.write(authenticate);
    const { bytes } = await inner.hear((heard) => heard.length >= 15, 10_000);
    expect(bytes.toString('hex')).toBe('300da003020106a4060204c000006d');
    expect(endpoint.signIns).toBe(1);
  });

  it('differs by address family where it is told to', async () => {
    const both = await startOnBothFamilies(endpoints['windows-nla'](), endpoints['resets-at-request']());
    started.push(both);
    const ipv6 = await dial(both.port, '::1');
    ipv6.socket.write(connectionRequest(11));
    expect((await confirmed(both.port, 11)).confirm).toHaveLength(19);
    expect((await hearUntil(ipv6, 'reset')).ending).toBe('reset');
  });

  it('knows a port that refuses', async () => {
    await expect(dial(await refusingPort())).rejects.toThrow('ECONNREFUSED');
  });

  it('tells of a mistake in a behaviour when it closes', async () => {
    const literal: EndpointLiteral = { about: 'wrong', serve: () => Promise.reject(new Error('wrong')) };
    const endpoint = await startEndpoint(literal);
    await hearUntil(await dial(endpoint.port), 'closed');
    await expect(endpoint.close()).rejects.toThrow('wrong');
  });

  it('leaves no timer when it closes in the middle of a pause', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const endpoint = await startEndpoint(endpoints.late());
    const before = timers();
    const client = await dial(endpoint.port);
    while (endpoint.connections === 0) await pause(1);
    expect(timers()).toBe(before + 1);
    await endpoint.close();
    client.socket.destroy();
    await pause(1);
    expect(timers()).toBe(before);
  });
});
