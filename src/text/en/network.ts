import { type MessageParameters, message } from '../message.ts';

/** Clients that get no further, and those that do, as a sentence names them. */
interface MismatchedClients extends MessageParameters {
  readonly failing: string;
  readonly working: string;
  readonly workingCount: number;
}

/** Texts of the checks under `checks/network/` up to negotiation, and of those that speak of the whole. */
export const network = {
  'network.saw.selected': message<{ protocol: string }>('{protocol} selected'),
  'network.saw.failure': message<{ code: number; name: string }>('failure {code}, {name}'),
  'network.saw.failure-undocumented': message<{ code: number }>(
    'failure {code}, which the specification does not name',
  ),
  'network.saw.no-data': message<{ bytes: string }>('confirmed without a word on security: {bytes}'),
  'network.saw.disconnected': message<{ bytes: string }>('an MCS disconnect in place of an answer: {bytes}'),
  'network.saw.not-rdp': message<{ bytes: string }>('{bytes}'),
  'network.saw.closed': message<{ milliseconds: number }>('closed without a byte after {milliseconds} ms'),
  'network.saw.reset': message<{ milliseconds: number }>('reset without a byte after {milliseconds} ms'),
  'network.saw.too-late': message<{ milliseconds: number }>('not a byte within {milliseconds} ms'),
  'network.saw.closed-after': message<{ milliseconds: number; bytes: string }>(
    'closed after {milliseconds} ms and a part of an answer: {bytes}',
  ),
  'network.saw.reset-after': message<{ milliseconds: number; bytes: string }>(
    'reset after {milliseconds} ms and a part of an answer: {bytes}',
  ),
  'network.saw.too-late-after': message<{ milliseconds: number; bytes: string }>(
    'only a part of an answer within {milliseconds} ms: {bytes}',
  ),
  'network.saw.tcp-open': message<{ milliseconds: number; detail: string }>(
    'connected in {milliseconds} ms{detail}',
  ),
  'network.saw.tcp-refused': message<{ milliseconds: number; detail: string }>(
    'refused after {milliseconds} ms{detail}',
  ),
  'network.saw.tcp-timed-out': message<{ milliseconds: number; detail: string }>(
    'no answer within {milliseconds} ms{detail}',
  ),
  'network.saw.tcp-unreachable': message<{ milliseconds: number; detail: string }>(
    'said to be unreachable after {milliseconds} ms{detail}',
  ),
  'network.saw.tcp-not-tried': message<{ milliseconds: number; detail: string }>(
    'could not be tried from here{detail}',
  ),
  'network.saw.series': message<{ given: string; seconds: string }>('{given}, within {seconds} s'),
  'network.expected.connection': 'a connection',
  'network.expected.confirm': 'a Connection Confirm of Remote Desktop',
  'network.expected.protected': 'TLS or CredSSP selected',
  'network.expected.agreed': 'what was asked for, or a failure that names what is demanded',
  'network.expected.same': 'the same answer every time',

  'port-closed.title': message<{ port: number }>('Port {port} is closed: the connection is refused'),
  'port-closed.explanation':
    'Something answers at this address, and it refuses connections to this port at once. Either nothing listens there - Remote Desktop is off, its service is not running, or it listens on another port - or a device on the way refuses in its place. A Windows with its firewall on keeps silent instead of refusing.',
  'port-closed.remedy':
    "On the machine, or by its serial console: is Remote Desktop on, does TermService run, and which port does PortNumber name? Without a way in, run rdpmend diagnose on the machine's OS disk. If the machine does listen, look at the port forwarding, the load balancer or the firewall in between.",

  'port-unreachable.title': message<{ port: number }>('Nothing answers on port {port}'),
  'port-unreachable.explanation': message<{ name: string; port: number }>(
    'No address of {name} answered a connection to port {port}, not even with a refusal. A firewall on the way or on the machine drops the connection, no path leads there from here, or the machine is off or hangs. A Windows with its firewall on is silent as well where nothing listens on the port. From here these look alike.',
  ),
  'port-unreachable.remedy': message<{ port: number }>(
    "See first whether the machine runs. Then look at the rules on the path for TCP {port}: the cloud's (network security group, just-in-time access), the network's and the VPN's, and whether they admit the address that you come from; try from inside the same network. If the path is well, run rdpmend diagnose on the machine's OS disk: it tells whether Remote Desktop is on, on which port, and whether the Windows firewall lets it in.",
  ),
  'port-unreachable.some-title': 'An address of this name does not answer',
  'port-unreachable.some': message<{ name: string }>(
    'Some addresses of {name} answer, and those below do not. Clients that try one of these first wait until they give up on it, and only then try the next, if they do.',
  ),
  'port-unreachable.some-remedy':
    'Take addresses that do not lead to the machine out of DNS, or let the port in there as well. If it is the IPv6 address, see whether this network has IPv6 at all. Until then, connect to an address that answers.',

  'wrong-service.title': 'Something that is not Remote Desktop answers on this port',
  'wrong-service.named-title': message<{ service: string }>(
    '{service} answers on this port, not Remote Desktop',
  ),
  'wrong-service.explanation':
    'The first bytes of the answer belong to another protocol. A Remote Desktop client cannot read them and gives up, often with an internal error or a protocol error.',
  'wrong-service.named': message<{ service: string }>(
    'By its first bytes, what answers is {service}. A Remote Desktop client cannot read that and gives up, often with an internal error or a protocol error.',
  ),
  'wrong-service.http':
    'A web server, or a proxy that speaks HTTP, answers. A Remote Desktop client cannot read that and gives up, often with an internal error or a protocol error.',
  'wrong-service.ssh':
    'An SSH server answers: another machine, or another service on this port. A Remote Desktop client cannot read that and gives up, often with an internal error or a protocol error.',
  'wrong-service.tls':
    'Whatever answers speaks TLS from the first byte. Remote Desktop negotiates first and starts TLS afterwards: this is a web server, a Remote Desktop Gateway (which clients reach by their gateway setting, not as a computer), or a proxy that ends TLS itself.',
  'wrong-service.remedy':
    "See which program listens (on the machine: netstat -abno) and where the port forwarding or load balancer leads: to the right machine, and to the port that its PortNumber names? Then connect to that port. On the machine's OS disk, rdpmend diagnose tells the port that Remote Desktop is set to.",

  'silent-after-connect.title': 'The port accepts connections and then says nothing',
  'silent-after-connect.began-title': 'The answer begins and is never finished',
  'silent-after-connect.explanation':
    'The connection stands, the request is sent, and no answer comes. Windows accepts connections for a service even when that hangs; a load balancer, a port forwarding or a firewall does it for a machine that does not answer. Clients wait, and then tell of a time-out or an internal error.',
  'silent-after-connect.began':
    'A part of the answer came, and the rest did not before the time was up. A device on the way holds packets back or changes them, packets of full size do not get through (the path MTU, often with a VPN), or the service hangs.',
  'silent-after-connect.remedy':
    "Try from inside the machine's own network: if it answers there, look at the device in between. If not, see whether the machine hangs (memory, processor, a stuck TermService), restart TermService or the machine, and if it comes back the same, run rdpmend diagnose on its OS disk.",

  'dropped-before-negotiation.reset-title': 'The connection is reset before Remote Desktop answers',
  'dropped-before-negotiation.closed-title': 'The connection is closed before Remote Desktop answers',
  'dropped-before-negotiation.explanation':
    'The port accepts the connection and drops it at the first request, before a word on security. A listener that is damaged or out of memory does that, and so does a device on the way that does not let Remote Desktop or this address through. Clients show an internal error or a lost connection.',
  'dropped-before-negotiation.began':
    'The port accepts the connection, begins to answer, and drops it before the answer is whole. A device on the way that inspects Remote Desktop does that, or a listener that fails while it answers. Clients show an internal error or a lost connection.',
  'dropped-before-negotiation.remedy':
    "Try from inside the machine's own network: if it answers there, look at the firewall, intrusion prevention or load balancer in between, and at lists of blocked addresses. If not, restart TermService or the machine, and run rdpmend diagnose on its OS disk for what keeps the listener from working.",

  'certificate-not-on-server.title': 'The server says that it has no certificate for Remote Desktop',
  'certificate-not-on-server.explanation':
    'It answers requests for TLS with failure 3, SSL_CERT_NOT_ON_SERVER: it has no certificate that it can use, and so neither TLS nor Network Level Authentication. Every client that asks for these is turned away. Its certificate or the key is missing or cannot be read, or the one that it is told to use cannot be used.',
  'certificate-not-on-server.remedy':
    "Run rdpmend diagnose on the machine's OS disk: its checks certificate-key-missing, certificate-key-unreadable, pinned-certificate-unusable, certificate-store-denied and their neighbours name the cause and what mends it.",

  'legacy-security-only.title': 'The server offers nothing but standard RDP security',
  'legacy-security-only.explanation': message<{ working: string; workingCount: number }>(
    "Whatever is asked, the server answers with Remote Desktop's own old security, without TLS and without Network Level Authentication. It does not prove who it is, so anyone on the path can read along and take the password.{workingCount, plural, =0 {} other { As they are installed, {working} still {workingCount, plural, one {takes} other {take}} that.}} Clients that are told to insist on TLS or Network Level Authentication, by policy or by their settings, or that know nothing else, are turned away, and some call that an internal error.",
  ),
  'legacy-security-only.remedy':
    "Let it negotiate again: SecurityLayer 1 or 2 and UserAuthentication 1 in the listener's key, and no policy that sets the layer to RDP. Run rdpmend diagnose on the machine's OS disk: negotiation-test-left-on and security-negotiation-off look for just that. For xrdp, security_layer=negotiate and a certificate and key that it can read.",

  'negotiation-mismatch.title': message<{ client: string }>('{client} and the server agree on no security'),
  'negotiation-mismatch.some-title': 'Several clients and the server agree on no security',
  'negotiation-mismatch.all-title': 'No client and the server agree on security',
  'negotiation-mismatch.tls': message<MismatchedClients>(
    'The server demands TLS (failure 1), and refuses requests that offer it. It contradicts itself: its settings are damaged, or it is no Windows and negotiates by rules of its own. Turned away: {failing}. {workingCount, plural, =0 {No client that is looked at is known to agree with it.} other {It does agree with {working}.}}',
  ),
  'negotiation-mismatch.no-tls': message<MismatchedClients>(
    'The server does not allow TLS (failure 2), and standard RDP security is turned away as well: nothing is left to agree on. Turned away: {failing}. {workingCount, plural, =0 {No client that is looked at is known to agree with it.} other {It does agree with {working}.}}',
  ),
  'negotiation-mismatch.flags': message<MismatchedClients>(
    'The server calls what these clients ask for inconsistent (failure 4). Windows is not known to do that to them: a device on the way changes the request, or the server negotiates by rules of its own. Turned away: {failing}. {workingCount, plural, =0 {No client that is looked at is known to agree with it.} other {It does agree with {working}.}}',
  ),
  'negotiation-mismatch.credssp': message<MismatchedClients>(
    'The server demands Network Level Authentication (failure 5), and refuses requests that offer it. It may not be able to carry it out itself - CredSSP may not be loaded - or its settings contradict each other. Turned away: {failing}. {workingCount, plural, =0 {No client that is looked at is known to agree with it.} other {It does agree with {working}.}}',
  ),
  'negotiation-mismatch.user-certificate': message<MismatchedClients>(
    'The server demands TLS with a certificate of the user (failure 6), which no usual client offers. Turned away: {failing}. {workingCount, plural, =0 {No client that is looked at is known to agree with it.} other {It does agree with {working}.}}',
  ),
  'negotiation-mismatch.other-failure': message<MismatchedClients>(
    'The server refuses what these clients ask for with a failure code that the specification does not name: it is no Windows, or a device on the way answers in its place. Turned away: {failing}. {workingCount, plural, =0 {No client that is looked at is known to agree with it.} other {It does agree with {working}.}}',
  ),
  'negotiation-mismatch.unasked': message<MismatchedClients>(
    'The server chooses a protocol that these clients did not ask for, so they give up, often with a protocol error. It ignores what it is asked, or something on the way changes the request. Turned away: {failing}. {workingCount, plural, =0 {No client that is looked at is known to agree with it.} other {It does agree with {working}.}}',
  ),
  'negotiation-mismatch.unanswered': message<MismatchedClients>(
    'The server answers some requests, and drops the connection at what these clients ask for: it does not understand that request, or a device on the way does not let it through. Turned away: {failing}. {workingCount, plural, =0 {No client that is looked at is known to agree with it.} other {It does agree with {working}.}}',
  ),
  'negotiation-mismatch.remedy':
    "Run rdpmend diagnose on the machine's OS disk: listener-value-invalid, security-negotiation-off, credssp-provider-missing, nla-off and negotiation-test-left-on look at what decides this. If nothing is wrong there, or the machine is no Windows, try from inside its own network, without the gateway, proxy or firewall in between. Do not set the security of the listener lower to get in.",

  'unstable-answers.title': 'The same question gets different answers',
  'unstable-answers.explanation':
    'Connections that asked the very same went differently, moments apart. It may be exhaustion (memory, handles, half-open connections), a flood of sign-in attempts from the internet, a load balancer or an address that two machines share, of which one is sick, or a device that limits connections - these very ones included. From the network that cannot be told apart.',
  'unstable-answers.remedy':
    'Ask again with --quick, which makes far fewer connections: if that is steady, look for a device that limits them. Then look at the machine: memory and handles, events of sign-ins that failed (4625), connections to the port from strangers (netstat -an). If the port is open to the internet, close it to all but your own addresses. Behind a load balancer, ask each machine by its own address.',
  'unstable-answers.silence-title': 'One of many like connections had no answer',
  'unstable-answers.silence':
    'All other connections that asked the same were answered alike, and one was not answered in time. Lost packets can do that; so can a machine that is short of something.',
  'unstable-answers.silence-remedy':
    'Ask again. If it comes back, look at the path for lost packets (a long ping, from here and from inside) and at the load of the machine.',

  'healthy-from-here.title': 'From here, everything up to the sign-in is well',
  'healthy-from-here.explanation':
    'The port is open, security was agreed on, TLS stands, the certificate came, and the machine is ready to sign someone in. No name and no password was sent. If clients fail all the same, the cause lies after this: in the sign-in or what follows it, with that client, or on another path than the one from here.',
  'healthy-from-here.not-all-title': 'From here, all that was asked up to the sign-in is well',
  'healthy-from-here.unasked':
    'The port is open, security was agreed on, TLS stands, the certificate came, and the machine is ready to sign someone in. Which versions and suites each client shares with it was not asked: leave --quick out, and give it more time if it did not finish. If it is well there too and clients fail all the same, the cause lies after this, with that client, or on another path than the one from here.',
  'healthy-from-here.unshown':
    'The port is open, security was agreed on, a whole TLS handshake succeeded, the certificate came, and the machine is ready to sign someone in. Which versions and suites each client shares with it did not show: the server turned down the handshake that offers them all. Try the client that matters. If it fails, the cause lies there, after the sign-in, or on another path than the one from here.',
  'healthy-from-here.tls-title': 'From here, everything up to TLS is well',
  'healthy-from-here.tls': message<{ shares: string }>(
    'The port is open, security was agreed on, TLS stands and the certificate came. What follows TLS was not seen{shares, select, seen {} unasked {, nor which versions and suites each client shares with it: leave --quick out, and give it more time} other {, nor which versions and suites each client shares with it}}. If clients fail all the same, the cause lies after this: in the sign-in or what follows it, with that client, or on another path than the one from here.',
  ),
  'healthy-from-here.broken-title': 'From here, everything up to TLS is well, and then the server breaks off',
  'healthy-from-here.broken': message<{ shares: string }>(
    'The port is open, security was agreed on, TLS stands and the certificate came. What comes next where no Network Level Authentication precedes it, MCS Connect, was not answered as it should be. The service may fail when it has to set up a session: look at its events (TermService, RemoteDesktopServices-RdpCoreTS), at memory and at licensing.{shares, select, seen {} unasked { Which versions and suites each client shares with it was not asked either: leave --quick out.} other { Which versions and suites each client shares with it did not show.}}',
  ),
  'healthy-from-here.next':
    "First the client: the number beside its message says more than the words; rdpmend explain CODE tells what it means. Try another client and another account, and run this from where the client is. Then what comes after signing in: the right to sign in by Remote Desktop, licensing, the user's profile, graphics drivers. On the machine's OS disk rdpmend diagnose finds what a network does not show.",
  'healthy-from-here.expected-tls': 'a version and a cipher suite that both sides have',
  'healthy-from-here.expected-certificate': 'a certificate',
  'healthy-from-here.expected-challenge': 'a CHALLENGE: ready to check a name and a password',
  'healthy-from-here.expected-connected': 'MCS connected: ready to show a logon screen',
  'healthy-from-here.saw-certificate': message<{ subject: string; thumbprint: string; until: string }>(
    '{subject}, until {until}, SHA-1 {thumbprint}',
  ),
  'healthy-from-here.saw-handshake': 'a whole handshake of a TLS library',
  'healthy-from-here.saw-challenge': message<{ version: number; computer: string }>(
    'CredSSP version {version}, a CHALLENGE from {computer}',
  ),
  'healthy-from-here.saw-refused': message<{ bytes: string }>('MCS Connect refused: {bytes}'),
  'healthy-from-here.saw-disconnected': message<{ bytes: string }>('an MCS disconnect: {bytes}'),
  'healthy-from-here.saw-not-mcs': message<{ bytes: string }>('no MCS: {bytes}'),
  'healthy-from-here.saw-connected': message<{ version: string }>('MCS connected, RDP version {version}'),
};
