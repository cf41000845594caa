import { message } from '../message.ts';

/** Texts of the checks under `checks/listener/`. */
export const listener = {
  'remote-connections-denied.title': 'Remote Desktop is turned off',
  'remote-connections-denied.explanation':
    'Windows is told to refuse Remote Desktop connections, as it ships on client editions. Nothing listens for them, or every one is turned away.',
  'remote-connections-denied.by-policy':
    'A group policy tells Windows to refuse Remote Desktop connections. It wins over what is set in the system settings, where Remote Desktop may look as if it were on.',
  'remote-connections-denied.remedy': 'Allow Remote Desktop connections.',

  'listener-missing.title': 'The Remote Desktop listener is gone',
  'listener-missing.explanation':
    'The registry key that describes the listener RDP-Tcp is not there. Without it the service starts and listens on no port.',
  'listener-missing.remedy':
    'A missing listener means a damaged installation: bring the whole key back from a backup of this machine, or repair Windows in place.',
  'listener-missing.disabled-title': 'The Remote Desktop listener is switched off',
  'listener-missing.disabled-explanation':
    'The listener RDP-Tcp is there, but disabled. The service runs and listens on no port.',
  'listener-missing.disabled-remedy': 'Switch the listener on.',

  'rdp-service-disabled.title': message<{ count: number }>(
    '{count, plural, one {A service} other {Services}} that Remote Desktop needs {count, plural, one {is} other {are}} disabled',
  ),
  'rdp-service-disabled.explanation': message<{ services: string; count: number }>(
    '{services} cannot start. TermService is Remote Desktop itself, SessionEnv makes its certificate and its configuration, UmRdpService redirects devices. Windows ships all three to start on demand, and nothing can demand a disabled service.',
  ),
  'rdp-service-disabled.remedy': 'Give the services back the start type that Windows ships.',

  'terminal-server-dll-replaced.title': "Remote Desktop runs from a file that is not Microsoft's",
  'terminal-server-dll-replaced.explanation':
    'TermService loads its code from another file than termsrv.dll, as RDP Wrapper and its like arrange. An update of Windows breaks such a file, and then the service fails or answers with errors.',
  'terminal-server-dll-replaced.remedy':
    'Let TermService load termsrv.dll again. What the replacement added, such as several sessions at once on a client edition, is gone then.',

  'listener-value-invalid.title': message<{ count: number }>(
    '{count, plural, one {A listener setting has} other {# listener settings have}} a value that Windows does not know',
  ),
  'listener-value-invalid.explanation':
    'The listener reads these settings when a client asks which security to use. A value outside its range, or of another type than a DWORD, is none that Windows knows; the negotiation is expected to fail.',
  'listener-value-invalid.remedy': message<{ count: number }>(
    'Set {count, plural, one {it} other {them}} to the supported value.',
  ),
  'listener-value-invalid.expected': message<{ least: number; most: number }>(
    'a DWORD from {least} to {most}',
  ),

  'security-negotiation-off.title': 'The listener does not negotiate security',
  'security-negotiation-off.explanation':
    'The listener is told not to negotiate. Clients that ask for TLS or for Network Level Authentication, as every current one does, are answered with a mode that they refuse, or not at all.',
  'security-negotiation-off.remedy': 'Let the listener negotiate security again.',

  'nla-off.title': 'Network Level Authentication is off',
  'nla-off.explanation':
    'Anyone who reaches the port gets a logon screen before giving a password. Remote Desktop works, but every flaw in what comes before the logon is open to the network.',
  'nla-off.remedy': 'Require Network Level Authentication. Clients that cannot do it are shut out.',

  'listener-port-moved.title': message<{ port: number }>(
    'Remote Desktop listens on port {port}, and the firewall admits no one',
  ),
  'listener-port-moved.explanation': message<{ port: number }>(
    "The listener was moved to port {port}. Windows' own firewall rules speak of port 3389 alone, and the new one is either admitted by no enabled rule or blocked, so no connection arrives.",
  ),
  'listener-port-moved.expected': '3389, or a firewall rule that admits the port',
  'listener-port-moved.some-title': message<{ port: number; profiles: string }>(
    'The Windows firewall blocks port {port} on {profiles} networks',
  ),
  'listener-port-moved.some-explanation': message<{ port: number; profiles: string }>(
    'Remote Desktop listens on port {port}. On networks that Windows takes for {profiles}, no connection comes through; on others it does.',
  ),
  'listener-port-moved.remedy': message<{ port: number }>(
    "Admit port {port} in the firewall, for TCP and UDP, and turn off what blocks it. A cloud's or a router's own rules may have to admit it as well. The other way is to move the listener back to 3389.",
  ),
  'listener-port-moved.invalid-title': 'The Remote Desktop port is not a port',
  'listener-port-moved.invalid-explanation':
    'PortNumber must be a DWORD from 1 to 65535. With anything else the listener has no port to listen on.',
  'listener-port-moved.expected-port': 'a DWORD from 1 to 65535; Windows ships 3389',
  'listener-port-moved.invalid-remedy': 'Set the port back to 3389.',

  'firewall-blocks-rdp.title': 'The Windows firewall lets no Remote Desktop connection in',
  'firewall-blocks-rdp.some-title': message<{ profiles: string }>(
    'The Windows firewall blocks Remote Desktop on {profiles} networks',
  ),
  'firewall-blocks-rdp.explanation':
    'In every network profile the firewall is on, and either no enabled rule admits the Remote Desktop service on its port, or a rule blocks it. Clients wait until they give up.',
  'firewall-blocks-rdp.some-explanation': message<{ profiles: string }>(
    'On networks that Windows takes for {profiles}, no connection comes through; on others it does. Windows can change its mind about a network, after a new adapter or when no domain controller answers.',
  ),
  'firewall-blocks-rdp.remedy': "Turn Windows' own rules for Remote Desktop on.",
  'firewall-blocks-rdp.remedy-blocked': 'Turn off the rules that block Remote Desktop, and its own rules on.',
  'firewall-blocks-rdp.remedy-exceptions':
    "Take back what shuts the rules out, and turn Windows' own rules for Remote Desktop on.",
  'firewall-blocks-rdp.saw-no-rule': 'on, and no enabled rule admits the Remote Desktop service',
  'firewall-blocks-rdp.expected-rule': message<{ port: number }>('an enabled rule that admits port {port}'),
  'firewall-blocks-rdp.expected-no-block': 'no enabled rule that blocks the port',
  'firewall-blocks-rdp.saw-network': message<{ profile: string }>('Windows takes this network for {profile}'),

  'firewall-service-disabled.title': 'The Windows firewall service is disabled',
  'firewall-service-disabled.explanation': message<{ services: string }>(
    '{services} cannot start. Windows is not supported without its firewall services: filters may stay as they last were, and services that depend on them do not start. Whether Remote Desktop still answers depends on what the filters were.',
  ),
  'firewall-service-disabled.remedy':
    'Let the services start with Windows again. To turn the firewall off, turn its profiles off instead.',
};
