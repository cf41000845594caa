import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { look } from '../../../lab/endpoint-trial/look.ts';
import { tlsBehindRdp } from '../../../lab/endpoint-trial/tls-behind-rdp.ts';
import { describeWithOracle } from '../../../lab/oracle.ts';
import type { RealServer } from '../../../lab/real-servers/real-server.ts';
import { shadowPrograms, startShadow } from '../../../lab/real-servers/shadow.ts';
import { startXrdp, xrdpPrograms } from '../../../lab/real-servers/xrdp.ts';
import type { Answer } from '../../model/answer.ts';
import type { Negotiation } from '../../wire/rdp/index.ts';
import type { Observed } from './index.ts';

const run = promisify(execFile);

/** What each Connection Request comes to: `s1` selects TLS, `f5` fails with code 5, `mcs` is a MCS disconnect. */
type Row = readonly [requested: number, answer: string][];

interface RealTrial {
  readonly start: () => Promise<RealServer>;
  readonly spoken: string;
  readonly negotiation: Row;
  readonly sign: 'challenge' | 'connected';
  /** The TLS behind it is the same as the one of another trial, where the judge has had its say. */
  readonly sameTls?: true;
}

const healthy = 'healthy-from-here';
const requests = [0xb, 0, 1, 3, 2, 8, 4, 0x10] as const;

function row(...answers: string[]): Row {
  return requests.map((requested, index) => [requested, answers[index] ?? '']);
}

const xrdp: Readonly<Record<string, RealTrial>> = {
  'xrdp with security_layer=tls': {
    start: () => startXrdp({ security: 'tls' }),
    spoken: healthy,
    negotiation: row('s1', 'f1', 's1', 's1', 'f1', 'f1', 'f1', 'mcs'),
    sign: 'connected',
  },
  'xrdp with security_layer=negotiate': {
    start: () => startXrdp({ security: 'negotiate' }),
    spoken: healthy,
    negotiation: row('s1', 's0', 's1', 's1', 's0', 's0', 's0', 'mcs'),
    sign: 'connected',
    sameTls: true,
  },
  'xrdp with security_layer=rdp': {
    start: () => startXrdp({ security: 'rdp' }),
    spoken: 'legacy-security-only',
    negotiation: row('s0', 's0', 's0', 's0', 's0', 's0', 's0', 'mcs'),
    sign: 'connected',
  },
};

const shadow: Readonly<Record<string, RealTrial>> = {
  'FreeRDP shadow with /sec:nla': {
    start: () => startShadow({ security: 'nla' }),
    spoken: healthy,
    negotiation: row('s2', 'f5', 'f5', 's2', 's2', 'f5', 'f5', 'f5'),
    sign: 'challenge',
  },
  'FreeRDP shadow with /sec:tls': {
    start: () => startShadow({ security: 'tls' }),
    spoken: healthy,
    negotiation: row('s1', 'f1', 's1', 's1', 'f1', 'f1', 'f1', 'f1'),
    sign: 'connected',
    sameTls: true,
  },
  'FreeRDP shadow with /sec:rdp': {
    start: () => startShadow({ security: 'rdp' }),
    spoken: 'legacy-security-only',
    negotiation: row('f2', 's0', 'f2', 'f2', 'f2', 'f2', 'f2', 'f2'),
    sign: 'connected',
  },
};

function knownIn<T>(answer: Answer<T>): T {
  if (answer.state !== 'known') throw new Error(`${answer.where}: ${answer.state}`);
  return answer.value;
}

function shortly(negotiation: Negotiation): string {
  if (negotiation.kind === 'selected') return `s${negotiation.selected}`;
  if (negotiation.kind === 'failed') return `f${negotiation.code}`;
  return negotiation.kind === 'disconnected' ? 'mcs' : negotiation.kind;
}

function rowOf(observed: Observed): Row {
  const { attempts } = knownIn(observed['endpoint-negotiation']);
  return attempts.map(({ requested, negotiation }) => [requested, shortly(negotiation)]);
}

function signOf(observed: Observed): string {
  const settings = observed['endpoint-settings'];
  if (settings.state === 'known') return settings.value.settings.kind;
  return knownIn(observed['endpoint-nla']).credssp.kind;
}

/** `TLS 1.2 c030` for each suite of each version that it accepts. */
function suitesSeen(observed: Observed): string[] {
  const versions = knownIn(observed['endpoint-cipher-suites']);
  return versions.flatMap(({ version, suites, complete }) => {
    expect(complete).toBe(true);
    return suites.map((suite) => `${version} ${suite.toString(16).padStart(4, '0')}`);
  });
}

/** The same by sslscan, whose names OpenSSL turns into numbers. */
async function suitesByOracle(port: number): Promise<string[]> {
  const quiet = ['heartbleed', 'renegotiation', 'fallback', 'compression', 'groups', 'check-certificate'];
  const flags = ['--no-colour', ...quiet.map((what) => `--no-${what}`)];
  const [{ stdout }, numbers] = await Promise.all([
    run('sslscan', [...flags, `127.0.0.1:${port}`]),
    suiteNumbers(),
  ]);
  return [...stdout.matchAll(/^(?:Preferred|Accepted)\s+TLSv(\S+)\s+\d+ bits\s+(\S+)/gm)].map(
    ([, version, name = '']) => `TLS ${version} ${numbers.get(name) ?? name}`,
  );
}

/** `0xC0,0x30 - ECDHE-RSA-AES256-GCM-SHA384 TLSv1.2 ...` */
async function suiteNumbers(): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await run('openssl', ['ciphers', '-V', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0']);
  const lines = [...stdout.matchAll(/0x(\w\w),0x(\w\w) - (\S+)/g)];
  return new Map(lines.map(([, high, low, name = '']) => [name, `${high}${low}`.toLowerCase()]));
}

async function thumbprintByOracle(port: number): Promise<string> {
  const opened = run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-showcerts']);
  opened.child.stdin?.end();
  const { stdout: chain } = await opened;
  const read = run('openssl', ['x509', '-noout', '-fingerprint', '-sha1']);
  read.child.stdin?.end(chain);
  const { stdout } = await read;
  return stdout.replace(/^.*=/, '').replaceAll(':', '').trim();
}

function describeTrials(
  name: string,
  programs: readonly string[],
  trials: Readonly<Record<string, RealTrial>>,
) {
  describeWithOracle(name, programs, () => {
    it.each(Object.entries(trials))('%s', async (_name, { start, spoken, negotiation, sign, sameTls }) => {
      await using server = await start();
      const seen = await look(`127.0.0.1:${server.port}`, { timeout: 8000 });
      const { observed } = seen.target.sources[0];
      expect(seen.spoken).toBe(spoken);
      expect(rowOf(observed)).toEqual(negotiation);
      expect(signOf(observed)).toBe(sign);
      if (spoken !== healthy) return;
      await using tls = await tlsBehindRdp(server.port, 3);
      if (!sameTls) expect(suitesSeen(observed).sort()).toEqual((await suitesByOracle(tls.port)).sort());
      const { certificates, keyProven } = knownIn(observed['endpoint-certificate']);
      expect(certificates[0].thumbprint).toBe(await thumbprintByOracle(tls.port));
      expect(keyProven).toBe(true);
    });
  });
}

const judges = ['sslscan', 'openssl'];
describeTrials('xrdp, looked at', [...xrdpPrograms, ...judges], xrdp);
describeTrials('FreeRDP shadow, looked at', [...shadowPrograms, ...judges], shadow);
