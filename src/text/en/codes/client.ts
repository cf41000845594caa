/** What numbers and names say that are about the client itself, and about Windows in general. */
export const client = {
  'code.client-memory': 'The client ran out of memory.',
  'code.client-internal':
    'The client failed inside. Newer versions of mstsc show this number for a computer name with characters that a name may not have.',
  'code.client-unknown-error': 'An error that the client does not know.',
  'code.client-internal-1': 'Internal error code 1 of the client; no more is published.',
  'code.client-internal-2': 'Internal error code 2 of the client; no more is published.',
  'code.client-internal-3': 'Internal error code 3 of the client: it was in a state that should not be.',
  'code.client-internal-4': 'Internal error code 4 of the client; no more is published.',
  'code.client-window': 'The client could not create its window.',
  'code.client-unrecoverable': 'The client could not go on while it was connecting.',
  'code.client-timer': 'A timer of the client failed.',
  'code.client-decompression': 'The client could not decompress what it received.',
  'code.client-loopback':
    'mstsc believes that it would connect to the computer that it runs on. It says so when the name or the address leads to itself.',
  'code.client-normal': 'The connection was ended normally. This is no error.',
  'code.client-reconnect': 'Reconnecting to the session failed.',
  'code.client-reconnect-apps': 'Reconnecting to the applications failed. Start them again.',
  'code.client-credentials-withheld': 'The client may not send credentials to this computer.',
  'code.client-video-memory': 'The client is short of memory for graphics.',
  'code.client-version': 'Client and server do not fit together. Update the client.',
  'code.freerdp-success': 'All went well.',
  'code.freerdp-arguments': 'The command line of xfreerdp could not be understood.',
  'code.freerdp-rdp': "The session ended with one of the server's protocol errors (ERRINFO).",
  'code.freerdp-protocol': 'xfreerdp ended because of an error in the protocol.',
  'code.freerdp-unknown': 'xfreerdp ended for a reason that it has no number for.',
  'code.freerdp-cancelled': 'The connection was cancelled on the client.',
  'code.freerdp-configuration': 'The settings of the client kept it from connecting.',
  'code.freerdp-after-connect': 'The connection stood, but the client could not set itself up for it.',
  'code.invalid-parameter': 'A parameter is not valid.',
  'code.not-supported': 'What was asked for is not supported.',
  'code.file-not-found': 'The file, or the object, was not found.',
  'code.general-failure': 'A device or component failed; nothing more is said.',
  'code.cancelled': 'It was cancelled.',
  'code.internal-error': 'An internal error, of which nothing more is published.',
  'code.element-not-found': 'What was looked for was not found.',
  'code.no-resources': 'The system is short of resources.',
  'code.service-disabled': 'The service is disabled.',
  'code.service-timeout': 'The service did not start in time.',
  'code.service-dependency': 'A service that this one depends on did not start.',
  'code.service-not-active': 'The service does not run.',
  'code.service-logon': 'The service could not sign in with its account.',
  'code.shutting-down': 'The computer is shutting down.',
  'code.no-mapping': 'An account name has no account behind it.',
  'code.server-execution': 'A COM server did not start in time.',
  'code.access-denied-general': 'Access was denied.',
  'code.unspecified': 'An unspecified failure.',
  'code.internal-error-text':
    'Words without a reason. mstsc says them for failures that it has no words for, most often while TLS or the sign-in is set up: the number under "Show details" says more than the words.',
  'code.generic-connect-text':
    'Words that mstsc uses for several failures. Most often the server gave up while the connection was secured, or never answered: the number under "Show details" says more than the words.',
  'code.authentication-error-text':
    'The sign-in before the session (NLA), or the TLS that it rests on, failed. What the dialog says next, or the number in it, tells more.',
  'code.stuck-text':
    'The connection was accepted, but no session opened. The network, TLS and the sign-in are behind it; what is missing is on the side of the session.',
  'code.credentials-text':
    'The server did not accept the user name and password, or the client may not use saved ones.',
  'code.nla-no-domain-controller-text':
    'The server wants the sign-in first (NLA), and the domain controller that should check the password cannot be reached from the server. A local account of the machine can still sign in.',
  'code.protocol-error-text':
    'The client and the server did not understand each other, and the connection was ended. Before the sign-in, another program may have the port, or the two sides found no common kind of security; in a session it is reported for a lack of memory and for graphics.',
  'code.connection-lost-text':
    'A session that stood lost its connection, and the client tries to get it back. Mostly it is the network between the two.',
  'code.mac-connect-text':
    "Words that Microsoft's clients for macOS, iOS and Android use for several failures: the hexadecimal number below them says which.",
};
