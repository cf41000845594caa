import { describe, expect, it } from 'vitest';
import { known } from '../../../model/answer.ts';
import { say } from '../../../text/index.ts';
import {
  allVersions,
  answersNla,
  answersSettings,
  attempt,
  negotiated,
  nothingSeen,
  presents,
  reached,
  speaks,
  speaksAlone,
  speaksQuickly,
  support,
} from './endpoint.fixture.ts';
import { clientNames, clients, clientsThatConnect, clientsThatFail, judgeClients } from './index.ts';
import type { ClientVerdict, SeenEndpoint } from './verdict.ts';

const bytes = new Uint8Array(0);

const ecdheRsaCbc = [0xc014, 0xc013];
const ecdheRsa = [0xc030, 0xc02f, 0xc028, 0xc027, ...ecdheRsaCbc];
const tls13 = [0x1302, 0x1301];

/** Windows Server 2022 as it is installed, whose certificate is its own. */
const healthy: SeenEndpoint = {
  reachability: reached('open'),
  negotiation: negotiated([11, 8], [0, 'failure 5'], [1, 'failure 5'], [3, 2], [2, 'failure 4']),
  ...speaks(ecdheRsaCbc, ecdheRsaCbc, ecdheRsa, tls13),
  certificate: presents('rsa', 2048),
  nla: answersNla(6),
};

/** In the order of `clients`: 7, 10, 11, Windows App, FreeRDP, Guacamole. `b`: believed. */
function outcomes(change: Partial<SeenEndpoint>): string[] {
  return judgeClients({ ...healthy, ...change }).map(shorthand);
}

function shorthand({ outcome, phase, believed }: ClientVerdict): string {
  return [{ connects: 'yes', fails: 'no', unknown: '?' }[outcome], phase, believed ? 'b' : undefined]
    .filter((word) => word !== undefined)
    .join(' ');
}

const all = (outcome: string) => clients.map(() => outcome);

describe('what becomes of each client at an endpoint', () => {
  it.each<[string, Partial<SeenEndpoint>, string[]]>([
    ['healthy', {}, ['yes b', 'yes', 'yes', 'yes b', 'yes', 'yes']],
    ['nobody there', { reachability: reached('timed-out') }, all('no tcp')],
    ['nothing listens', { reachability: reached('refused') }, all('no tcp')],
    [
      'TLS dropped',
      speaksQuickly('TLS 1.2', 'reset'),
      ['no tls b', 'no tls', 'no tls', 'no tls b', 'no tls', 'no tls'],
    ],
    [
      'no TLS version accepted',
      speaksAlone(),
      ['no tls b', 'no tls', 'no tls', 'no tls b', 'no tls', 'no tls'],
    ],
    [
      'a key that the server cannot use',
      {
        tls: known(support([[], [], [0xc030], [0x1302]], { kind: 'broken', detail: 'reset' }), 'server:3389'),
      },
      ['no tls b', 'no tls', 'no tls', 'no tls b', 'no tls', 'no tls'],
    ],
    [
      'what only looks is refused, and a whole handshake stands',
      {
        tls: known(
          {
            ...support([undefined, undefined, [0xc030]], { kind: 'completed' }),
            first: attempt(allVersions, 'TLS 1.2', 'protocol_version'),
          },
          'server:3389',
        ),
      },
      ['? tls b', '? tls', '? tls', '? tls b', '? tls', '? tls'],
    ],
    [
      'each version alone and not all together',
      {
        tls: known(
          { ...support([[0xc014]]), first: attempt(allVersions, 'TLS 1.2', 'reset') },
          'server:3389',
        ),
      },
      ['? tls b', '? tls', '? tls', '? tls b', '? tls', '? tls'],
    ],
  ])('%s', (_, seen, expected) => {
    expect(outcomes(seen)).toEqual(expected);
  });
});

describe('what becomes of each client with the TLS versions of an endpoint', () => {
  it.each<[string, Partial<SeenEndpoint>, string[]]>([
    ['1.0 only', speaks(ecdheRsaCbc), ['yes b', 'yes', '? tls', '? tls b', 'no tls', '? tls']],
    ['1.1 only', speaks(undefined, ecdheRsaCbc), ['? tls b', 'yes', '? tls', '? tls b', 'no tls', '? tls']],
    ['1.2 only', speaks(undefined, undefined, ecdheRsa), ['? tls b', 'yes', 'yes', 'yes b', 'yes', 'yes']],
    [
      '1.3 only',
      speaks(undefined, undefined, undefined, tls13),
      ['no tls b', 'no tls', 'yes b', '? tls b', 'yes', 'yes b'],
    ],
    [
      '1.2 and 1.3',
      speaks(undefined, undefined, ecdheRsa, tls13),
      ['? tls b', 'yes', 'yes', 'yes b', 'yes', 'yes'],
    ],
  ])('%s', (_, seen, expected) => {
    expect(outcomes(seen)).toEqual(expected);
  });
});

