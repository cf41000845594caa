import type { Answer } from '../../model/answer.ts';
import { familyOf, type WindowsFamily } from '../../model/machine.ts';
import { type QuestionOf, registryValue } from '../../model/question.ts';
import type { RegistryValue } from '../../model/registry.ts';
import { allFamilies, readSuiteName, type SuiteName } from './cipher-suites.ts';

/**
 * Every suite that this very machine's TLS provider registered, on by default or not: the truth about what it
 * supports, updates included. All real hives have it (7: 53 names, 8: 57, 10: 47).
 */
export const providerSuitesQuestion: QuestionOf<'registry-value'> = registryValue(
  'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Providers\\Microsoft SSL Protocol Provider\\UM\\00010002',
  'Functions',
);

/** `unsure`: Windows is believed not to know this way of writing the name, and nobody has proven it. */
export type Support = 'yes' | 'no' | 'unsure';

export type SuiteSupport = (name: SuiteName) => Support;

const familiesWithCurvesInNames: readonly WindowsFamily[] = ['7', '8', '8.1'];

/** What this Windows supports; several possibilities where neither its provider nor its build tells. */
export function suiteSupports(
  provider: Answer<RegistryValue>,
  build: number | undefined,
): readonly SuiteSupport[] {
  const registered =
    provider.state === 'known' && provider.value.type === 'REG_MULTI_SZ' ? provider.value.data : [];
  if (registered.length > 0) return [supportOfProvider(registered)];
  const family = familyOf(build);
  return (family ? [family] : allFamilies).map(supportOfFamily);
}

function supportOfProvider(registered: readonly string[]): SuiteSupport {
  const names = registered.map(readSuiteName);
  const exact = new Set(names.map(({ name }) => name));
  const bySuite = new Set(names.map(({ suite }) => suite?.name));
  const curvesInNames = names.some(({ curve }) => curve !== undefined);
  return ({ name, curve, suite }) => {
    if (exact.has(name)) return 'yes';
    if (!suite || !bySuite.has(suite.name)) return 'no';
    return spelling(curve, curvesInNames);
  };
}

function supportOfFamily(family: WindowsFamily): SuiteSupport {
  const curvesInNames = familiesWithCurvesInNames.includes(family);
  return ({ curve, suite }) => {
    if (!suite?.families.includes(family)) return 'no';
    const spellings: readonly (string | undefined)[] =
      curvesInNames && suite.curves.length > 0 ? suite.curves : [undefined];
    return spellings.includes(curve) ? 'yes' : spelling(curve, curvesInNames);
  };
}

/**
 * A suite that Windows has, under a name that it does not list. From 10 on a curve in the name is documented to be
 * accepted, and ignored. Up to 8.1 the provider registers each ECDHE suite once for each curve, so a name without
 * one is believed unknown to it.
 */
function spelling(curve: string | undefined, curvesInNames: boolean): Support {
  if (!curvesInNames) return 'yes';
  return curve === undefined ? 'unsure' : 'no';
}
