import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type EndpointName, endpoints, startEndpoint } from '../../../lab/endpoint/index.ts';
import type { LeaksSeen } from '../../../lab/endpoint-trial/leaks.ts';
import { look, lookAt } from '../../../lab/endpoint-trial/look.ts';
import { serveApart } from '../../../lab/endpoint-trial/served.ts';

describe.concurrent('a deadline', () => {
  const timeout = 1500;
  const margin = 1000;

  it.each([
    'endless-junk',
    'endless-tpkt',
    'tls-endless-hello-requests',
    'tls-endless-warnings',
    'tls-endless-certificate',
    'credssp-endless',
    'byte-a-second',
  ] as const satisfies EndpointName[])('holds where a server in a process of its own is %s', async (name) => {
    await using served = await serveApart(name);
    const { took, spoken } = await look(`127.0.0.1:${served.port}`, { timeout });
    expect(took).toBeLessThan(timeout + margin);
    expect(spoken).not.toContain('healthy-from-here');
  });

  it('is kept where it comes in the middle of everything', async () => {
    for (const timeout of [60, 150, 300]) {
      const { took, target } = await lookAt(endpoints['windows-tls'](), { timeout });
      expect(took).toBeLessThan(timeout + margin);
      expect(target.sources).toHaveLength(1);
    }
  });
});

describe('--quick', () => {
  const handful = 6;
  /** A server that goes away is asked again, to tell what is broken from what is unstable. */
  const handfulOfTrouble = 10;

  it.each([
    ['windows-nla', handful],
    ['windows-tls', handful],
    ['windows-standard', handful],
    ['xrdp', handful],
    ['closes-at-once', handfulOfTrouble],
    ['resets-at-client-hello', handfulOfTrouble],
    ['works-twice', handfulOfTrouble],
    ['works-later', handfulOfTrouble],
    ['credssp-closes', handfulOfTrouble],
  ] as const)('makes few connections to %s: %i at most', async (name, most) => {
    const { endpoint } = await lookAt(endpoints[name](), { quick: true });
    expect(endpoint.connections).toBeLessThanOrEqual(most);
  });

  it('asks none of the long lists, and says so', async () => {
    const { target } = await lookAt(endpoints['windows-nla'](), { quick: true });
    const { observed } = target.sources[0];
    const why = 'not asked with --quick';
    expect(observed['endpoint-cipher-suites']).toMatchObject({ state: 'unknown', why });
    expect(observed['endpoint-settings']).toMatchObject({ state: 'unknown', why });
    // One ClientHello for all versions before the one that it prefers.
    expect(observed['endpoint-tls']).toMatchObject({ value: { alone: [{ versions: ['TLS 1.2'] }] } });
    const matrix = observed['endpoint-negotiation'];
    const attempts = matrix.state === 'known' ? matrix.value.attempts : [];
    expect(attempts.map(({ requested }) => requested)).toEqual([11, 0, 1, 3]);
  });

  it.each(['works-later', 'works-twice', 'every-fifth-silent', 'resets-at-random'] as const)(
    'tells the moment from the request: %s',
    async (name) => {
      expect((await lookAt(endpoints[name](), { quick: true })).spoken).toBe('unstable-answers');
    },
  );
});

/** Bytes, in 160 audits: code that V8 compiles late takes less than half of it, and nothing after that. */
const mostGrowth = 2 * 1024 ** 2;

describe('one who looks', () => {
  const countsConnections = process.platform === 'linux' ? it : it.skip;
  const established = '01';

  /** The system's own count of connections to a port, from the client's end: what is closed there is none. */
  function connectionsTo(port: number): number {
    const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const lines = readFileSync('/proc/self/net/tcp', 'utf8').split('\n');
    return lines.filter((line) => {
      const [, , remoteAddress, state] = line.trim().split(/\s+/);
      return remoteAddress?.endsWith(remote) && state === established;
    }).length;
  }

  countsConnections(
    'has three connections open at most, by the count of the system at each that comes',
    async () => {
      const counts: number[] = [];
      const { about, serve } = endpoints['windows-tls']();
      const endpoint = await startEndpoint({
        about,
        serve: (connection) => {
          counts.push(connectionsTo(endpoint.port));
          return serve(connection);
        },
      });
      try {
        await look(`127.0.0.1:${endpoint.port}`);
      } finally {
        await endpoint.close();
      }
      expect(counts.length).toBeGreaterThan(20);
      expect(Math.max(...counts)).toBe(3);
    },
  );

  it('never goes on to a sign-in: what is said inside TLS ends with a NEGOTIATE or MCS Connect', async () => {
    const negotiate = Buffer.from('NTLMSSP\0\u0001\0\0\0', 'latin1');
    const ntlm = Buffer.from('NTLMSSP\0', 'latin1');
    for (const name of ['windows-nla', 'windows-tls', 'windows-negotiate'] as const) {
      const { endpoint } = await lookAt(endpoints[name]());
      const inside = endpoint.decrypted.filter((bytes) => bytes.length > 0);
      expect(inside.some((bytes) => bytes.includes(negotiate))).toBe(true);
      for (const bytes of inside) {
        const last = bytes.lastIndexOf(ntlm);
        if (last >= 0) expect(bytes.subarray(last, last + negotiate.length)).toEqual(negotiate);
      }
    }
  });

  it('leaves no socket, no timer and no memory behind after two hundred audits', async () => {
    await using served = await serveApart('windows-nla');
    const script = path.resolve(import.meta.dirname, '../../../lab/endpoint-trial/leaks.ts');
    const args = ['--expose-gc', script, String(served.port)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { resources, memory }: LeaksSeen = JSON.parse(stdout);
    expect(resources.after).toEqual(resources.before);
    expect(memory.late - memory.early).toBeLessThan(mostGrowth);
  });
});