describe('what becomes of each client with the one suite of an endpoint', () => {
  it.each<[string, Partial<SeenEndpoint>, string[]]>([
    [
      '3DES, up to 1.2',
      speaks([0x0a], [0x0a], [0x0a]),
      ['yes b', '? tls', '? tls', '? tls b', 'no tls', '? tls'],
    ],
    ['RC4 with 1.0', speaks([0x05]), ['? tls b', 'no tls', 'no tls', '? tls b', 'no tls', 'no tls']],
    [
      'ECDHE-RSA-AES256-GCM',
      speaks(undefined, undefined, [0xc030]),
      ['no tls b', 'yes', 'yes', 'yes b', 'yes', 'yes'],
    ],
    [
      'RSA with AES-128-CBC-SHA, 1.2',
      speaks(undefined, undefined, [0x2f]),
      ['? tls b', 'yes', 'yes', '? tls b', 'yes', 'yes'],
    ],
    [
      'RSA with AES-128-CBC-SHA, up to 1.2',
      speaks([0x2f], [0x2f], [0x2f]),
      ['yes b', 'yes', 'yes', '? tls b', 'yes', 'yes'],
    ],
    [
      'ECDHE-RSA-CHACHA20',
      speaks(undefined, undefined, [0xcca8]),
      ['no tls b', 'no tls', 'no tls', '? tls b', 'yes', 'yes'],
    ],
    [
      'DHE-RSA-AES256-GCM',
      speaks(undefined, undefined, [0x9f]),
      ['? tls b', '? tls', '? tls', '? tls b', 'yes', 'yes'],
    ],
    [
      'none that 1.2 has, but one with 1.0',
      speaks([0xc014], undefined, [0xcca8]),
      ['? tls b', '? tls', '? tls', '? tls b', 'yes', 'yes'],
    ],
  ])('%s', (_, seen, expected) => {
    expect(outcomes(seen)).toEqual(expected);
  });
});

describe('what becomes of each client with the certificate of an endpoint', () => {
  it.each<[string, Partial<SeenEndpoint>, string[]]>([
    [
      'on an elliptic curve',
      { ...speaks(undefined, undefined, [0xc02c, 0xc02b], tls13), certificate: presents('ec', 256) },
      ['? tls b', 'yes', 'yes', '? tls b', 'yes', 'yes'],
    ],
    [
      'RSA 512',
      { certificate: presents('rsa', 512) },
      ['? certificate b', 'no certificate', 'no certificate', '? certificate b', 'yes', 'yes'],
    ],
    [
      'RSA 1024',
      { certificate: presents('rsa', 1024) },
      ['yes b', 'yes', 'yes', '? certificate b', 'yes', 'yes'],
    ],
    [
      'with a key of another kind, as Ed25519',
      { ...speaks(undefined, undefined, [0xc02c], tls13), certificate: presents('other', 256) },
      ['? tls b', '? certificate', '? certificate', '? tls b', 'yes b', 'yes b'],
    ],
    [
      'not seen',
      { certificate: nothingSeen.certificate },
      ['yes b', 'yes b', 'yes b', 'yes b', 'yes', 'yes'],
    ],
  ])('%s', (_, seen, expected) => {
    expect(outcomes(seen)).toEqual(expected);
  });
});

