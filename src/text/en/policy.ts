import { message } from '../message.ts';

/** Texts of the checks under `checks/policy/`. */
export const policy = {
  'negotiation-test-left-on.title': 'A test of the security negotiation was never undone',
  'negotiation-test-left-on.explanation':
    "A policy value forces Remote Desktop's old security without TLS, as Microsoft's article has it set for a test. Left so, clients that insist on TLS or on Network Level Authentication are turned away, and the session's protection is weak.",
  'negotiation-test-left-on.only-nla':
    "A policy value turns Network Level Authentication off, as Microsoft's article has it set for a test. Everyone who reaches the port gets a logon screen before giving a password.",
  'negotiation-test-left-on.remedy':
    "Delete the policy values, so that the listener's own settings count again. If your organisation set this policy on purpose, change it there.",

  'group-policy-service-disabled.title': 'The Group Policy service is disabled',
  'group-policy-service-disabled.explanation':
    "gpsvc cannot start. Microsoft's article pauses it during a repair, and its command to bring it back is broken. Windows lets administrators in without it at best; other users are refused when they sign in, and no policy arrives any more.",
  'group-policy-service-disabled.remedy': 'Let the service start with Windows again, as it ships.',

  'group-policy-reapplies.title': 'Group policy will bring the fault back',
  'group-policy-reapplies.explanation': message<{ domain: string }>(
    "This machine belongs to {domain}, and a fault that was found is set by policy. A repair on this machine lasts until that policy is applied again, which is when it changes, when it is forced, or at the latest when the machine's settings for policies say so.",
  ),
  'group-policy-reapplies.remedy':
    'Change the policy in the domain, or move this machine out of its reach, before you rely on the repair. To get in until then, the Group Policy service can be paused and must be brought back afterwards.',
};
