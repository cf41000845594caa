/** What the numbers from 0x3000001 on say: the RD Gateway between client and machine. */
export const gateway = {
  'code.gateway-credentials':
    'The gateway, or the machine behind it, did not accept the user name or password.',
  'code.gateway-revocation-list': "Whether the gateway's certificate was revoked could not be found out.",
  'code.gateway-certificate':
    "The gateway's certificate is for another name, out of its time, revoked, or not trusted.",
  'code.gateway-certificate-revoked': "The gateway's certificate was revoked.",
  'code.gateway-certificate-expired': "The gateway's certificate has expired or was revoked.",
  'code.gateway-certificate-name': "The gateway's certificate is for another name.",
  'code.gateway-certificate-untrusted': "The gateway's identity could not be verified.",
  'code.gateway-no-certificate': 'The gateway has no certificate set up.',
  'code.gateway-target-failed':
    'The gateway is reached, but the machine behind it could not be connected to. Look at the machine from the side of the gateway.',
  'code.gateway-send': 'Sending to the gateway failed.',
  'code.gateway-receive': 'Receiving from the gateway failed.',
  'code.gateway-unreachable': 'The gateway cannot be reached, or its address is wrong.',
  'code.gateway-unavailable': 'The gateway is not available for now.',
  'code.gateway-resources': 'The gateway is short of resources.',
  'code.gateway-full': 'The gateway has as many connections as it allows.',
  'code.gateway-other-logon': 'The gateway wants another way to sign in.',
  'code.gateway-needs-password': 'The gateway wants a user name and password, not a smart card.',
  'code.gateway-needs-smart-card': 'The gateway wants a smart card, not a user name and password.',
  'code.gateway-smart-card': 'The smart card for the gateway is missing, was removed, or could not be used.',
  'code.gateway-client-component':
    'A component of the client that the gateway needs is missing or of a wrong version.',
  'code.gateway-security-package':
    'The security package failed while the connection to the gateway was secured.',
  'code.gateway-ended': 'The gateway ended the connection.',
  'code.gateway-admin-ended': "The gateway's administrator ended the connection.",
  'code.gateway-resource-policy':
    "The gateway's resource policy does not list this account or this machine, or the machine was given by a short name where the policy has its full one.",
  'code.gateway-connection-policy':
    "The gateway's connection policy does not admit this account or this computer, or not by this way to sign in.",
  'code.gateway-restricted': 'An administrator has restricted access to the gateway.',
  'code.gateway-not-allowed': 'A policy of the client does not allow this gateway.',
  'code.gateway-proxy':
    'The web proxy between client and gateway wants a sign-in, or does not let it through.',
  'code.gateway-firewall': 'The firewall before the gateway wants a sign-in.',
  'code.gateway-password-expired': 'The password has expired or must be changed.',
  'code.gateway-not-supported': 'The gateway does not support what the client asked for.',
  'code.gateway-incompatible': 'The gateway and the client do not fit together.',
  'code.gateway-health': 'The client does not meet the health policy (NAP) of the gateway.',
  'code.gateway-idle': 'The session was idle for longer than the gateway allows.',
  'code.gateway-session-limit': "The gateway's time limit for a session was reached.",
  'code.gateway-cookie': 'The gateway did not accept the cookie that the client sent.',
  'code.gateway-reauthentication': 'The gateway asked again for credentials, and did not accept them.',
  'code.gateway-reauthorisation': 'The gateway checked again whether the account is admitted, and it is not.',
  'code.gateway-policy-exchange':
    'The gateway and the machine behind it could not exchange their policies, or the machine does not take a new connection.',
  'code.gateway-website': 'A website wants a sign-in before the machine may be used.',
  'code.gateway-no-permission': 'The account has no permission for this resource.',
  'code.gateway-no-resources': 'No machine is available to connect to.',
  'code.gateway-resource-error': 'The resource could not be used.',
  'code.gateway-client-outdated': 'The client is too old. Update it.',
  'code.gateway-ports': 'The network does not let the needed HTTPS ports through.',
  'code.gateway-starting': 'More machines are being started. Try again in some minutes.',
  'code.gateway-account-mismatch': 'The user name is not the one that the applications were subscribed with.',
  'code.gateway-remote-app-service':
    'The Azure RemoteApp service of that time refused: a limit, or an ended trial.',
  'code.gateway-internal': 'The gateway failed inside.',
  'code.gateway-aborted': 'The connection through the gateway was given up.',
  'code.gateway-no-ssl-library': 'The client could not load its SSL libraries.',
};
