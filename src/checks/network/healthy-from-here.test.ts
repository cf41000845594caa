import { describe, expect, it } from 'vitest';
import { alerted, selects } from '../../../lab/world/network-answers.ts';
import { negotiatesNoTls } from '../../../lab/world/network-plants.ts';
import {
  describeNetworkCheck,
  endpointFindings,
  expectReadable,
  judged,
  spoken,
} from '../../../lab/world/network-tester.ts';
import {
  type EndpointWorld,
  endpointKinds,
  endsAt,
  healthyEndpoint,
  put,
  repeated,
  unseen,
} from '../../../lab/world/network-world.ts';
import { type Conclusion, isTrouble } from '../../model/finding.ts';
import { healthyFromHere } from './healthy-from-here.ts';

async function conclusionOn(endpoint: EndpointWorld): Promise<Conclusion | undefined> {
  const finding = await judged(healthyFromHere, endpoint);
  if (finding.verdict !== 'healthy') throw new Error(finding.verdict);
  return finding.conclusion;
}

function portClosed(endpoint: EndpointWorld): void {
  const refused = {
    address: '10.0.0.4',
    family: 'IPv4',
    tcp: 'refused',
    milliseconds: 1,
    detail: '',
  } as const;
  put(endpoint, 'reachability', { addresses: [refused] });
  endsAt(endpoint, 'reachability');
}

describeNetworkCheck(healthyFromHere, {
  troubles: [],
  healthy: [{ name: 'another check found a fault, and later phases were not reached', alter: portClosed }],
  blind: (['reachability', 'negotiation', 'tls', 'certificate', 'nla'] as const).map((phase) => ({
    name: `nothing known of ${phase}`,
    blind: [phase],
  })),
});

