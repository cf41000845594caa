import { message } from '../message.ts';

/** What follows from looking at one machine from two sides. */
export const caseTexts = {
  'symptom.expected-no-answer': 'no answer, if what the disk says were in force',
  'symptom.expected-tls': 'a TLS handshake that is agreed on',
  'symptom.expected-no-tls': 'no TLS handshake, if what the disk says were in force',
  'symptom.expected-no-legacy-tls': 'TLS 1.0 and 1.1 turned down',
  'symptom.expected-nla-required': 'turned away: Network Level Authentication comes first',
  'symptom.expected-nla-not-required': 'let in, if what the disk says were in force',
  'symptom.expected-credssp': 'CredSSP that answers',
  'symptom.no-credssp': 'CredSSP is not offered',
  'symptom.credssp-answers': 'CredSSP answers',
  'symptom.credssp-breaks': 'CredSSP is selected and then breaks off',
  'contradiction.names': 'The disk and the endpoint name themselves differently',
  'contradiction.names-explanation': message<{ disk: string; endpoint: string }>(
    'The disk is that of {disk}, and at the endpoint {endpoint} answers. They are taken for two machines, and neither speaks for the other. If the machine was renamed since, look at each alone.',
  ),
  'contradiction.not-in-force': message<{ check: string }>(
    'The disk shows a fault that the endpoint does not show ({check})',
  ),
  'contradiction.not-in-force-explanation':
    'What the disk says would break what the endpoint does without trouble. Either the running machine has not taken the setting up yet, and will at its next start; or the disk is older than what runs; or another machine answers at that address.',
  'contradiction.healthy-on-disk': message<{ check: string }>(
    'The endpoint shows what the disk says is not so ({check})',
  ),
  'contradiction.healthy-on-disk-explanation':
    'By the disk this is as it should be, and the endpoint does otherwise. Either the running machine has not taken the setting up yet, and will at its next start; or the disk is older than what runs; or something between client and machine, or another machine, answers.',
  'case.as-it-should-be': 'as it is',
  'case.read': 'read, and nothing amiss in it',
  'case.no-values': 'no values',
  'case.unexplained': message<{ checks: string }>(
    'Nothing that the disk shows explains what the endpoint does ({checks}): look at the path between them, at what answers in its place, and at what only the running machine shows.',
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
