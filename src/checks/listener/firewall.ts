import type { Answer, Unknown } from '../../model/answer.ts';
import { familyOf } from '../../model/machine.ts';
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
  firewall: registryKey(firewallPolicyKey, 2),
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

/** What a profile does with a connection to the RDP port. */
export type ProfileState = { readonly profile: ProfileName; readonly admits: true } | RefusingProfile;

export type RefusingProfile = { readonly profile: ProfileName; readonly admits: false } & (
  | { readonly because: 'no-rule'; readonly key: string }
  | { readonly because: 'block-rule'; readonly blockedBy: readonly SourcedRule[] }
  | { readonly because: 'no-exceptions' | 'merge-off'; readonly setting: ProfileSetting }
);

/** A setting of a profile that is in force. */
export interface ProfileSetting {
  readonly value: number;
  /** As questions name keys. */
  readonly key: string;
  readonly name: string;
  readonly byPolicy: boolean;
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
  build: number | undefined,
): Firewall | { readonly unseen: readonly Unknown[] } {
  const unseen = unseenAmong(answers.firewall, answers.firewallPolicy);
  if (unseen.length > 0) return { unseen };
  const local: Profiles = { key: keyOf(answers.firewall), path: firewallPolicyKey, byPolicy: false };
  const policy: Profiles = {
    key: keyOf(answers.firewallPolicy),
    path: firewallGroupPolicyKey,
    byPolicy: true,
  };
  // Rules of a device manager lie beside the machine's own, and count as policy does.
  const managed: Profiles = {
    key: local.key && findKey(local.key, 'Mdm'),
    path: `${firewallPolicyKey}\\Mdm`,
    byPolicy: true,
  };
  const rules = [local, managed, policy].flatMap(rulesIn);
  const profiles = profileNames.map((profile) =>
    profileState({ profile, port, build, rules, local, policy }),
  );
  return { rules, profiles };
}

/** One place that holds profiles and rules. */
interface Profiles {
  readonly key: RegistryKey | undefined;
  /** As questions name keys. */
  readonly path: string;
  readonly byPolicy: boolean;
}

function keyOf(answer: Answer<RegistryKey>): RegistryKey | undefined {
  return answer.state === 'known' ? answer.value : undefined;
}

function isActiveInbound(ruleText: string): boolean {
  return /\|Active=TRUE\|/i.test(ruleText) && /\|Dir=In\|/i.test(ruleText);
}

function rulesIn({ key, path, byPolicy }: Profiles): SourcedRule[] {
  const values = (key && findKey(key, 'FirewallRules'))?.values ?? [];
  return values.flatMap(({ name, value }) => {
    const ruleText = stringOf(value) ?? '';
    // A machine has hundreds of rules, and few of them are read: those that do something, and Remote Desktop's own.
    if (!(isActiveInbound(ruleText) || /^RemoteDesktop-/i.test(name))) return [];
    const rule = parseFirewallRule(name, ruleText);
    return rule ? [{ rule, key: `${path}\\FirewallRules`, byPolicy }] : [];
  });
}

interface ProfileQuestion {
  readonly profile: ProfileName;
  readonly port: number;
  readonly build: number | undefined;
  readonly rules: readonly SourcedRule[];
  readonly local: Profiles;
  readonly policy: Profiles;
}

function profileState(question: ProfileQuestion): ProfileState {
  const { profile, rules, local, policy } = question;
  const setting = (name: string) => settingIn(policy, profile, name) ?? settingIn(local, profile, name);
  const admitted: ProfileState = { profile, admits: true };
  if (setting('EnableFirewall')?.value === 0) return admitted;

  const exceptions = setting('DoNotAllowExceptions');
  if (exceptions?.value === 1)
    return { profile, admits: false, because: 'no-exceptions', setting: exceptions };

  const merge = settingIn(policy, profile, 'AllowLocalPolicyMerge');
  const speaking = rules.filter(({ rule }) => concernsRdp(rule, question));
  const counting = speaking.filter(({ byPolicy }) => byPolicy || merge?.value !== 0);
  const blockedBy = counting.filter(({ rule }) => rule.action === 'block' && !rule.restricted);
  if (blockedBy.length > 0) return { profile, admits: false, because: 'block-rule', blockedBy };

  const allowed = counting.some(({ rule }) => rule.action === 'allow');
  if (allowed || policyException(policy, profile) || setting('DefaultInboundAction')?.value === 0)
    return admitted;
  if (merge?.value === 0) return { profile, admits: false, because: 'merge-off', setting: merge };
  return {
    profile,
    admits: false,
    because: 'no-rule',
    key: `${firewallPolicyKey}\\${localProfileKeys[profile]}`,
  };
}

/** The machine's own settings know the private profile by the name that Windows XP gave it. */
const localProfileKeys = {
  domain: 'DomainProfile',
  private: 'StandardProfile',
  public: 'PublicProfile',
} as const satisfies Record<ProfileName, string>;

function settingIn(firewall: Profiles, profile: ProfileName, name: string): ProfileSetting | undefined {
  for (const keyName of profileKeys[profile]) {
    const key = firewall.key && findKey(firewall.key, keyName);
    const value = key && dword(findValue(key, name));
    if (value !== undefined) {
      return { value, key: `${firewall.path}\\${keyName}`, name, byPolicy: firewall.byPolicy };
    }
  }
  return undefined;
}

/** The older policy "Allow inbound Remote Desktop exceptions" is no rule but a switch of its own. */
function policyException({ key: policy }: Profiles, profile: ProfileName): boolean {
  return profileKeys[profile].some((keyName) => {
    const key = policy && findKey(policy, keyName);
    const services = key && findKey(key, 'Services');
    const remoteDesktop = services && findKey(services, 'RemoteDesktop');
    return remoteDesktop !== undefined && dword(findValue(remoteDesktop, 'Enabled')) === 1;
  });
}

/** Whether an active rule speaks of connections to the RDP service in this profile. */
function concernsRdp(rule: FirewallRule, { profile, port, build }: ProfileQuestion): boolean {
  return (
    rule.active &&
    rule.inbound &&
    !rule.forPackages &&
    (rule.protocol === undefined || rule.protocol === tcp) &&
    (rule.profiles === undefined || rule.profiles.includes(profile)) &&
    (rule.ports === undefined || rule.ports.some(({ first, last }) => first <= port && port <= last)) &&
    isForRdpService(rule, build)
  );
}

/** A rule for another program or service says nothing of RDP. */
function isForRdpService({ program, service }: FirewallRule, build: number | undefined): boolean {
  const serviceFits = service === undefined || service === '*' || service.toLowerCase() === 'termservice';
  if (program === undefined) return serviceFits;
  const listeners = listeningPrograms(build);
  if (/^system$/i.test(program)) return listeners.includes('kernel') && service === undefined;
  return listeners.includes('service') && serviceFits && /(^|[\\/])svchost\.exe$/i.test(program);
}

/** On Windows 7 the kernel listens (`System`), from then on TermService in a svchost. */
export function listeningPrograms(build: number | undefined): readonly ('kernel' | 'service')[] {
  if (build === undefined) return ['kernel', 'service'];
  return familyOf(build) === '7' ? ['kernel'] : ['service'];
}
