import { describe, expect, it } from 'vitest';
import { labNow } from '../../../lab/world/check-tester.ts';
import { endpointKinds, endpointSource, healthyEndpoint, unseen } from '../../../lab/world/network-world.ts';
import type { SymptomReading } from '../../model/check.ts';
import type { Source } from '../../model/source.ts';
import { answersFor, diagnose } from '../diagnose.ts';
import { checks } from '../index.ts';
import { networkChecks } from '../network/index.ts';
import type { CaseSymptom } from './symptom.ts';

/** Each symptom with the checks of the disk that have it. */
function symptoms(): Map<CaseSymptom, string[]> {
  const found = new Map<CaseSymptom, string[]>();
  for (const { id, symptom } of checks) {
    const own: CaseSymptom | undefined = symptom;
    for (const one of [own, own?.ofRisk]) if (one) found.set(one, [...(found.get(one) ?? []), id]);
  }
  return found;
}

async function readings(source: Source): Promise<Map<string, SymptomReading>> {
  const { answers } = await diagnose(source, checks, labNow);
  const read = (symptom: CaseSymptom) => symptom.read(answersFor(symptom.questions, answers), labNow);
  return new Map([...symptoms()].map(([symptom, ids]) => [ids.join(', '), read(symptom)]));
}

/** What is no trouble, and so may be seen at a healthy endpoint: clients without NLA, and TLS 1.0 of old. */
const settings = ['nla-off', 'legacy-tls-enabled'];

describe('the symptoms', () => {
  it.each(endpointKinds)('none of a fault is seen at a healthy endpoint (%s)', async (kind) => {
    const shown = [...(await readings(endpointSource(healthyEndpoint(kind))))]
      .filter(([ids, { state }]) => state === 'shown' && !settings.some((id) => ids.includes(id)))
      .map(([ids]) => ids);
    // A server without CredSSP is no Windows whose disk could be at hand.
    expect(shown).toEqual(kind.startsWith('xrdp') ? ['credssp-provider-missing'] : []);
  });

  it('tell nothing of an endpoint that could not be looked at', async () => {
    const world = healthyEndpoint('windows-2022-nla');
    unseen(
      world,
      'planted',
      'reachability',
      'negotiation',
      'tls',
      'cipher-suites',
      'certificate',
      'nla',
      'settings',
    );
    const states = [...(await readings(endpointSource(world)))].map(([, { state }]) => state);
    expect(new Set(states)).toEqual(new Set(['untold']));
  });

  it('explain checks of the network alone', () => {
    const ids = networkChecks.map(({ id }) => id);
    for (const [{ explains }] of symptoms()) expect(ids).toEqual(expect.arrayContaining([...explains]));
  });
});
