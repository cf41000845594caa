import type { LookupAddress } from 'node:dns';
import dns from 'node:dns/promises';
import net from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  endpoints,
  type LabEndpoint,
  refusingPort,
  startEndpoint,
  startOnBothFamilies,
} from '../../../lab/endpoint/index.ts';
import { spokenBy } from '../../../lab/endpoint-trial/look.ts';
import { diagnose } from '../../checks/diagnose.ts';
import { checks } from '../../checks/index.ts';
import { TargetProblem } from '../../model/target-problem.ts';
import { type EndpointOptions, openEndpoint } from './index.ts';

vi.mock('node:dns/promises', async (original) => {
  const actual = await original<typeof import('node:dns/promises')>();
  const lookup = vi.fn(actual.lookup);
  return { ...actual, lookup, default: { ...actual, lookup } };
});

/** The name that the tests ask for leads to these addresses. */
function leadsTo(...addresses: string[]): void {
  const found = addresses.map((address): LookupAddress => ({ address, family: net.isIP(address) }));
  vi.mocked(dns.lookup).mockResolvedValue(found as never);
}

/** Addresses of documentation (RFC 5737), to which nothing ever comes back here. */
const isDead = (host: string) => host.startsWith('192.0.2.');
/** To which there is no route from here. */
const isAway = (host: string) => host.startsWith('198.51.100.');
/** Of which a router says that it is not to be reached. */
const isLost = (host: string) => host.startsWith('203.0.113.');

const { connect } = net;

function fakeNetwork(): void {
  vi.spyOn(net, 'connect').mockImplementation(((options: net.TcpNetConnectOpts) => {
    const host = options.host ?? '';
    if (isDead(host)) return new net.Socket();
    if (isAway(host)) return failing('ENETUNREACH');
    return isLost(host) ? failing('EHOSTUNREACH') : connect(options);
  }) as typeof net.connect);
}

function failing(code: string): net.Socket {
  const socket = new net.Socket();
  setImmediate(() => socket.destroy(Object.assign(new Error(`connect ${code}`), { code })));
  return socket;
}

/** Half of it is what a dead address is waited for. */
const options: EndpointOptions = { timeout: 3000, quick: true };

async function lookThrough(port: number, differing: Partial<EndpointOptions> = {}) {
  fakeNetwork();
  const target = await openEndpoint(`server.lab.example:${port}`, { ...options, ...differing });
  const diagnoses = await Promise.all(target.sources.map((source) => diagnose(source, checks, new Date())));
  return {
    reached: target.addresses.map(({ address, tcp }) => `${address} ${tcp}`),
    spoken: target.sources.map(({ address }, place) => [address, spokenBy(diagnoses[place]?.findings ?? [])]),
    target,
  };
}

async function withEndpoint<T>(work: (endpoint: LabEndpoint) => Promise<T>): Promise<T> {
  const endpoint = await startEndpoint(endpoints['windows-nla']());
  try {
    return await work(endpoint);
  } finally {
    await endpoint.close();
  }
}

afterEach(() => vi.restoreAllMocks());

const healthy = 'healthy-from-here';

