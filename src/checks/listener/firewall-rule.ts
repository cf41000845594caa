/**
 * One firewall rule as the registry holds it: `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|...`
 * (MS-GPFAS 2.2.2.19 for the fields; the form was read off real hives).
 */
export interface FirewallRule {
  /** The value's name, which is the rule's fixed name: `RemoteDesktop-UserMode-In-TCP`. */
  readonly name: string;
  /** The value's whole text. */
  readonly text: string;
  readonly action: 'allow' | 'block' | 'other';
  readonly active: boolean;
  readonly inbound: boolean;
  /** IP protocol number; undefined for any. */
  readonly protocol: number | undefined;
  /** Local ports; undefined for any. Named ports (RPC and the like) are left out. */
  readonly ports: readonly PortRange[] | undefined;
  /** The profiles that it applies to; undefined for all. */
  readonly profiles: readonly string[] | undefined;
  readonly program: string | undefined;
  readonly service: string | undefined;
  /** It speaks of certain addresses, remote ports, interfaces, users or computers alone. */
  readonly restricted: boolean;
  /** It is for packaged apps, or for what Windows' own tunnels and tickets name: never for a service. */
  readonly forPackages: boolean;
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Reads a rule; undefined for text that is none. */
export function parseFirewallRule(name: string, text: string): FirewallRule | undefined {
  const [version = '', ...parts] = text.split('|');
  if (!/^v\d+\.\d+$/i.test(version.trim())) return undefined;
  const fields = fieldsOf(parts);
  const one = (field: string) => fields.get(field)?.[0];
  const protocol = one('protocol');
  return {
    name,
    text,
    action: actionOf(one('action')),
    active: one('active')?.toUpperCase() === 'TRUE',
    inbound: one('dir')?.toUpperCase() === 'IN',
    protocol: protocol === undefined || protocol === '256' ? undefined : Number(protocol),
    ports: portsOf(fields),
    profiles: fields.get('profile')?.map((profile) => profile.toLowerCase()),
    program: one('app'),
    service: one('svc'),
    restricted: [...fields.keys()].some((field) => restriction.test(field)),
    forPackages: [...fields.keys()].some((field) => packageField.test(field)),
  };
}

/** The same rule, turned on or off, as the registry holds it. */
export function withActive(rule: FirewallRule, active: boolean): string {
  return rule.text.replace(/\|Active=\w*\|/i, `|Active=${active ? 'TRUE' : 'FALSE'}|`);
}

/** Remote and local addresses, remote ports, interfaces, and who may use the rule (MS-GPFAS 2.2.2.19). */
const restriction = /^(ra[46]|la[46]|rport|if$|iftype|rmauth|ruauth|luauth|security)/;

/** The owner and the package of an app, and the trust tuples of Wi-Fi Direct and the like (MS-GPFAS 2.2.2.19). */
const packageField = /^(luown|apppkgid|pfn|ttk)/;

function fieldsOf(parts: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const field = part.slice(0, equals).trim().toLowerCase();
    const values = fields.get(field);
    const value = part.slice(equals + 1).trim();
    if (values) values.push(value);
    else fields.set(field, [value]);
  }
  return fields;
}

function actionOf(action: string | undefined): FirewallRule['action'] {
  const name = action?.toLowerCase();
  return name === 'allow' || name === 'block' ? name : 'other';
}

/** Single ports stand in `LPort`; ranges in `LPort2_10` and its later versions; each may repeat or be a list. */
function portsOf(fields: ReadonlyMap<string, readonly string[]>): readonly PortRange[] | undefined {
  const listed = [...fields]
    .filter(([field]) => /^lport(2_\d+)?$/.test(field))
    .flatMap(([, values]) => values);
  if (listed.length === 0) return undefined;
  return listed.flatMap((value) => value.split(',')).flatMap(portRange);
}

function portRange(text: string): PortRange[] {
  const match = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(text);
  if (!match) return [];
  const first = Number(match[1]);
  return [{ first, last: match[2] === undefined ? first : Number(match[2]) }];
}
