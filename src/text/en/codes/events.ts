/** What events of Windows' logs, and the internal error states in Schannel's, say. */
export const events = {
  'code.event-no-private-key':
    'The certificate that TLS should use has no private key attached: it was restored or enrolled without one.',
  'code.event-private-key':
    'TLS could not use the private key of its certificate. On a machine that nobody can reach, it is mostly the key of the listener: its file under MachineKeys may not be read, is damaged, or is gone.',
  'code.event-tls-credential':
    'TLS could not be set up at all, before any certificate or cipher suite came into play. For Remote Desktop it matters when the event says "server credential": policies have turned off the TLS versions that it needs.',
  'code.event-certificate-chain':
    'The chain of the certificate that TLS should use could not be put together.',
  'code.event-no-common-suite':
    'A client asked for TLS, and the server supports none of the cipher suites that it offered. Scanners from the internet cause it, too: it matters when it stands at the minute of your own attempt.',
  'code.event-remote-certificate':
    'This computer, as the client, did not accept the certificate of the server. The number in the event says why.',
  'code.event-remote-certificate-time':
    "This computer, as the client, found the server's certificate out of its time.",
  'code.event-no-default-credential':
    'The system has no certificate that could serve every program, as a directory server wants it. Programs with a certificate of their own, Remote Desktop among them, are not concerned.',
  'code.event-alert-received':
    'The other side broke off TLS with a fatal alert. The number of the alert in the event says what it found.',
  'code.event-alert-sent':
    'This side broke off TLS with a fatal alert. The number of the alert in the event says what it found. Scanners from the internet cause it, too: it matters when it stands at the minute of your own attempt.',
  'code.event-listener-failed': 'The listener failed while it waited for connections.',
  'code.event-listener-connection': 'The listener received a connection. Nothing is known of it yet.',
  'code.event-incomplete-connections':
    'The server received very many connections that were never completed. It may be under attack.',
  'code.event-logon-attempts': 'A client tried to sign in too often, and its session was ended.',
  'code.event-listener-down': 'The listener could not be kept up.',
  'code.event-session-creation': 'The server could not create the session.',
  'code.event-listener-settings':
    'The settings of the listener for encryption and security contradict each other. Windows corrected them for itself.',
  'code.event-certificate-not-found':
    'The certificate that was chosen for the listener was not found. Windows falls back to the certificate that it makes itself.',
  'code.event-certificate-expires': 'The certificate that was chosen for the listener expires soon.',
  'code.event-certificate-expired':
    'The certificate that was chosen for the listener has expired. Windows falls back to the certificate that it makes itself.',
  'code.event-certificate-usage':
    'The certificate that was chosen for the listener is not meant for servers (Server Authentication). Windows falls back to the certificate that it makes itself.',
  'code.event-certificate-key':
    'The private key of the certificate that was chosen for the listener cannot be used. Windows falls back to the certificate that it makes itself.',
  'code.event-certificate-made':
    'Windows made a new self-signed certificate for the listener. This is no error.',
  'code.event-certificate-not-made':
    'Windows could not make a new self-signed certificate for the listener. Where none is left, TLS cannot start. The status in the event says why: "Keyset does not exist" and "Access is denied" point at the keys under MachineKeys.',
  'code.event-certificate-not-replaced':
    'Windows could not replace the expired self-signed certificate of the listener. The status in the event says why: "Access is denied" and "Object already exists" point at a key file under MachineKeys that Windows may not use.',
  'code.event-certificate-reset':
    'The setting that names the certificate of the listener was not valid, and Windows reset it.',
  'code.event-template-name':
    "The name in the certificate from the domain's template is not valid. Windows uses the certificate that it makes itself.",
  'code.event-template-made':
    "A certificate from the domain's template was installed for the listener. This is no error.",
  'code.event-template-not-made':
    "No certificate could be had from the domain's template: its name in the policy, its permissions or its kind is wrong.",
  'code.event-template-not-replaced':
    "The certificate from the domain's template has expired and could not be replaced.",
  'code.event-no-service-name':
    'The server could not register its Kerberos name (TERMSRV) in the domain. Clients that ask for Kerberos may not get it; NTLM still works where it is allowed.',
  'code.event-license-grace-over':
    'The grace period of the Remote Desktop Session Host role is over, and no licensing mode was set.',
  'code.event-drain-mode': 'The server takes no new sign-ins for now (drain mode).',
  'code.event-authenticated':
    'A client got as far as the sign-in. With NLA, the user was authenticated; without it, only the sign-in screen was reached.',
  'code.event-accepted-address':
    'The server accepted a connection; the event has the address that it came from.',
  'code.event-tcp-accepted':
    'The server accepted a new TCP connection; the event has the address that it came from. If your own attempt stands here, the network let it through.',
  'code.event-wrong-name':
    'A sign-in failed; the event has the address that it came from. It speaks of the user name or password, but those who tried found it only for names that do not exist. Many of them from many addresses are strangers who guess.',
  'code.event-client-connecting': 'The client began to connect. This is no error.',
  'code.event-client-connected': 'The client was connected to the server. This is no error.',
  'code.event-client-disconnected':
    'The client was disconnected. The Reason in the event is the number to explain: give that one.',
  'code.event-protocol-stream':
    'The server received something that it could not process as RDP, and disconnected the client. Scanners from the internet cause it, too.',
  'code.event-logged-on':
    'An account signed in. Types 10 and 3 are those of Remote Desktop. This is no error.',
  'code.event-logon-failed':
    'An account failed to sign in. The Status and Sub Status in the event say why; with NLA it is of type 3, without it of type 10.',
  'code.event-locked-out':
    'An account was locked after too many failed sign-ins. Strangers who guess passwords lock accounts, too.',

  'code.state-decrypt': 'Schannel could not decrypt what it received. It comes with TLS alert 20.',
  'code.state-key-kind':
    'The server could not sign its part of the key exchange. It was traced to a certificate whose key is of a kind that its provider does not have. It comes with TLS alert 80.',
  'code.state-unexpected':
    'Microsoft has published no meaning. It is reported with TLS alert 10: something came that does not belong there, such as data that is no TLS.',
  'code.state-handshake':
    'Microsoft has published no meaning. It is reported with TLS alert 40: the two sides have nothing in common.',
  'code.state-private-key':
    'In event 36870: the private key of the server certificate could not be used, because of wrong permissions on MachineKeys or the key file, or because the key is damaged or missing.',
  'code.state-credential':
    'In event 36871: TLS could not be set up because of policies that turn TLS versions off. For "client credential" it is a program on this machine that wants an old version; for "server credential" Remote Desktop fails.',
};
