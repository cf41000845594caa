import type { Answer, Unknown } from '../../model/answer.ts';
import type { Answers, Questions } from '../../model/question.ts';
import { registryKey } from '../../model/question.ts';
import { dword, findKey, findValue, type RegistryKey, stringOf } from '../../model/registry.ts';
import { unseenAmong } from '../judgement.ts';
import { type FirewallRule, parseFirewallRule } from './firewall-rule.ts';

export const firewallPolicyKey =
  'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
export const firewallGroupPolicyKey = 'SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';

/** The firewall as the machine has it and as group policy adds to it; both apply. */
export const firewallQuestions = {
  firewall: registryKey(firewallPolicyKey, 1),
  firewallPolicy: registryKey(firewallGroupPolicyKey, 3),
} as const satisfies Questions;

type FirewallAnswers = Answers<typeof firewallQuestions>;

const tcp = 6;

export const profileNames = ['domain', 'private', 'public'] as const;
export type ProfileName = (typeof profileNames)[number];

/** The private profile kept the name of the only other one that Windows XP had. */
const profileKeys = {
  domain: ['DomainProfile'],
  private: ['StandardProfile', 'PrivateProfile'],
  public: ['PublicProfile'],
} as const satisfies Record<ProfileName, readonly string[]>;

/**
 * No enabled rule admits it; a rule blocks it; the profile admits nothing whatever the rules say; or policy shuts out
 * the machine's own rules, which would admit it.
 */
export type Refusal = 'no-rule' | 'block-rule' | 'no-exceptions' | 'merge-off';

/** What a profile does with a connection to the RDP port. */
export interface ProfileState {
  readonly profile: ProfileName;
  readonly admits: boolean;
  /** Why it does not. */
  readonly because: Refusal | undefined;
  readonly blockedBy: readonly SourcedRule[];
  /** The key that holds the profile's settings, as questions name keys; policy's where policy decided. */
  readonly key: string;
}

/** A rule with where it comes from. */
export interface SourcedRule {
  readonly rule: FirewallRule;
  /** The key that holds it, as questions name keys. */
  readonly key: string;
  readonly byPolicy: boolean;
}

export interface Firewall {
  readonly rules: readonly SourcedRule[];
  readonly profiles: readonly ProfileState[];
}

/** How the firewall treats TCP connections to the RDP service on a port; `unseen` where it could not be read. */
export function readFirewall(
  answers: FirewallAnswers,
  port: number,
): Firewall | { readonly unseen: readonly Unknown[] } {
  const unseen = unseenAmong(answers.firewall, answers.firewallPolicy);
  if (unseen.length > 0) return { unseen };
  const local = keyOf(answers.firewall);
  const policy = keyOf(answers.firewallPolicy);
  const rules = [
    ...rulesIn(local, `${firewallPolicyKey}\\FirewallRules`, false),
    ...rulesIn(policy, `${firewallGroupPolicyKey}\\FirewallRules`, true),
  ];
  const profiles = profileNames.map((profile) => profileState({ profile, port, rules, local, policy }));
  return { rules, profiles };
}

function keyOf(answer: Answer<RegistryKey>): RegistryKey | undefined {
  return answer.state === 'known' ? answer.value : undefined;
}

function rulesIn(firewall: RegistryKey | undefined, key: string, byPolicy: boolean): SourcedRule[] {
  const values = (firewall && findKey(firewall, 'FirewallRules'))?.values ?? [];
  return values.flatMap(({ name, value }) => {
    const rule = parseFirewallRule(name, stringOf(value) ?? '');
    return rule ? [{ rule, key, byPolicy }] : [];
  });
}

interface ProfileQuestion {
  readonly profile: ProfileName;
  readonly port: number;
  readonly rules: readonly SourcedRule[];
  readonly local: RegistryKey | undefined;
  readonly policy: RegistryKey | undefined;
}

function profileState(question: ProfileQuestion): ProfileState {
  const { profile, port, rules, local, policy } = question;
  const setting = (name: string) =>
    profileSetting(policy, profile, name) ?? profileSetting(local, profile, name);
  const refused = (because: Refusal, key: string, blockedBy: readonly SourcedRule[] = []): ProfileState => ({
    profile,
    admits: false,
    because,
    blockedBy,
    key: `${key}\\${profileKeys[profile][0]}`,
  });
  const admitted: ProfileState = {
    ...refused('no-rule', firewallPolicyKey),
    admits: true,
    because: undefined,
  };
  if (setting('EnableFirewall') === 0) return admitted;
  if (setting('DoNotAllowExceptions') === 1) {
    const byPolicy = profileSetting(policy, profile, 'DoNotAllowExceptions') !== undefined;
    return refused('no-exceptions', byPolicy ? firewallGroupPolicyKey : firewallPolicyKey);
  }
  const mergeOff = profileSetting(policy, profile, 'AllowLocalPolicyMerge') === 0;
  const speaking = rules.filter(({ rule }) => concernsRdp(rule, profile, port));
  const counting = speaking.filter(({ byPolicy }) => byPolicy || !mergeOff);
  const blockedBy = counting.filter(({ rule }) => rule.action === 'block' && !rule.restricted);
  if (blockedBy.length > 0) return refused('block-rule', firewallPolicyKey, blockedBy);
  if (counting.some(({ rule }) => rule.action === 'allow') || policyException(policy, profile))
    return admitted;
  if (setting('DefaultInboundAction') === 0) return admitted;
  return mergeOff ? refused('merge-off', firewallGroupPolicyKey) : refused('no-rule', firewallPolicyKey);
}

function profileSetting(
  firewall: RegistryKey | undefined,
  profile: ProfileName,
  name: string,
): number | undefined {
  for (const keyName of profileKeys[profile]) {
    const key = firewall && findKey(firewall, keyName);
    const value = key && dword(findValue(key, name));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The older policy "Allow inbound Remote Desktop exceptions" is no rule but a switch of its own. */
function policyException(policy: RegistryKey | undefined, profile: ProfileName): boolean {
  return profileKeys[profile].some((keyName) => {
    const key = policy && findKey(policy, keyName);
    const services = key && findKey(key, 'Services');
    const remoteDesktop = services && findKey(services, 'RemoteDesktop');
    return remoteDesktop !== undefined && dword(findValue(remoteDesktop, 'Enabled')) === 1;
  });
}

/** Whether an active rule speaks of connections to the RDP service in this profile. */
function concernsRdp(rule: FirewallRule, profile: ProfileName, port: number): boolean {
  return (
    rule.active &&
    rule.inbound &&
    (rule.protocol === undefined || rule.protocol === tcp) &&
    (rule.profiles === undefined || rule.profiles.includes(profile)) &&
    (rule.ports === undefined || rule.ports.some(({ first, last }) => first <= port && port <= last)) &&
    isForRdpService(rule)
  );
}

/**
 * Up to Windows 7 the kernel (`System`) listens, from then on TermService in a svchost. A rule for another
 * program says nothing of RDP.
 */
function isForRdpService({ program, service }: FirewallRule): boolean {
  const serviceFits = service === undefined || service === '*' || service.toLowerCase() === 'termservice';
  const programFits = program === undefined || /^system$|(^|[\\/])svchost\.exe$/i.test(program);
  return serviceFits && programFits;
}
