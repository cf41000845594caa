import { message } from '../message.ts';

/** The clients that a verdict names, as they stand in a list, and what a verdict says of each. */
export const clients = {
  'client.windows-7': 'Windows 7',
  'client.windows-10': 'Windows 10',
  'client.windows-11': 'Windows 11',
  'client.windows-app': 'Windows App for Apple and Android devices',
  'client.freerdp': 'FreeRDP',
  'client.guacamole': 'Apache Guacamole',

  'client.connects-standard':
    'The endpoint chooses standard RDP security, which this client accepts; it gets to sign in.',
  'client.connects-tls': 'The two agree on TLS, and the client gets to sign in inside the session.',
  'client.connects-nla': 'The two agree on TLS, and the client gets to sign in by CredSSP.',

  'client.fails-tcp': 'No TCP connection can be made.',
  'client.fails-no-answer': 'The endpoint does not answer its Connection Request.',
  'client.fails-not-rdp': 'What answers does not speak Remote Desktop.',
  'client.fails-refused': message<{ code: number }>(
    `{code, select,
      1 {The endpoint refuses its Connection Request: it demands TLS (failure code 1).}
      2 {The endpoint refuses its Connection Request: it does not allow TLS (failure code 2).}
      3 {The endpoint refuses its Connection Request: it has no certificate for TLS (failure code 3).}
      4 {The endpoint refuses its Connection Request as inconsistent (failure code 4).}
      5 {The endpoint refuses its Connection Request: it demands CredSSP (failure code 5).}
      6 {The endpoint refuses its Connection Request: it demands TLS with a client certificate (failure code 6).}
      other {The endpoint refuses its Connection Request with failure code {code}.}
    }`,
  ),
  'client.fails-selection': message<{ requested: string; selected: string }>(
    'The endpoint chooses the protocol {selected}, which the client did not ask for; it asked for {requested}.',
  ),
  'client.fails-handshake': 'The TLS handshake breaks, whatever a client offers.',
  'client.fails-version': message<{ accepted: string }>(
    'The endpoint accepts {accepted} alone, which this client does not offer.',
  ),
  'client.fails-suite': message<{ version: string }>(
    'None of the cipher suites that the endpoint accepts with {version} is offered by this client.',
  ),
  'client.fails-key': message<{ bits: number; least: number }>(
    "The certificate's RSA key has {bits} bits; this client demands {least}.",
  ),
  'client.fails-after-tls':
    'TLS stands, and the endpoint ends the connection at the next message, or falls silent, before anyone could sign in.',
  'client.fails-session':
    'The endpoint chooses standard RDP security, and ends the connection at the next message or falls silent.',
  'client.fails-credssp': 'CredSSP breaks before anyone could sign in.',
  'client.fails-credssp-version': message<{ version: number; least: number }>(
    'The endpoint speaks version {version} of CredSSP, which lacks the correction of 2018; this client demands version {least}.',
  ),

  'client.unknown-negotiation':
    'It was not seen what the endpoint answers to the Connection Request of this client.',
  'client.unknown-retry': message<{ code: number }>(
    'The endpoint refuses its first Connection Request with failure code {code}. Whether this client then asks for less is not known.',
  ),
  'client.unknown-standard':
    'The endpoint chooses standard RDP security. Whether this client accepts it is not known.',
  'client.unknown-tls': 'It was not seen what the endpoint makes of TLS.',
  'client.unknown-together':
    'The endpoint answers when one version of TLS is offered alone, and not when all are. This client offers some of them.',
  'client.unknown-unclear':
    'A whole TLS handshake succeeded, but the endpoint turned down the one that offers every version and cipher suite. Whether it accepts any of this client is not known.',
  'client.unknown-version':
    'Which version of TLS the two would agree on is not known: the endpoint was not asked about all of them, or this client offers some only with certain updates and settings.',
  'client.unknown-suite': message<{ version: string }>(
    'With {version}, it is not known whether the two have a cipher suite in common.',
  ),
  'client.unknown-key': message<{ bits: number }>(
    "The certificate's RSA key has {bits} bits. Whether this client accepts that is not known.",
  ),
  'client.unknown-key-kind':
    "The certificate's key is neither RSA nor on a usual curve (Ed25519 or RSA-PSS, for instance). Whether this client accepts that is not known.",
  'client.unknown-credssp': 'It was not seen what the endpoint makes of CredSSP.',
  'client.unknown-credssp-refused': message<{ status: string }>(
    'CredSSP with NTLM is refused with the status {status}. A client that can use Kerberos may still sign in.',
  ),
  'client.unknown-credssp-version': message<{ version: number }>(
    'The endpoint speaks version {version} of CredSSP, which lacks the correction of 2018. Whether this client accepts that is not known.',
  ),
};