describe('a name that leads to several addresses', () => {
  it('is looked at through each that answers, and each speaks for itself', async () => {
    const both = await startOnBothFamilies(endpoints['windows-nla'](), endpoints['resets-at-client-hello']());
    leadsTo('::1', '127.0.0.1');
    try {
      const { reached, spoken, target } = await lookThrough(both.port);
      expect(reached).toEqual(['::1 open', '127.0.0.1 open']);
      expect(spoken).toEqual([
        ['::1', 'dropped-at-tls'],
        ['127.0.0.1', healthy],
      ]);
      const places = target.sources.map(({ observed }) => observed['endpoint-negotiation'].where);
      expect(places[0]).toContain(`[::1]:${both.port}`);
      expect(places[1]).toContain(`127.0.0.1:${both.port}`);
    } finally {
      await both.close();
    }
  });

  it.each([
    { addresses: ['::1', '127.0.0.1'], spoken: healthy, reached: ['::1 refused', '127.0.0.1 open'] },
    { addresses: ['127.0.0.1', '::1'], spoken: healthy, reached: ['127.0.0.1 open', '::1 refused'] },
    {
      addresses: ['192.0.2.1', '127.0.0.1'],
      spoken: `risk port-unreachable ${healthy}`,
      reached: ['192.0.2.1 timed-out', '127.0.0.1 open'],
    },
    {
      addresses: ['203.0.113.1', '127.0.0.1'],
      spoken: `risk port-unreachable ${healthy}`,
      reached: ['203.0.113.1 unreachable', '127.0.0.1 open'],
    },
    {
      addresses: ['198.51.100.1', '127.0.0.1'],
      spoken: healthy,
      reached: ['198.51.100.1 not-tried', '127.0.0.1 open'],
    },
  ])('$reached', async ({ addresses, spoken, reached }) => {
    leadsTo(...addresses);
    await withEndpoint(async ({ port }) => {
      const seen = await lookThrough(port);
      expect(seen.reached).toEqual(reached);
      expect(seen.spoken).toEqual([['127.0.0.1', spoken]]);
    });
  });

  it('is looked at on ::1 alone where that is where it listens', async () => {
    const endpoint = await startEndpoint(endpoints['windows-nla'](), { host: '::1' });
    leadsTo('127.0.0.1', '::1');
    try {
      const { reached, spoken } = await lookThrough(endpoint.port);
      expect(reached).toEqual(['127.0.0.1 refused', '::1 open']);
      expect(spoken).toEqual([['::1', healthy]]);
    } finally {
      await endpoint.close();
    }
  });

  it('has the live one looked at in time, however many dead ones come first', async () => {
    leadsTo(...Array.from({ length: 7 }, (_, index) => `192.0.2.${index + 1}`), '127.0.0.1');
    await withEndpoint(async ({ port }) => {
      const { reached, spoken } = await lookThrough(port);
      expect(reached.at(-1)).toBe('127.0.0.1 open');
      expect(spoken).toEqual([['127.0.0.1', `risk port-unreachable ${healthy}`]]);
    });
  });

  it('says not tried, and nothing else, of one whose turn did not come', async () => {
    const silent = await startEndpoint(endpoints['silent']());
    leadsTo('127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4');
    vi.spyOn(net, 'connect').mockImplementation(((wanted: net.TcpNetConnectOpts) =>
      connect({ ...wanted, host: '127.0.0.1' })) as typeof net.connect);
    try {
      const { addresses } = await openEndpoint(`server:${silent.port}`, { timeout: 300, quick: true });
      expect(addresses.map(({ tcp }) => tcp)).toEqual(['open', 'open', 'open', 'not-tried']);
      expect(addresses[3]).toMatchObject({ detail: 'the time was up' });
    } finally {
      await silent.close();
    }
  });

  it('is looked at through eight addresses at most, each once', async () => {
    leadsTo(...Array.from({ length: 40 }, (_, index) => `203.0.113.${Math.floor(index / 2)}`));
    const { reached } = await lookThrough(3389);
    expect(reached).toHaveLength(8);
    expect(new Set(reached).size).toBe(8);
  });
});

describe('a name behind which nothing answers', () => {
  it.each([
    { name: 'refused everywhere', addresses: ['127.0.0.1', '::1'], spoken: 'port-closed' },
    { name: 'refused and mute', addresses: ['127.0.0.1', '192.0.2.1'], spoken: 'port-closed' },
    { name: 'mute', addresses: ['192.0.2.1'], spoken: 'port-unreachable' },
    { name: 'out of reach', addresses: ['203.0.113.1'], spoken: 'port-unreachable' },
    { name: 'mute, and no route', addresses: ['192.0.2.1', '198.51.100.1'], spoken: 'port-unreachable' },
  ])('$name: $spoken, by one source for all', async ({ addresses, spoken }) => {
    leadsTo(...addresses);
    const seen = await lookThrough(await refusingPort(), { timeout: 800 });
    expect(seen.spoken).toEqual([[undefined, spoken]]);
    expect(seen.reached).toHaveLength(addresses.length);
  });

  it('cannot be examined where not one connection could be tried from here', async () => {
    leadsTo('198.51.100.1', '198.51.100.2');
    await expect(lookThrough(3389)).rejects.toThrow(/no connection could be tried from here \(ENETUNREACH\)/);
  });
});

describe('a name that leads nowhere', () => {
  it.each([
    ['ENOTFOUND', /no address is known/],
    ['ENODATA', /no address is known/],
    ['EAI_AGAIN', /could not be looked up \(EAI_AGAIN\)/],
  ])('%s', async (code, words) => {
    vi.mocked(dns.lookup).mockRejectedValue(Object.assign(new Error(code), { code }));
    const opening = openEndpoint('server.lab.example', options);
    await expect(opening).rejects.toThrow(TargetProblem);
    await expect(opening).rejects.toThrow(words);
  });

  it('is given up in time where the resolver never answers', async () => {
    vi.mocked(dns.lookup).mockReturnValue(new Promise(() => {}) as never);
    const began = performance.now();
    const opening = openEndpoint('server.lab.example', { ...options, timeout: 300 });
    await expect(opening).rejects.toThrow(/did not answer in time/);
    expect(performance.now() - began).toBeLessThan(1300);
  });
});
