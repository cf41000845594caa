import { message } from '../message.ts';

/** What follows from looking at one machine from two sides. */
export const caseTexts = {
  'symptom.expected-no-answer': 'no answer, if it did as the disk says',
  'symptom.expected-tls': 'a completed TLS handshake',
  'symptom.expected-tls-1.2': 'TLS 1.2',
  'symptom.expected-no-tls': 'a handshake that fails, if it did as the disk says',
  'symptom.expected-no-tls-1.2': 'TLS 1.2 turned down, if it did as the disk says',
  'symptom.expected-no-legacy-tls': 'TLS 1.0 and 1.1 turned down',
  'symptom.expected-turned-off': 'turned off, for an endpoint that refuses it',
  'symptom.expected-turned-on': 'turned on, for an endpoint that accepts it',
  'symptom.on-by-default': "not set, and on by this Windows' default",
  'symptom.handshake-completed': 'the handshake was completed',
  'symptom.expected-nla-required': 'turned away: Network Level Authentication comes first',
  'symptom.expected-nla-not-required': 'let in, if it did as the disk says',
  'symptom.expected-nla-off': '0, for an endpoint that lets in without it',
  'symptom.expected-selected': 'TLS or CredSSP is selected',
  'symptom.expected-standard': 'no TLS selected, if it did as the disk says',
  'symptom.expected-credssp': 'CredSSP that answers',
  'symptom.expected-no-credssp': 'CredSSP that fails, if it did as the disk says',
  'symptom.credssp-answers': 'CredSSP answers',
  'symptom.credssp-breaks': 'CredSSP is selected and then breaks off',
  'symptom.expected-presented': 'the dates of the one that the endpoint presents',
  'contradiction.names': 'The endpoint is not the machine of the disk, by its name',
  'contradiction.names-explanation': message<{ disk: string; endpoint: string }>(
    'The disk is that of {disk}, and {endpoint} answers at the endpoint. They were taken for two machines: neither speaks for the other. If {disk} was meant, find out why another machine answers there: a record in the DNS, a failover, a load balancer. If the machine was renamed, look at the two in separate commands.',
  ),
  'contradiction.undecided': 'Which of the disks is that of the endpoint is not known',
  'contradiction.undecided-explanation': message<{ disks: string }>(
    'More than one disk here may be that of the machine that answers at the endpoint ({disks}), and neither a name nor a certificate tells them apart. None of them was taken to speak for it. Name the endpoint with its own disk alone; --volume picks one installation of several.',
  ),
  'contradiction.port': message<{ port: number; asked: number }>(
    'By the disk Remote Desktop is on port {port}, and {asked} was asked',
  ),
  'contradiction.port-explanation': message<{ port: number; name: string }>(
    'No Remote Desktop was found at the port that was asked, and the disk has its listener on another one. Ask that one: {name}, port {port}. Only where something in between translates ports, as a NAT rule or a load balancer does, is the other port right; then look at its rule.',
  ),
  'contradiction.saw-nothing': 'no Remote Desktop at this port',
  'contradiction.expected-asked': message<{ port: number }>('port {port}, by the disk'),
  'contradiction.expected-port': message<{ port: number }>('{port}, if the port that was asked is right'),
  'contradiction.not-in-force': message<{ check: string }>('On the disk, and not at the endpoint: {check}'),
  'contradiction.not-in-force-explanation': message<{ fault: string; verdict: 'fault' | 'risk' }>(
    'By the disk: "{fault}". The endpoint was just seen to do otherwise. Either the machine has not taken it up yet: Windows reads the start types of services and most settings of TLS when it starts, so {verdict, select, fault {Remote Desktop may be gone after the next restart; mend this before it} other {it may come with the next restart}}. Or the disk is older than what runs: a copy from before a repair, or from before Windows made a new certificate. Or another machine answers at that address.',
  ),
  'contradiction.not-felt-explanation': message<{ fault: string }>(
    'By the disk: "{fault}". The endpoint was just seen to do what that is thought to prevent. It may do no harm here, or none yet: until the next restart, or until the certificate has to be renewed. Or the disk is older than what runs. Or another machine answers at that address.',
  ),
  'contradiction.tls-1.2': 'The disk says that TLS 1.2 is on, the endpoint refuses it',
  'contradiction.tls-explanation':
    "Either the running machine was not restarted since TLS 1.2 was turned on: most settings of TLS are read when Windows starts. Or TLS 1.2 is on and cannot be used, for want of a cipher suite or of a key: see what else was found. Or the disk is older than what runs. Or the refusal comes from something in between, or from another machine at that address: ask again from the machine's own network.",
  'contradiction.nla': 'The disk says that NLA is required, the endpoint lets in without it',
  'contradiction.legacy-tls': 'The disk says that TLS 1.0 and 1.1 are off, the endpoint accepts one',
  'contradiction.setting-explanation':
    'Either the setting is newer than the last start of the running machine or of its service. Or the disk is older than what runs. Or something in between, a gateway or a load balancer, answers in its place, or another machine at that address.',
  'contradiction.certificate': 'The certificate on the disk is within its dates, the presented one is not',
  'contradiction.certificate-explanation':
    'Compare the thumbprints. If they differ, the running machine presents another certificate than its disk has: the disk is newer or older than what runs, or something in between, or another machine, presents its own.',
  'case.unexplained': message<{ checks: string }>(
    'Nothing that was found on the disk is known to look like this from the network ({checks}): look at the path between, at what answers in its place, and at what only the running machine shows.',
  ),
  'certificate-changed.title': 'The endpoint presents another certificate than it should',
  'certificate-changed.explanation-disk':
    "The certificate that clients get is not the one that the machine's disk says is configured. The machine may have made a new one since the disk was copied; or something between client and machine presents its own; or another machine answers at that address.",
  'certificate-changed.explanation-user':
    'The certificate that clients get is not the one that you named. The machine may have made a new one; or something between client and machine presents its own; or another machine answers at that address.',
  'certificate-changed.saw': message<{ thumbprint: string; subject: string }>('{thumbprint} ({subject})'),
  'certificate-changed.expected': message<{ thumbprint: string }>('{thumbprint}'),
  'certificate-changed.remedy':
    'Compare the thumbprint on the machine itself, before anyone types a password: certutil -store "Remote Desktop". If it is the machine\'s own, clients have to trust it anew; if not, find out what answers.',
};
