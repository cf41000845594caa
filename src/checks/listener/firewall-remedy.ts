import { type Change, type Consent, setDword } from '../../model/change.ts';
import { type Text, text } from '../../text/index.ts';
import {
  type Firewall,
  firewallPolicyKey,
  listeningPrograms,
  type RefusingProfile,
  type SourcedRule,
} from './firewall.ts';
import { type FirewallRule, withActive } from './firewall-rule.ts';
import { defaultRdpPort } from './rdp-port.ts';

const rulesKey = `${firewallPolicyKey}\\FirewallRules`;

/** Windows' own rules for the listener; those for its shadowing and its web sockets are others. */
const ownRuleNames = /^RemoteDesktop-(UserMode-)?In-(TCP|UDP)(_\d+)?$/i;

/** Where the firewall is to be opened, and for whom. */
export interface Refusal {
  readonly firewall: Firewall;
  readonly refusing: readonly RefusingProfile[];
  readonly port: number;
  readonly build: number | undefined;
}

/** How the firewall is made to admit the RDP service, and what that takes of the user. */
export function firewallRemedy(refusal: Refusal): { consent: Consent; changes: Change[]; summary: Text } {
  const { refusing } = refusal;
  const blocking = [
    ...new Set(refusing.flatMap((state) => (state.because === 'block-rule' ? state.blockedBy : []))),
  ];
  const changes: Change[] = [
    ...refusing.flatMap(settingChange),
    ...blocking.map(turnOff),
    ...admitOwn(refusal),
  ];
  const someoneMeantIt = refusing.some(({ because }) => because !== 'no-rule');
  return {
    consent: someoneMeantIt ? 'ask' : 'none',
    changes,
    summary: summaryOf(blocking.length > 0, someoneMeantIt),
  };
}

function settingChange(state: RefusingProfile): Change[] {
  if (state.because !== 'no-exceptions' && state.because !== 'merge-off') return [];
  return [setDword(state.setting.key, state.setting.name, state.because === 'merge-off' ? 1 : 0)];
}

function summaryOf(blocked: boolean, someoneMeantIt: boolean): Text {
  if (blocked) return text('firewall-blocks-rdp.remedy-blocked');
  return text(someoneMeantIt ? 'firewall-blocks-rdp.remedy-exceptions' : 'firewall-blocks-rdp.remedy');
}

function turnOff({ rule, key }: SourcedRule): Change {
  return { kind: 'set-firewall-rule', key, name: rule.name, rule: withActive(rule, false), active: false };
}

/**
 * Turns Windows' own rules on, widened to the profiles that refuse where they leave those out; makes them where they
 * are gone.
 */
function admitOwn({ firewall, refusing, port, build }: Refusal): Change[] {
  const own = firewall.rules
    .filter(({ rule, key }) => key === rulesKey && isOwnRule(rule, port, build))
    .map(({ rule }) => rule);
  if (!own.some(({ protocol }) => protocol === 6)) return freshRules(port, build);
  const left = refusing.filter(
    ({ profile }) =>
      !own.some(({ protocol, profiles }) => protocol === 6 && (profiles?.includes(profile) ?? true)),
  );
  return own
    .map((rule) => ({
      rule,
      wanted: left.length === 0 ? withActive(rule, true) : everywhere(withActive(rule, true)),
    }))
    .filter(({ rule, wanted }) => rule.text !== wanted)
    .map(({ rule, wanted }) => admitting(rule.name, wanted));
}

/** On Windows 7 the rule for a svchost is RemoteFX's, which is a feature of its own. */
function isOwnRule(rule: FirewallRule, port: number, build: number | undefined): boolean {
  const forPort = rule.ports?.some(({ first, last }) => first <= port && port <= last) ?? true;
  const isKernels = rule.program?.toLowerCase() === 'system';
  const forListener = listeningPrograms(build).includes(isKernels ? 'kernel' : 'service');
  return ownRuleNames.test(rule.name) && rule.action === 'allow' && rule.inbound && forPort && forListener;
}

function everywhere(ruleText: string): string {
  return ruleText.replace(/\|Profile=[^|]*/gi, '');
}

/** The rules as that build ships them, with a name in words instead of a resource's number. */
function freshRules(port: number, build: number | undefined): Change[] {
  const moved = port === defaultRdpPort ? '' : `-Port${port}`;
  const listeners = listeningPrograms(build);
  const service = 'App=%SystemRoot%\\system32\\svchost.exe|Svc=termservice';
  return [
    ...(listeners.includes('kernel')
      ? [admitting(`RemoteDesktop${moved}-In-TCP`, ruleText('TCP', 6, port, 'App=System'))]
      : []),
    ...(listeners.includes('service')
      ? [
          admitting(`RemoteDesktop-UserMode${moved}-In-TCP`, ruleText('TCP', 6, port, service)),
          admitting(`RemoteDesktop-UserMode${moved}-In-UDP`, ruleText('UDP', 17, port, service)),
        ]
      : []),
  ];
}

function ruleText(name: string, protocol: number, port: number, program: string): string {
  return `v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=${protocol}|LPort=${port}|${program}|Name=Remote Desktop (${name}-In, port ${port})|`;
}

function admitting(name: string, rule: string): Change {
  return { kind: 'set-firewall-rule', key: rulesKey, name, rule, active: true };
}
