import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import { networkChecks } from '../../src/checks/network/index.ts';
import type { Check } from '../../src/model/check.ts';
import {
  type Certainty,
  type Conclusion,
  type Evidence,
  type Finding,
  isTrouble,
  type Trouble,
} from '../../src/model/finding.ts';
import { say, type Text } from '../../src/text/index.ts';
import { labNow } from './check-tester.ts';
import {
  type EndpointKind,
  type EndpointWorld,
  endpointKinds,
  endpointSource,
  healthyEndpoint,
  type Phase,
  unseen,
} from './network-world.ts';

/** A trouble planted alone into a healthy endpoint, and what the whole of rdpmend must make of it. */
export interface NetworkPlanting {
  readonly name: string;
  /** Endpoints on which it can happen; all unless told. */
  readonly kinds?: readonly EndpointKind[];
  plant(endpoint: EndpointWorld, kind: EndpointKind): void;
  readonly verdict: 'fault' | 'risk';
  /** `proven` unless told. */
  readonly certainty?: Certainty;
  /** Words that must stand in its title, explanation or evidence. */
  readonly says?: readonly (string | RegExp)[];
  /** Other checks that this world rightly sets off as well; none unless told. */
  readonly alsoFound?: readonly string[];
}

/** An endpoint on which this check must keep quiet. */
export interface HealthyEndpoint {
  readonly name: string;
  readonly kinds?: readonly EndpointKind[];
  alter(endpoint: EndpointWorld, kind: EndpointKind): void;
}

/** An endpoint of which this check must say that it could not look. */
export interface BlindEndpoint {
  readonly name: string;
  /** Answers that are made unknown. */
  readonly blind: readonly Phase[];
  readonly kinds?: readonly EndpointKind[];
  alter?(endpoint: EndpointWorld): void;
}

export interface NetworkWorlds {
  readonly troubles: readonly NetworkPlanting[];
  readonly healthy: readonly HealthyEndpoint[];
  readonly blind: readonly BlindEndpoint[];
}

/**
 * Holds a check of the network to the contract: it is silent on every healthy endpoint, a trouble planted alone is found
 * by it and by no other network check, all that it says can be said, and it says so when it cannot look. It has its page.
 */
export function describeNetworkCheck(check: Check, worlds: NetworkWorlds): void {
  describe(check.id, () => {
    it('is among the checks, and has its page', () => {
      expect(networkChecks).toContain(check);
      const page = path.resolve(import.meta.dirname, `../../docs/checks/${check.id}.md`);
      expect(existsSync(page), page).toBe(true);
    });
    it.each(endpointKinds)('is quiet on a healthy endpoint (%s)', async (kind) => {
      expect((await judged(check, healthyEndpoint(kind))).verdict).toBe('healthy');
    });
    for (const planting of worlds.troubles) describePlanting(check, planting);
    for (const { name, kinds, alter } of worlds.healthy) {
      it.each(kinds ?? endpointKinds)(`is quiet: ${name} (%s)`, async (kind) => {
        const endpoint = healthyEndpoint(kind);
        alter(endpoint, kind);
        expect((await judged(check, endpoint)).verdict).toBe('healthy');
      });
    }
    for (const world of worlds.blind) describeBlindness(check, world);
  });
}

function describePlanting(check: Check, planting: NetworkPlanting): void {
  it.each(planting.kinds ?? endpointKinds)(`finds: ${planting.name} (%s)`, async (kind) => {
    const endpoint = healthyEndpoint(kind);
    planting.plant(endpoint, kind);
    const troubles = (await endpointFindings(endpoint)).filter(isTrouble);
    expect(troubles.map((finding) => finding.check).sort()).toEqual(
      [check.id, ...(planting.alsoFound ?? [])].sort(),
    );
    const trouble = troubles.find((candidate) => candidate.check === check.id) as Trouble;
    expect(trouble.verdict).toBe(planting.verdict);
    expect(trouble.certainty).toBe(planting.certainty ?? 'proven');
    expectReadable(trouble.title, [trouble.explanation, trouble.remedy.summary], trouble.evidence);
    expect(trouble.remedy).toMatchObject({ consent: 'manual', changes: [] });
    for (const words of planting.says ?? []) expect(spoken(trouble)).toMatch(words);
  });
}

function describeBlindness(check: Check, { name, kinds, blind, alter }: BlindEndpoint): void {
  it.each(kinds ?? endpointKinds)(`says that it could not look: ${name} (%s)`, async (kind) => {
    const endpoint = healthyEndpoint(kind);
    alter?.(endpoint);
    unseen(endpoint, 'planted', ...blind);
    const finding = await judged(check, endpoint);
    expect(finding.verdict).toBe('unknown');
    expect(finding.verdict === 'unknown' && finding.unseen.length).toBeGreaterThan(0);
  });
}

/** Every sentence can be said, a title fits its line, and the evidence points to what came over the network. */
export function expectReadable(title: Text, sentences: readonly Text[], evidence: readonly Evidence[]): void {
  for (const sentence of [title, ...sentences]) expect(say(sentence).length).toBeGreaterThan(8);
  expect(say(title).length).toBeLessThanOrEqual(76);
  expect(say(title)).not.toMatch(/\.$/);
  expect(evidence.length).toBeGreaterThan(0);
  for (const { source, where, saw, expected } of evidence) {
    expect(source).toBe('endpoint');
    expect(where).not.toBe('');
    expect(sayAny(saw)).not.toBe('');
    expect(say(expected)).not.toBe('');
  }
}

/** All that a finding says, as one text. */
export function spoken({ title, explanation, evidence, ...rest }: Trouble | Conclusion): string {
  const advice = 'next' in rest ? rest.next : rest.remedy.summary;
  const seenThere = evidence.map(({ where, saw, expected }) => `${where}: ${sayAny(saw)} (${say(expected)})`);
  return [say(title), say(explanation), ...seenThere, say(advice)].join('\n');
}

function sayAny(words: string | Text): string {
  return typeof words === 'string' ? words : say(words);
}

/** What all network checks say of an endpoint. */
export async function endpointFindings(endpoint: EndpointWorld): Promise<readonly Finding[]> {
  return (await diagnose(endpointSource(endpoint), networkChecks, labNow)).findings;
}

/** What one of them says, among all. */
export async function judged(check: Check, endpoint: EndpointWorld): Promise<Finding> {
  const finding = (await endpointFindings(endpoint)).find((candidate) => candidate.check === check.id);
  if (!finding) throw new Error(`${check.id} found nothing`);
  return finding;
}
