/** What numbers and names say that are about accounts, passwords and the right to sign in. */
export const signIn = {
  'code.logon-failure': 'The user name or the password is wrong.',
  'code.wrong-password': 'The password is wrong.',
  'code.no-such-user': 'There is no account of this name.',
  'code.account-disabled': 'The account is disabled.',
  'code.account-locked-out':
    'The account is locked after too many failed sign-ins. Strangers who guess passwords lock accounts, too.',
  'code.account-expired': 'The account has expired.',
  'code.account-restriction':
    'A restriction keeps this account from signing in here: an empty password, hours, a protected group, or a policy.',
  'code.logon-hours': 'The account may not sign in at this time of the day.',
  'code.logon-workstation': 'The account may not sign in from this computer.',
  'code.logon-type':
    'The account does not have the right to sign in this way. It needs the right to sign in through Remote Desktop Services; where sign-in comes first (NLA), also the right to reach the computer from the network.',
  'code.invalid-logon-type': 'The kind of sign-in that was asked for is not valid.',
  'code.password-expired': 'The password has expired. It must be changed before the account can sign in.',
  'code.password-must-change':
    'The password must be changed before the first sign-in. That is not possible while NLA comes first: change it elsewhere.',
  'code.password-perhaps-expired':
    "Microsoft's clients say that a password may have expired. It is also reported for a wrong password, for servers that refuse NTLM, and for a redirected name that the client did not follow.",
  'code.password-policy': 'The new password does not satisfy the rules for passwords.',
  'code.not-authorised':
    'The account may sign in to Windows, but not through Remote Desktop: it is neither an administrator nor a member of Remote Desktop Users.',
  'code.access-denied': 'Access was denied.',
  'code.no-logon-server':
    'No domain controller could be reached to check the password. A local account of the machine can still sign in.',
  'code.no-authority':
    'No authority for the sign-in could be reached: the name of the domain is wrong, the domain cannot be reached, or its trust is broken.',
  'code.no-such-domain': 'The domain does not exist or could not be reached.',
  'code.trust-failed':
    'The trust between the machine and its domain, or between two domains, is broken. Local accounts can still sign in.',
  'code.netlogon-stopped': 'The Netlogon service does not run.',
  'code.domain-controller-configuration': 'The domain controller is not set up well enough to answer.',
  'code.clock-skew':
    'The clocks of the two computers, or of one of them and the domain controller, differ by more than Kerberos allows.',
  'code.wrong-target':
    "The name that was connected to is not the server's: a Kerberos name is missing or belongs to another account.",
  'code.credentials-not-delegated':
    'A policy of the client does not let it hand over the credentials to this server.',
  'code.credentials-need-identity':
    'The client hands over credentials only to a server whose identity was proven, and this one was not.',
  'code.fresh-credentials':
    'The server does not accept saved credentials. Type the password for this connection.',
  'code.no-credentials': 'No usable credentials were there.',
  'code.credentials-invalid': 'The credentials are not valid.',
  'code.insufficient-privileges': 'The account does not have the privileges that the server asks for.',
  'code.ntlm-blocked': 'A policy forbids NTLM, and nothing else could be used to sign in.',
  'code.authentication-firewall':
    'A selective trust between domains does not let this account sign in to this machine.',
  'code.downgrade':
    'An attempt to weaken the sign-in was noticed. Check whether a domain controller can be reached.',
  'code.user-to-user': 'The sign-in would need the Kerberos variant User2User, which cannot be used here.',
  'code.kdc-unreachable': 'The Kerberos key distribution centre could not be reached.',
  'code.kdc-encryption': 'The domain controller does not support the encryption that Kerberos was asked for.',
  'code.kdc-certificate': "The domain controller's certificate is not valid.",
  'code.kdc-request': 'The domain controller refused the Kerberos request.',
  'code.client-revoked': 'The account was revoked: disabled, expired or locked.',
  'code.authentication-failed':
    'The sign-in failed, and the client does not say at which point. Wrong credentials are the commonest reason.',
  'code.certainly-expired':
    "FreeRDP's name for this is a guess. It says so when a server breaks off the sign-in with a TLS alert 80 and no reason of its own: an expired password does that, and so does an NLA that fails inside the server.",
  'code.smart-card-pin': 'The PIN of the smart card is wrong.',
  'code.smart-card-blocked': 'The smart card is locked after too many wrong PINs.',
  'code.smart-card-required': 'This account must sign in with a smart card.',
  'code.smart-card-failed': 'The smart card could not be used.',
  'code.smart-card-certificate': 'The certificate on the smart card is missing, expired or revoked.',
  'code.smart-card-service': 'The smart card service does not run on the client.',
  'code.smart-card-no-reader': 'There is no smart card reader.',
  'code.smart-card-no-card': 'There is no smart card in the reader.',
  'code.logon-session': 'The sign-in session that was needed no longer exists.',
};
