import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import { checks } from '../../src/checks/index.ts';
import type { Check } from '../../src/model/check.ts';
import { type Certainty, type Finding, isTrouble, type Trouble } from '../../src/model/finding.ts';
import { say } from '../../src/text/index.ts';
import {
  healthyMachine,
  type MachineLiteral,
  type WindowsFamily,
  windowsFamilies,
} from '../machine/index.ts';
import { applyChange } from './apply.ts';
import { type Blindness, worldSource } from './world.ts';

/** The clock of every lab world. */
export const labNow: Date = new Date('2026-06-15T12:00:00Z');

/** A fault planted alone into a healthy machine, and what the whole of rdpmend must make of it. */
export interface Planting {
  readonly name: string;
  /** Families of Windows in which it can happen; all unless told. */
  readonly families?: readonly WindowsFamily[];
  plant(machine: MachineLiteral, family: WindowsFamily): void;
  readonly verdict: 'fault' | 'risk';
  /** `proven` unless told. */
  readonly certainty?: Certainty;
  /** Other checks that this world rightly sets off as well; none unless told. */
  readonly alsoFound?: readonly string[];
}

/** A machine on which this check must keep quiet. */
export interface HealthyWorld {
  readonly name: string;
  readonly families?: readonly WindowsFamily[];
  alter(machine: MachineLiteral, family: WindowsFamily): void;
}

/** A machine of which this check must say that it could not look. */
export interface BlindWorld {
  readonly name: string;
  readonly blind: Blindness;
  alter?(machine: MachineLiteral): void;
}

export interface CheckWorlds {
  readonly troubles: readonly Planting[];
  readonly healthy: readonly HealthyWorld[];
  readonly blind: readonly BlindWorld[];
}

/**
 * Holds a check to the contract, in every family of Windows: it is silent on a healthy machine, a fault planted
 * alone is found by it and by nothing else, what it proposes heals it and leaves nothing else sick, a machine
 * that it mended needs nothing more, and it says so when it cannot look. It has its page and its texts.
 */
export function describeCheck(check: Check, worlds: CheckWorlds): void {
  describe(check.id, () => {
    it('is among the checks, and has its page', () => {
      expect(checks).toContain(check);
      const page = path.resolve(import.meta.dirname, `../../docs/checks/${check.id}.md`);
      expect(existsSync(page), page).toBe(true);
    });
    for (const planting of worlds.troubles) describePlanting(check, planting);
    for (const world of worlds.healthy) {
      it.each(world.families ?? windowsFamilies)(`is quiet: ${world.name} (%s)`, async (family) => {
        const machine = healthyMachine(family, { now: labNow });
        world.alter(machine, family);
        expect(findingOf(check, await findingsOn(machine))).toEqual({ check: check.id, verdict: 'healthy' });
      });
    }
    for (const world of worlds.blind) {
      it.each(windowsFamilies)(`says that it could not look: ${world.name} (%s)`, async (family) => {
        const machine = healthyMachine(family, { now: labNow });
        world.alter?.(machine);
        const finding = findingOf(check, await findingsOn(machine, world.blind));
        expect(finding.verdict).toBe('unknown');
      });
    }
  });
}

function describePlanting(check: Check, planting: Planting): void {
  it.each(planting.families ?? windowsFamilies)(`finds and heals: ${planting.name} (%s)`, async (family) => {
    const machine = healthyMachine(family, { now: labNow });
    planting.plant(machine, family);
    const troubles = (await findingsOn(machine)).filter(isTrouble);
    expect(troubles.map((finding) => finding.check).sort()).toEqual(
      [check.id, ...(planting.alsoFound ?? [])].sort(),
    );
    const trouble = findingOf(check, troubles) as Trouble;
    expect(trouble.verdict).toBe(planting.verdict);
    expect(trouble.certainty).toBe(planting.certainty ?? 'proven');
    expectReadable(trouble);
    if (trouble.remedy.consent === 'manual') {
      expect(trouble.remedy.changes).toEqual([]);
      return;
    }
    await expectHealed(machine, troubles, family);
  });
}

/** Carries out every remedy that was found, and then there is nothing left to find. */
async function expectHealed(machine: MachineLiteral, troubles: readonly Trouble[], family: WindowsFamily) {
  const donor = healthyMachine(family, { now: labNow });
  const changes = troubles.flatMap(({ remedy }) => remedy.changes);
  expect(changes).not.toEqual([]);
  for (const change of changes) applyChange(machine, change, donor);
  const after = (await findingsOn(machine)).filter(({ verdict }) => verdict !== 'healthy');
  const manual = troubles.filter(({ remedy }) => remedy.consent === 'manual').map((trouble) => trouble.check);
  expect(after.filter((finding) => !manual.includes(finding.check))).toEqual([]);
}

/** Every sentence can be said, and the evidence points somewhere. */
function expectReadable(trouble: Trouble): void {
  const { title, explanation, remedy, evidence } = trouble;
  for (const sentence of [title, explanation, remedy.summary])
    expect(say(sentence).length).toBeGreaterThan(8);
  expect(say(title).length).toBeLessThanOrEqual(76);
  expect(evidence.length).toBeGreaterThan(0);
  for (const { where, saw, expected } of evidence) {
    expect(where).not.toBe('');
    expect(typeof saw === 'string' ? saw : say(saw)).not.toBe('');
    expect(say(expected)).not.toBe('');
  }
}

/** What all checks say of a machine. */
export async function findingsOn(
  machine: MachineLiteral,
  blind: Blindness = {},
): Promise<readonly Finding[]> {
  return (await diagnose(worldSource(machine, blind), checks, labNow)).findings;
}

function findingOf(check: Check, findings: readonly Finding[]): Finding {
  const finding = findings.find((candidate) => candidate.check === check.id);
  if (!finding) throw new Error(`${check.id} found nothing`);
  return finding;
}
