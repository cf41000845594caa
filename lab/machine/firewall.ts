import { type KeyLiteral, keysFromPaths, type ValueLiteral } from '../hive/index.ts';
import { type FamilyFacts, isBefore8, isFrom2019 } from './families.ts';
import { ordinaryFirewallRules } from './ordinary-firewall-rules.ts';

/** A rule of Remote Desktop's own, without its version, action and `Active`. */
interface RemoteDesktopRule {
  readonly name: string;
  readonly rest: string;
  /** Whether turning Remote Desktop on turns it on. */
  readonly comesWithRemoteDesktop: boolean;
}

const termService = 'App=%SystemRoot%\\system32\\svchost.exe|Svc=termservice';
const group = 'EmbedCtxt=@FirewallAPI.dll,-28752';

/** Windows 7 has a rule of its own for public networks once somebody has told them apart; a server has not. */
const rulesOfClient7: readonly RemoteDesktopRule[] = [
  rule(
    'RemoteDesktop-In-TCP',
    `Dir=In|Protocol=6|Profile=Domain|Profile=Private|LPort=3389|App=System|Name=@FirewallAPI.dll,-28753|Desc=@FirewallAPI.dll,-28756|${group}`,
  ),
  rule(
    'RemoteDesktop-In-TCP_1',
    `Dir=In|Protocol=6|Profile=Public|LPort=3389|App=System|Name=@FirewallAPI.dll,-28753|Desc=@FirewallAPI.dll,-28756|${group}`,
  ),
];

const rulesOfServer2008R2: readonly RemoteDesktopRule[] = [
  rule(
    'RemoteDesktop-In-TCP',
    `Dir=In|Protocol=6|LPort=3389|App=System|Name=@FirewallAPI.dll,-28753|Desc=@FirewallAPI.dll,-28756|${group}`,
  ),
];

/** RemoteFX, a group of its own on 7 and 2008 R2: off. */
const remoteFxRule = rule(
  'RemoteDesktop-UserMode-In-TCP',
  `Dir=In|Protocol=6|LPort=3389|${termService}|Name=@FirewallAPI.dll,-28853|Desc=@FirewallAPI.dll,-28856|EmbedCtxt=@FirewallAPI.dll,-28852`,
  false,
);

const rulesFrom8: readonly RemoteDesktopRule[] = [
  rule(
    'RemoteDesktop-UserMode-In-TCP',
    `Dir=In|Protocol=6|LPort=3389|${termService}|Name=@FirewallAPI.dll,-28775|Desc=@FirewallAPI.dll,-28756|${group}`,
  ),
  rule(
    'RemoteDesktop-UserMode-In-UDP',
    `Dir=In|Protocol=17|LPort=3389|${termService}|Name=@FirewallAPI.dll,-28776|Desc=@FirewallAPI.dll,-28777|${group}`,
  ),
  rule(
    'RemoteDesktop-Shadow-In-TCP',
    `Dir=In|Protocol=6|App=%SystemRoot%\\system32\\RdpSa.exe|Name=@FirewallAPI.dll,-28778|Desc=@FirewallAPI.dll,-28779|${group}|Edge=TRUE|Defer=App`,
  ),
];

/** Remote Desktop over WebSocket, a group of its own: off. The resource numbers are unproven. */
const webSocketRules: readonly RemoteDesktopRule[] = [
  rule(
    'RemoteDesktop-In-TCP-WS',
    'Dir=In|Protocol=6|LPort=3387|App=System|Name=@FirewallAPI.dll,-28780|Desc=@FirewallAPI.dll,-28781|EmbedCtxt=@FirewallAPI.dll,-28782',
    false,
  ),
  rule(
    'RemoteDesktop-In-TCP-WSS',
    'Dir=In|Protocol=6|LPort=3392|App=System|Name=@FirewallAPI.dll,-28783|Desc=@FirewallAPI.dll,-28784|EmbedCtxt=@FirewallAPI.dll,-28782',
    false,
  ),
];

function rule(name: string, rest: string, comesWithRemoteDesktop = true): RemoteDesktopRule {
  return { name, rest, comesWithRemoteDesktop };
}

/** Which rules of Remote Desktop's own a family has. */
function remoteDesktopRules(facts: FamilyFacts): readonly RemoteDesktopRule[] {
  if (isBefore8(facts)) return [...(facts.server ? rulesOfServer2008R2 : rulesOfClient7), remoteFxRule];
  return isFrom2019(facts) ? [...rulesFrom8, ...webSocketRules] : rulesFrom8;
}

/** `FirewallPolicy` and the shipped one beside it; the paths are from `Services` on. */
export function firewallKeys(facts: FamilyFacts, remoteDesktopEnabled: boolean): KeyLiteral {
  return keysFromPaths({
    ...policy('SharedAccess\\Defaults\\FirewallPolicy', facts, false),
    ...policy('SharedAccess\\Parameters\\FirewallPolicy', facts, remoteDesktopEnabled),
  });
}

function policy(
  path: string,
  facts: FamilyFacts,
  enabled: boolean,
): Record<string, Record<string, ValueLiteral>> {
  const profile = { DisableNotifications: facts.server ? 1 : 0, EnableFirewall: 1 };
  const logging = { LogDroppedPackets: 0, LogFileSize: 4096, LogSuccessfulConnections: 0 };
  return {
    [path]: {
      DisableStatefulFTP: 0,
      DisableStatefulPPTP: 0,
      IPSecExempt: 9,
      PolicyVersion: 0x200 | facts.firewallVersion,
    },
    [`${path}\\DomainProfile`]: profile,
    [`${path}\\DomainProfile\\Logging`]: logging,
    [`${path}\\PublicProfile`]: profile,
    [`${path}\\PublicProfile\\Logging`]: logging,
    [`${path}\\StandardProfile`]: profile,
    [`${path}\\StandardProfile\\Logging`]: logging,
    [`${path}\\FirewallRules`]: firewallRules(facts, enabled),
  };
}

function firewallRules(facts: FamilyFacts, enabled: boolean): Record<string, string> {
  const start = `v2.${facts.firewallVersion}|Action=Allow|`;
  const ordinary = Object.entries(ordinaryFirewallRules).map(([name, rest]) => [name, `${start}${rest}|`]);
  const own = remoteDesktopRules(facts).map(({ name, rest, comesWithRemoteDesktop }) => {
    return [name, `${start}Active=${enabled && comesWithRemoteDesktop ? 'TRUE' : 'FALSE'}|${rest}|`];
  });
  return Object.fromEntries([...ordinary, ...own]);
}
