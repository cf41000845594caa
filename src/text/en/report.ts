import { message } from '../message.ts';

/** What the terminal page says around the findings. */
export const report = {
  'report.unknown-windows': 'Windows (its version could not be read)',
  'report.build': message<{ build: number }>('build {build}'),
  'report.partition': message<{ partition: number }>('partition {partition}'),
  'report.domain': message<{ domain: string }>('in the domain {domain}'),
  'report.no-domain': 'in no domain',
  'report.domain-controller': 'a domain controller',
  'report.connection-broker': 'a Connection Broker',
  'report.verdict-faults': message<{ faults: number; risks: number }>(
    '{faults, plural, one {One fault prevents} other {# faults prevent}} Remote Desktop, for all clients or for some.{risks, plural, =0 {} one { There is one risk besides.} other { There are # risks besides.}}',
  ),
  'report.verdict-risks': message<{ risks: number }>(
    'Nothing here prevents Remote Desktop, but there {risks, plural, one {is one risk} other {are # risks}}.',
  ),
  'report.verdict-healthy-disk': 'Nothing that this disk can show prevents Remote Desktop.',
  'report.verdict-healthy-endpoint': 'Nothing that a client can see from here prevents Remote Desktop.',
  'report.verdict-nothing-seen': 'Nothing that could be looked at prevents Remote Desktop.',
  'report.verdict-blind': message<{ checks: number }>(
    '{checks, plural, one {One cause} other {# causes}} could not be judged.',
  ),
  'report.verdict.fault': 'FAULT',
  'report.verdict.risk': 'RISK',
  'report.verdict.healthy': 'WELL',
  'report.contradiction': 'CONTRADICTION',
  'report.certainty.proven': 'proven',
  'report.certainty.likely': 'likely',
  'report.certainty.possible': 'possible',
  'report.seen': 'Seen',
  'report.saw': message<{ saw: string }>('is:        {saw}'),
  'report.expected': message<{ expected: string }>('should be: {expected}'),
  'report.by-policy': 'set by policy, which wins over the base value',
  'report.mend': 'What mends it',
  'report.next': 'Where to look next',
  'report.explained-by': message<{ checks: string }>(
    "The disk of this machine has the cause: {checks}. Mend that, by the disk's section, and run this again.",
  ),
  'report.verdict-with-disk': message<{ checks: string }>(
    'What is wrong here was found on the disk as well, and stands there: {checks}.',
  ),
  'report.no-connection': message<{ port: number }>('no connection to port {port}'),
  'report.endpoint': 'What it answered',
  'report.row-address': 'address',
  'report.row-negotiation': 'negotiation',
  'report.row-tls': 'TLS',
  'report.row-versions': 'versions',
  'report.row-certificate': 'certificate',
  'report.row-credssp': 'sign-in',
  'report.row-clock': 'clock',
  'report.row-settings': 'settings',
  'report.version-suites': message<{ version: string; suites: number }>(
    '{version} with {suites, plural, one {one cipher suite} other {# cipher suites}}',
  ),
  'report.certificate': message<{
    subject: string;
    from: string;
    to: string;
    key: string;
    thumbprint: string;
  }>('{subject}, {from} to {to}, {key}, {thumbprint}'),
  'report.clock-ahead': message<{ minutes: number; time: string }>(
    'the server has {time} UTC, {minutes, plural, one {a minute} other {# minutes}} ahead of here',
  ),
  'report.clock-behind': message<{ minutes: number; time: string }>(
    'the server has {time} UTC, {minutes, plural, one {a minute} other {# minutes}} behind here',
  ),
  'report.clients': 'What clients meet',
  'report.client-connects': 'gets to sign in:',
  'report.client-fails': 'fails:',
  'report.client-unknown': 'not known:',
  'report.client-believed': message<{ client: string }>('{client} (believed)'),
  'report.consent-ask': 'This replaces what someone may have meant, or lowers security: decide first.',
  'report.consent-manual': 'This is done by hand.',
  'report.unseen': 'Could not be looked at',
  'report.unseen-checks': message<{ checks: string }>('Not judged because of this: {checks}'),
  'report.notes': 'Worth knowing',
  'report.checked': message<{ checked: number }>(
    '{checked, plural, one {One check was} other {# checks were}} made.',
  ),
  'report.not-from-a-disk':
    'A disk at rest does not show: who listens on the port of the running machine, IPsec, the network path and its rules, and the client. If nothing is wrong here, look there next.',
  'report.nothing-written': 'Nothing was written to the disk.',
  'report.nobody-signed-in': 'No credentials were sent, and nobody was signed in.',
  'report.not-from-a-network':
    'A network does not show: the settings, services and firewall rules of the machine, the file of its key, and all that comes after sign-in. To see those, examine its OS disk with rdpmend diagnose.',
  'change.set-registry-value': message<{ where: string; value: string; type: string }>(
    'set {where} to {value} ({type})',
  ),
  'change.delete-registry-value': message<{ where: string }>('delete the value {where}'),
  'change.turn-firewall-rule-on': message<{ name: string; where: string }>(
    'turn on the firewall rule {name} in {where}',
  ),
  'change.turn-firewall-rule-off': message<{ name: string; where: string }>(
    'turn off the firewall rule {name} in {where}',
  ),
  'change.copy-registry-key-from-donor': message<{ where: string }>(
    'replace the key {where} by that of a healthy machine of the same build',
  ),
  'change.set-service-start-type': message<{ service: string; start: number }>(
    'set the start type of the service {service} to {start, select, 2 {2 (automatic)} 3 {3 (on demand)} other {{start}}}',
  ),
  'change.set-file-security': message<{ path: string; sddl: string }>(
    'set the permissions of {path} to {sddl}',
  ),
  'change.set-registry-key-security': message<{ where: string; sddl: string }>(
    'set the permissions of the key {where} to {sddl}',
  ),
  'change.delete-certificate': message<{ store: string; thumbprint: string }>(
    'delete the certificate {thumbprint} from the machine store {store}; Windows makes a new self-signed one when its services start',
  ),
  'note.hive-replayed': message<{ hive: string; entries: number }>(
    'The {hive} hive was not closed cleanly. {entries, plural, one {One entry} other {# entries}} of its transaction logs {entries, plural, one {was} other {were}} applied in memory, as Windows will when it starts.',
  ),
  'note.hive-without-logs': message<{ hive: string }>(
    'The {hive} hive was not closed cleanly and has no usable transaction logs; its newest changes may be missing here.',
  ),
  'note.volume-dirty': 'The volume is marked dirty: Windows will check it when it starts.',
  'note.journal-unclean':
    "The volume's journal was not closed cleanly: the newest changes to files may be missing here.",
  'note.volume-state-unknown':
    "The volume's own records of its state could not be read: whether Windows closed it cleanly is not known.",
  'note.hibernation-unknown':
    'There is a hibernation file that could not be understood: whether Windows is hibernated is not known.',
  'note.hibernated':
    'Windows is hibernated: what it will go on with is in memory, and may differ from this disk.',
  'note.fast-startup':
    'Windows was shut down with Fast Startup: parts of what it will go on with are saved in hiberfil.sys, and may differ from this disk.',
  'note.bitlocker': message<{ partition: number }>(
    'Partition {partition} is encrypted with BitLocker and was not looked into.',
  ),
  'note.unreadable-volume': message<{ partition: number; detail: string }>(
    'Partition {partition} could not be looked into: {detail}.',
  ),
  'note.machines-left-out': message<{ count: number }>(
    '{count, plural, one {One more installation} other {# more installations}} on this disk {count, plural, one {was} other {were}} left out; --volume examines a single one.',
  ),
  'note.image': message<{ warning: string }>('Image: {warning}.'),
  'note.partitions': message<{ warning: string }>('Partition table: {warning}.'),
  'note.slow-answer': message<{ seconds: string }>(
    'It took {seconds} seconds to answer the first request: clients with less patience give up. Look for load, or for a path that loses packets.',
  ),
  'note.refused-addresses': message<{ addresses: string }>(
    'Of the addresses of this name, {addresses} refused the connection. Clients that are given that one alone do not get in.',
  ),
  'note.several-certificates': message<{ count: number; thumbprints: string }>(
    'Several machines seem to take turns at this address: other connections were shown {count, plural, one {another certificate} other {other certificates}} ({thumbprints}). What is said here may be true of one and not of another.',
  ),
  'progress.remote': message<{ kibibytes: number; requests: number }>(
    '{kibibytes} KiB read in {requests, plural, one {one request} other {# requests}}',
  ),
};