describe('what becomes of each client with the negotiation of an endpoint', () => {
  const refused = (code: number) =>
    negotiated(...[11, 3, 1, 0].map((asked) => [asked, `failure ${code}`] as const));
  const noneConnects = ['no negotiation b', 'no negotiation', 'no negotiation', 'no negotiation b'];

  it.each<[string, Partial<SeenEndpoint>, string[]]>([
    [
      'standard security only, by a failure',
      { negotiation: negotiated([11, 'failure 2'], [3, 'failure 2'], [1, 'failure 2'], [0, 0]) },
      ['yes b', 'yes b', 'yes b', '? negotiation b', 'yes', 'yes'],
    ],
    [
      'standard security only, by a choice',
      { negotiation: negotiated([11, 0], [3, 0], [1, 0], [0, 0]) },
      ['yes b', 'yes', 'yes b', '? negotiation b', 'yes', 'yes'],
    ],
    [
      'an old server without negotiation data',
      { negotiation: negotiated([11, 'no data'], [3, 'no data']) },
      ['yes b', 'yes', 'yes b', '? negotiation b', 'yes', 'yes'],
    ],
    [
      'TLS without CredSSP',
      { negotiation: negotiated([11, 1], [3, 1], [1, 1], [0, 'failure 1']), nla: nothingSeen.nla },
      ['yes b', 'yes', 'yes', 'yes b', 'yes', 'yes'],
    ],
    [
      'failure 3, and standard security for those who ask for it',
      { negotiation: negotiated([11, 'failure 3'], [3, 'failure 3'], [1, 'failure 3'], [0, 0]) },
      ['no negotiation b', 'no negotiation', 'no negotiation', '? negotiation b', 'yes', 'yes'],
    ],
    ...[1, 2, 3, 4, 5, 6, 9].map((code): [string, Partial<SeenEndpoint>, string[]] => [
      `failure ${code} to everything`,
      { negotiation: refused(code) },
      [...noneConnects, 'no negotiation', 'no negotiation'],
    ]),
    [
      'reset at every request',
      { negotiation: negotiated([11, 'reset'], [3, 'reset']) },
      [...noneConnects, 'no negotiation', 'no negotiation'],
    ],
    ['HTTP', { negotiation: negotiated([11, 'HTTP'], [3, 'HTTP']) }, all('no negotiation')],
    [
      'RDSTLS, which nobody asked for',
      { negotiation: negotiated([11, 4], [3, 4]) },
      [...noneConnects, 'no negotiation', 'no negotiation'],
    ],
    [
      'early authorization to those who did not ask for it',
      { negotiation: negotiated([11, 8], [3, 8]) },
      ['no negotiation b', 'yes', 'yes', 'yes b', 'no negotiation', 'no negotiation'],
    ],
    [
      'only the fullest request was asked',
      { negotiation: negotiated([11, 8]) },
      ['yes b', 'yes', 'yes', 'yes b', 'yes b', 'yes b'],
    ],
    [
      'only the fullest request was asked, and refused',
      { negotiation: negotiated([11, 'failure 2']) },
      [
        '? negotiation b',
        '? negotiation',
        '? negotiation',
        '? negotiation b',
        '? negotiation b',
        '? negotiation b',
      ],
    ],
    [
      'only other requests were asked',
      { negotiation: negotiated([0, 'failure 5'], [1, 'failure 5']) },
      all('? negotiation'),
    ],
  ])('%s', (_, seen, expected) => {
    expect(outcomes(seen)).toEqual(expected);
  });
});

describe('what becomes of each client with the CredSSP of an endpoint', () => {
  it.each<[string, Partial<SeenEndpoint>, string[]]>([
    ['dropped', { nla: answersNla({ kind: 'ended', ending: 'reset', bytes }) }, all('no credssp b')],
    ['not CredSSP', { nla: answersNla({ kind: 'not-credssp', detail: 'HTTP', bytes }) }, all('no credssp b')],
    [
      'NTLM refused',
      { nla: answersNla({ kind: 'refused', version: 6, status: 0xc0000418, bytes }) },
      ['? credssp b', '? credssp', '? credssp', '? credssp b', '? credssp', '? credssp'],
    ],
    [
      'without the correction of 2018',
      { nla: answersNla(3) },
      ['no credssp b', 'no credssp b', 'no credssp b', '? credssp b', 'yes', 'yes'],
    ],
    ['with it', { nla: answersNla(5) }, ['yes b', 'yes', 'yes', 'yes b', 'yes', 'yes']],
    [
      'not seen',
      { nla: nothingSeen.nla },
      ['? credssp b', '? credssp', '? credssp', '? credssp b', '? credssp', '? credssp'],
    ],
    [
      'dropped, whatever TLS they would agree on',
      { nla: answersNla({ kind: 'ended', ending: 'closed', bytes }), tls: nothingSeen.tls },
      all('no credssp b'),
    ],
  ])('%s', (_, seen, expected) => {
    expect(outcomes(seen)).toEqual(expected);
  });
});

describe('what becomes of each client after TLS, and after standard security', () => {
  const tls = { negotiation: negotiated([11, 1], [3, 1], [1, 1], [0, 'failure 1']), nla: nothingSeen.nla };
  const standard = { negotiation: negotiated([11, 0], [3, 0], [1, 0], [0, 0]) };
  const reset = { kind: 'ended', ending: 'reset', bytes } as const;
  const silent = { kind: 'ended', ending: 'too-late', bytes } as const;
  const odd = { kind: 'refused', result: 3, bytes } as const;

  it.each<[string, Partial<SeenEndpoint>, string[]]>([
    ['TLS, then a reset', { ...tls, settings: answersSettings(1, reset) }, all('no tls b')],
    ['TLS, then silence', { ...tls, settings: answersSettings(1, silent) }, all('no tls b')],
    [
      'TLS, then an odd answer',
      { ...tls, settings: answersSettings(1, odd) },
      ['yes b', 'yes', 'yes', 'yes b', 'yes', 'yes'],
    ],
    [
      'TLS, and a reset of standard security, which is not chosen',
      { ...tls, settings: answersSettings(0, reset) },
      ['yes b', 'yes', 'yes', 'yes b', 'yes', 'yes'],
    ],
    [
      'CredSSP, and a reset of those who come without it',
      { settings: answersSettings(1, reset) },
      ['yes b', 'yes', 'yes', 'yes b', 'yes', 'yes'],
    ],
    [
      'standard security, then a reset',
      { ...standard, settings: answersSettings(0, reset) },
      all('no negotiation b'),
    ],
  ])('%s', (_, seen, expected) => {
    expect(outcomes(seen)).toEqual(expected);
  });

  it('says so', () => {
    const [, windows10] = judgeClients({ ...healthy, ...tls, settings: answersSettings(1, reset) });
    expect(windows10 && say(windows10.reason)).toMatch(/^TLS stands, and the endpoint ends/);
  });
});