describe('the conclusion', () => {
  it.each(endpointKinds)('is proven and can be said where everything is well (%s)', async (kind) => {
    const conclusion = await conclusionOn(healthyEndpoint(kind));
    if (!conclusion) throw new Error('no conclusion');
    expect(conclusion.certainty).toBe('proven');
    expectReadable(conclusion.title, [conclusion.explanation, conclusion.next], conclusion.evidence);
    expect(conclusion.evidence).toHaveLength(4);
    expect(spoken(conclusion)).toContain('rdpmend explain CODE');
    expect(spoken(conclusion)).toContain('CN=WIN-LAB, until 2026-10-01');
  });

  it.each([
    ['windows-2022-nla', 'CredSSP with early user authorization (8) selected'],
    ['windows-2022-nla', 'TLS 1.3, TLS_AES_256_GCM_SHA384'],
    ['windows-2022-nla', 'CredSSP version 6, a CHALLENGE from WIN-LAB'],
    ['windows-7', 'TLS 1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
    ['xrdp-tls', 'TLS (1) selected'],
    ['xrdp-tls', 'MCS connected, RDP version 0x00080004'],
  ] as const)('tells what was agreed on (%s: %s)', async (kind, words) => {
    const conclusion = await conclusionOn(healthyEndpoint(kind));
    expect(conclusion && spoken(conclusion)).toContain(words);
  });

  it('is likely where nothing was seen after TLS', async () => {
    const endpoint = healthyEndpoint('xrdp-tls');
    unseen(endpoint, 'the time was up', 'settings', 'cipher-suites');
    const conclusion = await conclusionOn(endpoint);
    expect(conclusion?.certainty).toBe('likely');
    expect(conclusion && spoken(conclusion)).toContain('everything up to TLS is well');
  });

  it.each([
    [{ kind: 'refused', result: 3, bytes: Buffer.from('0300', 'hex') }, 'MCS Connect refused: 0300 ".."'],
    [{ kind: 'disconnected', reason: 3, bytes: Buffer.from('0300', 'hex') }, 'an MCS disconnect: 0300'],
    [{ kind: 'not-mcs', detail: 'no TPKT', bytes: Buffer.from('ff', 'hex') }, 'no MCS: ff "."'],
  ] as const)('is likely, and says so, where MCS Connect goes wrong (%j)', async (settings, words) => {
    const endpoint = healthyEndpoint('windows-2019-without-nla');
    put(endpoint, 'settings', { settings });
    const conclusion = await conclusionOn(endpoint);
    if (!conclusion) throw new Error('no conclusion');
    expect(conclusion.certainty).toBe('likely');
    expectReadable(conclusion.title, [conclusion.explanation, conclusion.next], conclusion.evidence);
    expect(spoken(conclusion)).toContain('and then the server breaks off');
    expect(spoken(conclusion)).toContain(words);
  });

  it.each([
    ['windows-2022-nla', 'no-modern-tls'],
    ['windows-2019-without-nla', 'cipher-mismatch'],
  ] as const)('is no surer than what was asked (%s: %s)', async (kind, check) => {
    const endpoint = healthyEndpoint(kind);
    put(endpoint, 'tls', { alone: [] });
    unseen(endpoint, 'not asked with --quick', 'cipher-suites');
    const others = await endpointFindings(endpoint);
    expect(others.find((finding) => finding.check === check)?.verdict).toBe('unknown');
    const conclusion = await conclusionOn(endpoint);
    if (!conclusion) throw new Error('no conclusion');
    expect(conclusion.certainty).toBe('likely');
    expectReadable(conclusion.title, [conclusion.explanation, conclusion.next], conclusion.evidence);
    expect(spoken(conclusion)).toContain('all that was asked up to the sign-in is well');
    expect(spoken(conclusion)).toContain('each client shares with it was not asked: leave --quick out');
  });

  it.each([
    [
      'nothing was seen after TLS',
      (endpoint: EndpointWorld) => unseen(endpoint, 'the time was up', 'settings'),
    ],
    [
      'MCS Connect goes wrong',
      (endpoint: EndpointWorld) =>
        put(endpoint, 'settings', { settings: { kind: 'refused', result: 3, bytes: Buffer.of(3) } }),
    ],
  ])('says what was not asked where %s', async (_, plant) => {
    const endpoint = healthyEndpoint('xrdp-tls');
    put(endpoint, 'tls', { alone: [] });
    unseen(endpoint, 'not asked with --quick', 'cipher-suites');
    plant(endpoint);
    const conclusion = await conclusionOn(endpoint);
    expect(conclusion?.certainty).toBe('likely');
    expect(conclusion && spoken(conclusion)).toMatch(/each client shares with it.*leave --quick out/);
  });

  it('is likely where a whole handshake stands and the one that only looks was refused', async () => {
    const endpoint = healthyEndpoint('windows-2022-nla');
    put(endpoint, 'tls', { first: alerted(['TLS 1.2', 'TLS 1.3'], 40), alone: [] });
    const troubles = (await endpointFindings(endpoint)).filter(isTrouble);
    expect(troubles).toEqual([]);
    const conclusion = await conclusionOn(endpoint);
    expect(conclusion?.certainty).toBe('likely');
    expect(conclusion && spoken(conclusion)).toContain('a whole handshake of a TLS library');
    expect(conclusion && spoken(conclusion)).toContain('each client shares with it did not show');
  });

  it('takes a HelloRetryRequest for TLS 1.3', async () => {
    const endpoint = healthyEndpoint('windows-2022-nla');
    const bytes = Buffer.from('1603030058', 'hex');
    const flight = { kind: 'hello-retry-request', suite: 0x1301, group: 0x18, bytes } as const;
    put(endpoint, 'tls', { first: { versions: ['TLS 1.3'], flight, milliseconds: 4 } });
    const conclusion = await conclusionOn(endpoint);
    expect(conclusion && spoken(conclusion)).toContain('TLS 1.3, TLS_AES_128_GCM_SHA256');
  });

  it.each([
    ['the port is closed', portClosed],
    [
      'there is standard security alone',
      (endpoint: EndpointWorld) => negotiatesNoTls(endpoint, () => selects(0)),
    ],
    ['answers differ', (endpoint: EndpointWorld) => repeated(endpoint, 'TCP', 'open', 'refused')],
  ])('is not drawn where %s', async (_, plant) => {
    const endpoint = healthyEndpoint('windows-2022-nla');
    plant(endpoint);
    expect(await conclusionOn(endpoint)).toBeUndefined();
  });
});
