import { type Change, type Consent, setDword } from '../../model/change.ts';
import { type Text, text } from '../../text/index.ts';
import { type Firewall, firewallPolicyKey, type ProfileState, type SourcedRule } from './firewall.ts';
import { type FirewallRule, withActive } from './firewall-rule.ts';

const rulesKey = `${firewallPolicyKey}\\FirewallRules`;

/** Windows' own rules for the listener; those for its shadowing and its web sockets are others. */
const ownRuleNames = /^RemoteDesktop-(UserMode-)?In-(TCP|UDP)(_\d+)?$/i;

/** How the firewall is made to admit the RDP service, and what that takes of the user. */
export function firewallRemedy(firewall: Firewall, refusing: readonly ProfileState[], port: number) {
  const because = (reason: ProfileState['because']) =>
    refusing.filter((profile) => profile.because === reason);
  const blocking = [...new Set(refusing.flatMap(({ blockedBy }) => blockedBy))];
  const changes: Change[] = [
    ...because('no-exceptions').map(({ key }) => setDword(key, 'DoNotAllowExceptions', 0)),
    ...because('merge-off').map(({ key }) => setDword(key, 'AllowLocalPolicyMerge', 1)),
    ...blocking.map(turnOff),
    ...admitOwn(firewall, refusing, port),
  ];
  const someoneMeantIt = because('no-rule').length < refusing.length;
  const consent: Consent = someoneMeantIt ? 'ask' : 'none';
  return { consent, changes, summary: summaryOf(blocking.length > 0, someoneMeantIt) };
}

function summaryOf(blocked: boolean, someoneMeantIt: boolean): Text {
  if (blocked) return text('firewall-blocks-rdp.remedy-blocked');
  return text(someoneMeantIt ? 'firewall-blocks-rdp.remedy-exceptions' : 'firewall-blocks-rdp.remedy');
}

function turnOff({ rule, key }: SourcedRule): Change {
  return { kind: 'set-firewall-rule', key, name: rule.name, rule: withActive(rule, false), active: false };
}

/** Turns Windows' own rules on, widened to the profiles that refuse where they leave those out; makes them where they are gone. */
function admitOwn({ rules }: Firewall, refusing: readonly ProfileState[], port: number): Change[] {
  const own = rules
    .filter(({ rule, byPolicy }) => !byPolicy && isOwnRule(rule, port))
    .map(({ rule }) => rule);
  if (!own.some(({ protocol }) => protocol === 6)) return freshRules(port);
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

function isOwnRule(rule: FirewallRule, port: number): boolean {
  const forPort = rule.ports?.some(({ first, last }) => first <= port && port <= last) ?? true;
  return ownRuleNames.test(rule.name) && rule.action === 'allow' && rule.inbound && forPort;
}

function everywhere(ruleText: string): string {
  return ruleText.replace(/\|Profile=[^|]*/gi, '');
}

/** The rules as every Windows from 8 on ships them, with a name in words instead of a resource's number. */
function freshRules(port: number): Change[] {
  return [
    { name: 'TCP', protocol: 6 },
    { name: 'UDP', protocol: 17 },
  ].map(({ name, protocol }) =>
    admitting(
      port === 3389 ? `RemoteDesktop-UserMode-In-${name}` : `RemoteDesktop-Port${port}-In-${name}`,
      `v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=${protocol}|LPort=${port}|App=%SystemRoot%\\system32\\svchost.exe|Svc=termservice|Name=Remote Desktop (${name}-In, port ${port})|`,
    ),
  );
}

function admitting(name: string, rule: string): Change {
  return { kind: 'set-firewall-rule', key: rulesKey, name, rule, active: true };
}
