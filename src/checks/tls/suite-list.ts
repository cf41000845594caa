import type { Certainty } from '../../model/finding.ts';
import { type QuestionOf, registryValue } from '../../model/question.ts';
import { type RegistryValue, showValue } from '../../model/registry.ts';
import { type Text, text } from '../../text/index.ts';
import { readSuiteName, type SuiteName } from './cipher-suites.ts';
import type { KeyType } from './listener-key.ts';
import type { SuiteSupport } from './suite-support.ts';

/** Where the policy "SSL Cipher Suite Order" lies; its list takes the place of Windows' own. */
export const suitePolicyKey = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';

/** Where Windows keeps its own list. */
export const localSuitesKey =
  'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

/** The policy's list: one string with commas. */
export const suitePolicyQuestion: QuestionOf<'registry-value'> = registryValue(suitePolicyKey, 'Functions');

/**
 * Why a list leaves current clients nothing. `empty`: it names no suite. `unusable`: none that this Windows has and
 * current clients accept. `only-tls-1.3`: those that it has are for 1.3 alone, which Windows 10 does not speak.
 * `wrong-key`: none that goes with the certificate's kind of key.
 */
export type ListFault = 'empty' | 'unusable' | 'only-tls-1.3' | 'wrong-key';

export type ListState =
  | { readonly state: 'usable' }
  | { readonly state: 'unusable'; readonly fault: ListFault; readonly certainty: Certainty }
  /** It turns on what could not be seen. */
  | { readonly state: 'depends' };

/**
 * The names in a list of suites: one string with commas, as policy writes it, or one string for each, as Windows'
 * own list has it. Undefined for every other type.
 */
export function suiteNamesIn(value: RegistryValue): readonly string[] | undefined {
  switch (value.type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return namesIn(value.data);
    case 'REG_MULTI_SZ':
      return value.data.flatMap(namesIn);
    default:
      return undefined;
  }
}

/** A list as evidence shows it. */
export function sawSuites(value: RegistryValue): string | Text {
  return showValue(value) || text('cipher-suites-damaged.saw-empty');
}

function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Whether a list has something for current clients, whichever of the supports and key types it turns out to be. */
export function judgeSuiteList(
  names: readonly string[],
  supports: readonly SuiteSupport[],
  keyTypes: readonly KeyType[],
): ListState {
  const read = names.map(readSuiteName);
  const states = supports.flatMap((support) => keyTypes.map((key) => judgeFor(read, support, key)));
  const [first, ...others] = states.filter((state) => state.state === 'unusable');
  if (!first) return { state: 'usable' };
  if (states.some(({ state }) => state === 'usable')) return { state: 'depends' };
  const same = others.every(({ fault }) => fault === first.fault);
  const certain = [first, ...others].every(({ certainty }) => certainty === 'proven');
  return {
    state: 'unusable',
    fault: same ? first.fault : 'unusable',
    certainty: certain ? 'proven' : 'likely',
  };
}

type CertainState = Exclude<ListState, { state: 'depends' }>;

function judgeFor(names: readonly SuiteName[], support: SuiteSupport, key: KeyType): CertainState {
  // Nobody has proven what Windows does with a list that is there and empty.
  if (names.length === 0) return unusable('empty', 'likely');
  const having = (wanted: 'yes' | 'unsure') => names.filter((name) => support(name) === wanted);
  if (having('yes').some((name) => serves12(name) && fits(name, key))) return { state: 'usable' };
  const doubt = having('unsure').some((name) => serves12(name) && fits(name, key));
  return unusable(faultOf(having('yes')), doubt ? 'likely' : 'proven');
}

function faultOf(supported: readonly SuiteName[]): ListFault {
  if (supported.some(serves12)) return 'wrong-key';
  return supported.some(({ suite }) => suite?.versions.includes('TLS 1.3')) ? 'only-tls-1.3' : 'unusable';
}

function unusable(fault: ListFault, certainty: Certainty): CertainState {
  return { state: 'unusable', fault, certainty };
}

/** 1.2 is what every current client speaks. */
function serves12({ suite }: SuiteName): boolean {
  return suite?.versions.includes('TLS 1.2') ?? false;
}

function fits({ suite }: SuiteName, key: KeyType): boolean {
  return suite?.certificate === key;
}
