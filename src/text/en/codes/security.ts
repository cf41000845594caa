/** What numbers and names say that are about TLS, CredSSP, certificates and keys. */
export const security = {
  'code.security-data-invalid': 'The security data of the connection is not valid.',
  'code.encryption-method-invalid': 'The two sides do not agree on a method of encryption.',
  'code.server-certificate-unreadable':
    "The client could not make sense of the server's certificate or of its public key.",
  'code.server-certificate-unexpected': 'The server presented a certificate that the client did not expect.',
  'code.internal-security-error':
    'Security failed inside the client at a point that it does not name: mostly while TLS or the sign-in was set up.',
  'code.encryption-error': 'Encrypting what was to be sent failed.',
  'code.decryption-error': 'What was received could not be decrypted.',
  'code.nla-required':
    'The server wants the sign-in first (Network Level Authentication), and the client cannot or may not do that.',
  'code.password-in-dialog-required':
    'A policy of the client wants the password asked for beforehand, and the server cannot take credentials that way.',
  'code.fips-not-supported': 'The server demands FIPS encryption, which this client does not support.',
  'code.restricted-admin-not-supported': 'The server does not support Restricted Admin mode.',
  'code.fips-denied':
    'The server denied the connection for security reasons; the name of the number says that FIPS was at stake.',
  'code.certificate-expired':
    "The server's certificate is out of its time, or the clocks of the two computers differ by much.",
  'code.certificate-name': 'The certificate is for another name than the one that was connected to.',
  'code.certificate-untrusted':
    'The certificate does not lead to an authority that this computer trusts. For a self-signed one, as Windows makes it for Remote Desktop, that is the usual state.',
  'code.certificate-revoked': 'The certificate was revoked.',
  'code.revocation-unknown': 'Whether the certificate was revoked could not be found out.',
  'code.certificate-usage': 'The certificate is not meant for this use.',
  'code.certificate-unknown': 'The certificate could not be used, for a reason that is not named.',
  'code.certificate-malformed': 'The certificate is malformed or lacks something that is needed.',
  'code.no-common-algorithm': 'The two sides have no TLS version, cipher suite or algorithm in common.',
  'code.tls-illegal-message':
    'A message of the TLS handshake was out of place or badly made. What answers may not speak TLS at all.',
  'code.tls-failed': 'The TLS handshake failed.',
  'code.tls-decrypt': 'A TLS record could not be decrypted or verified.',
  'code.tls-closed': 'TLS was closed in an orderly way. This is no error.',
  'code.tls-internal':
    'The TLS side that sent this failed inside. From Windows it can mean that the sign-in (NLA) failed, too.',
  'code.tls-version': 'The TLS version that was offered is not accepted.',
  'code.tls-weak': 'What was offered is too weak for the other side.',
  'code.tls-unexpected-message': 'A TLS message came that does not belong there.',
  'code.tls-no-name': 'The other side has no certificate for the name that was asked for.',
  'code.tls-client-certificate': 'The other side wants a certificate of the client.',
  'code.tls-cancelled': 'The TLS handshake was given up by the user or the program.',
  'code.tls-alert-other': 'A TLS alert; its name is all that is said about it.',
  'code.application-protocol': 'The two sides have no application protocol in common.',
  'code.function-not-supported':
    'The security package does not support what was asked of it. mstsc shows this where a client with the CredSSP update of 2018 (CVE-2018-0886) meets a server without it, or the other way around: update both.',
  'code.lsa-unreachable':
    'The Local Security Authority could not be reached: the domain controller is away, the name of the domain is wrong, or NLA or TLS fails inside the server.',
  'code.credentials-unknown':
    'The security package did not recognise the credentials. In Schannel event 36870 it means that the private key of the server certificate could not be used.',
  'code.credentials-missing': 'The security package has no credentials that it could use.',
  'code.package-missing': 'The security package that was asked for does not exist here.',
  'code.package-not-loaded': 'The security package could not be loaded.',
  'code.token-invalid': 'What the other side sent for the sign-in is not valid.',
  'code.logon-denied': 'The sign-in was denied: wrong credentials, or no right to sign in.',
  'code.message-altered': 'A message was changed or came out of order.',
  'code.context-expired': 'The security context is no longer valid.',
  'code.security-memory': 'There was not enough memory for the security package.',
  'code.security-handle': 'A handle of the security package is not valid.',
  'code.mutual-authentication': 'The server could not prove who it is.',
  'code.channel-bindings':
    'The sign-in does not belong to this TLS connection: something stands between the two computers.',
  'code.delegation-failed': 'The credentials could not be handed on.',
  'code.security-other': 'A security error; its name is all that is published about it.',
  'code.key-missing': 'The key, or the set of keys that it should be in, does not exist.',
  'code.key-exists': 'A key of this name exists already.',
  'code.object-exists':
    'The object exists already. TermService event 1058 says so where a key file is there that Windows may not use.',
  'code.key-denied': 'The key is there, but this account may not use it.',
  'code.key-bad': 'The key is damaged, or of a kind that cannot be used here.',
  'code.key-provider': 'The provider that keeps the key could not be used.',
  'code.key-failed': 'The provider that keeps the key failed.',
  'code.not-found-in-store': 'What was looked for is not in the certificate store.',
  'code.negotiation-tls-required': 'The server accepts TLS only, and the client did not offer it.',
  'code.negotiation-tls-forbidden': 'The server accepts standard RDP security only, without TLS.',
  'code.negotiation-no-certificate':
    'The server has no certificate that it can use, and so offers neither TLS nor NLA.',
  'code.negotiation-inconsistent': 'The server found what the client asked for contradictory.',
  'code.negotiation-nla-required': 'The server accepts NLA (CredSSP) only, and the client did not offer it.',
  'code.negotiation-client-certificate':
    'The server accepts only TLS with a certificate of the client for the sign-in.',
  'code.negotiation-failed': 'The two sides did not agree on how to secure the connection.',
};
