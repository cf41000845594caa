import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  domainMember,
  endpoints,
  startEndpoint,
  when,
  windowsEndpoint,
} from '../../../lab/endpoint/index.ts';
import { look, lookAt } from '../../../lab/endpoint-trial/look.ts';
import { startRelay, type Tampering } from '../../../lab/endpoint-trial/relay.ts';

const internalError = Buffer.from('15030300020250', 'hex');

/** What a server does that cannot use its key, where that shows at the client's second flight. */
const breakages: Readonly<Record<string, (client: Socket) => void>> = {
  closes: (client) => client.end(),
  resets: (client) => client.resetAndDestroy(),
  'sends internal_error': (client) => client.end(internalError),
  'says nothing': () => {},
};

/** Lets a client's Connection Request and ClientHello through, and does `breakage` at what it says next. */
function atSecondFlight(breakage: (client: Socket) => void, mostTimes = Infinity): () => Tampering {
  let times = 0;
  return () => {
    let said = 0;
    return (bytes, client) => {
      said += 1;
      if (said <= 2 || times >= mostTimes) return bytes;
      times += 1;
      breakage(client);
      return undefined;
    };
  };
}

describe('a handshake that breaks when the client has said its part', () => {
  it.each([
    ['closes', 'dropped-at-tls'],
    ['resets', 'dropped-at-tls'],
    ['says nothing', 'dropped-at-tls'],
    ['sends internal_error', 'tls-refused'],
  ] as const)('the server %s: %s', async (how, spoken) => {
    const endpoint = await startEndpoint(endpoints['tls-1.2']());
    await using relay = await startRelay(endpoint.port, undefined, atSecondFlight(breakages[how] ?? fail));
    try {
      const seen = await look(`127.0.0.1:${relay.port}`);
      expect(seen.spoken).toBe(spoken);
      const { observed } = seen.target.sources[0];
      expect(observed['endpoint-tls']).toMatchObject({ value: { handshake: { kind: 'broken' } } });
      expect(observed['endpoint-certificate']).toMatchObject({ state: 'known', value: { keyProven: false } });
    } finally {
      await endpoint.close();
    }
  });

  it('once, and not again: it is tried once more before anything is said of it', async () => {
    const endpoint = await startEndpoint(endpoints['tls-1.2']());
    const once = atSecondFlight((client) => client.resetAndDestroy(), 1);
    await using relay = await startRelay(endpoint.port, undefined, once);
    try {
      const seen = await look(`127.0.0.1:${relay.port}`, { quick: true });
      expect(seen.spoken).toBe('healthy-from-here');
      expect(seen.target.sources[0].observed['endpoint-certificate']).toMatchObject({
        value: { keyProven: true },
      });
    } finally {
      await endpoint.close();
    }
  });
});

function fail(): never {
  throw new Error('no such breakage');
}

describe('what follows a handshake in the same breath', () => {
  const finished = 20;
  const applicationData = 23;

  it.each([
    ['tls-1.2', finished, 'credssp-fails'],
    ['tls-1.3', applicationData, 'no-modern-tls credssp-fails'],
  ] as const)(
    'is junk that cannot be deciphered, in %s: it ends nothing but that connection',
    async (name, last, expected) => {
      const endpoint = await startEndpoint(endpoints[name]());
      const junk = Buffer.concat([Buffer.from('1703030020', 'hex'), Buffer.alloc(32, 7)]);
      await using relay = await startRelay(endpoint.port, () => {
        let done = false;
        return (bytes) => {
          if (done || !recordTypes(bytes).includes(last)) return bytes;
          done = true;
          return Buffer.concat([bytes, junk]);
        };
      });
      try {
        const { spoken } = await look(`127.0.0.1:${relay.port}`, { quick: true });
        expect(spoken).toBe(expected);
      } finally {
        await endpoint.close();
      }
    },
  );
});

function recordTypes(bytes: Buffer): number[] {
  const types: number[] = [];
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) types.push(bytes[at] ?? 0);
  return types;
}

describe('a key', () => {
  const nla = (computer: string) =>
    windowsEndpoint(computer, {
      identity: domainMember(computer, 10, 0, 20348),
      tls: { certificate: { ...ofTls12.certificate, subject: computer }, maxVersion: 'TLSv1.2' },
    }).serve;
  const ofTls12 = { certificate: { notBefore: new Date('2020-01-01'), notAfter: new Date('2099-01-01') } };

  it('is not proven by the handshake of another machine behind the same address', async () => {
    const serve = when((number) => number === 1, nla('SRV-A'), nla('SRV-B'));
    const { target } = await lookAt({ about: 'two machines', serve }, { quick: true });
    expect(target.sources[0].observed['endpoint-certificate']).toMatchObject({
      value: { certificates: [{ subject: expect.stringContaining('SRV-A') }], keyProven: false },
    });
  });
});

describe('a suite that hides nothing', () => {
  it('is spoken too: what comes after it is looked at', async () => {
    const { target } = await lookAt(endpoints['tls-null'](), { quick: true });
    expect(target.sources[0].observed['endpoint-nla']).toMatchObject({
      state: 'known',
      value: { credssp: { kind: 'challenge' } },
    });
  });
});