describe('what becomes of each client where suites were not asked about', () => {
  it.each<[string, Partial<SeenEndpoint>, string[]]>([
    [
      'each version alone, healthy',
      speaksAlone([0xc014], [0xc014], [0xc030], [0x1302]),
      ['? tls b', 'yes', 'yes', 'yes b', 'yes', 'yes'],
    ],
    [
      'only the elimination tells that there is no 1.2',
      {
        ...speaksQuickly('TLS 1.3', 0x1302),
        suites: known(
          allVersions.map((version) => ({ version, suites: [], complete: true })),
          'server:3389',
        ),
      },
      ['no tls b', 'no tls', 'yes b', '? tls b', 'yes', 'yes b'],
    ],
    ['1.0 only', speaksAlone([0xc014]), ['yes b', 'yes', '? tls', '? tls b', 'no tls', '? tls']],
    [
      '1.3 chosen from all',
      speaksQuickly('TLS 1.3', 0x1302),
      ['? tls b', '? tls', 'yes b', '? tls b', 'yes', 'yes b'],
    ],
    [
      '1.2 chosen from all',
      speaksQuickly('TLS 1.2', 0xc030),
      ['? tls b', 'yes', 'yes', 'yes b', 'yes', 'yes'],
    ],
    [
      '1.0 chosen from all',
      speaksQuickly('TLS 1.0', 0xc014),
      ['yes b', 'yes', '? tls', '? tls b', 'no tls', '? tls'],
    ],
    [
      '1.2 chosen, with a suite that few have',
      speaksQuickly('TLS 1.2', 0xcca8),
      ['? tls b', '? tls', '? tls', '? tls b', 'yes', 'yes'],
    ],
  ])('%s', (_, seen, expected) => {
    expect(outcomes(seen)).toEqual(expected);
  });

  it('an endpoint of which nothing was seen', () => {
    expect(judgeClients(nothingSeen).map(shorthand)).toEqual(all('? negotiation'));
  });
});

describe('the questions that checks ask', () => {
  const verdicts = judgeClients({ ...healthy, ...speaks(undefined, undefined, undefined, tls13) });

  it('who fails, and where', () => {
    expect(clientNames(clientsThatFail(verdicts))).toBe('Windows 7 and Windows 10');
    expect(clientNames(clientsThatFail(verdicts, 'tls'))).toBe('Windows 7 and Windows 10');
    expect(clientNames(clientsThatFail(verdicts, 'credssp'))).toBe('');
  });

  it('who connects', () => {
    expect(clientNames(clientsThatConnect(verdicts))).toBe('Windows 11, FreeRDP and Apache Guacamole');
  });

  it('why', () => {
    const [windows7, , windows11, app] = verdicts.map(({ reason }) => say(reason));
    expect(windows7).toBe('The endpoint accepts TLS 1.3 alone, which this client does not offer.');
    expect(windows11).toBe('The two agree on TLS, and the client gets to sign in by CredSSP.');
    expect(app).toMatch(/^Which version of TLS/);
  });

  it('on what it rests', () => {
    expect(judgeClients(healthy).map(({ where }) => where)).toEqual([
      'server:3389, requestedProtocols 3',
      'server:3389, requestedProtocols 11',
      'server:3389, requestedProtocols 11',
      'server:3389, requestedProtocols 11',
      'server:3389, requestedProtocols 3',
      'server:3389, requestedProtocols 3',
    ]);
  });

  it.each([
    [1, 'it demands TLS (failure code 1)'],
    [3, 'it has no certificate for TLS (failure code 3)'],
    [9, 'with failure code 9.'],
  ])('failure %i by name', (code, words) => {
    const negotiation = negotiated([11, `failure ${code}`], [3, `failure ${code}`]);
    const [, windows10] = judgeClients({ ...healthy, negotiation });
    expect(windows10 && say(windows10.reason)).toContain(words);
  });
});
