/** What `rdpmend explain` says around the meaning of a number or text. A meaning itself is in `codes/`. */
export const explain = {
  'explain.unknown': 'rdpmend does not know this number or text.',
  'explain.unknown-advice':
    'Give the number under "Show details" in mstsc, or the Reason of event 1026 in the log Microsoft-Windows-TerminalServices-RDPClient/Operational. If there is no other number, let the machine itself tell.',
  'explain.phase': 'Phase',
  'explain.causes': 'What can cause it',
  'explain.not-looked-for': '(rdpmend does not look for this)',
  'explain.notes': 'Notes',
  'explain.other-readings': 'It could also be',
  'explain.next': 'Next',
  'explain.matched-text': 'These words are known',

  'explain.note.ambiguous':
    'The digits were given without 0x, so that they can be decimal or hexadecimal. Both are looked up.',
  'explain.note.shared': 'Several tables have this number. Who showed it decides: the likeliest comes first.',
  'explain.note.similar': 'The words were not found exactly like this; these come closest.',
  'explain.note.shortened': 'Only the first 2000 characters were read.',
  'explain.note.too-many': 'Only the first numbers were looked up.',
  'explain.note.fallback':
    'mstsc says "An internal error has occurred" for numbers that it has no words for, too: believe the number rather than the words.',
  'explain.note.internal-error-sources':
    "Microsoft's documentation of the client names 1032 (0x408) as its internal error. The client itself has other words for it today: invalid characters in the computer name.",
  'explain.note.logon-timeout-sources':
    "Sources differ: the client's documentation speaks of the time for connecting, the protocol's of the limit of an active session.",
  'explain.note.logoff-sources':
    "Sources differ: the client's documentation has this meaning at 2 on one page and at 12 on another; the protocol has it at 12.",
  'explain.note.not-the-extended-reason':
    'Not the same as an extended reason with the same number: that one comes from the server.',
  'explain.note.schannel-key':
    'In Schannel events on the server it is about the private key of the listener certificate.',
  'explain.note.other-side-of-gateway':
    'rdpmend looks at the machine behind the gateway, not at the gateway.',
  'explain.note.win32-wrapped': 'An HRESULT that carries a Win32 error.',
  'explain.note.ntstatus-wrapped': 'An HRESULT that carries an NTSTATUS.',
  'explain.note.freerdp-errinfo': "FreeRDP's number for an error that the server announced (ERRINFO).",
  'explain.note.exit-code-license':
    'Declared for licensing errors. The conversion in the sources of FreeRDP gives other exit codes for them, however.',
  'explain.note.schannel-state':
    'The internal error state in the event says more: give that number, too, with the words before it.',
  'explain.note.sub-status': 'Give the Sub Status of the event: it is more exact than the Status.',
  'explain.note.tls-alert-side':
    "An alert tells what its sender found. In Schannel's event 36887 the other side sent it, in 36888 this one.",

  'explain.decoded.freerdp-connect':
    'By its shape this is a connection error of FreeRDP (class 2), newer than the list that rdpmend has.',
  'explain.decoded.freerdp-errinfo':
    'By its shape this is an error that the server announced, as FreeRDP numbers them (class 1). The number in its lower half is not in the list of the protocol.',
  'explain.decoded.errinfo-protocol':
    'By its range this is a protocol error that the server announced; its own meaning is not published. The event log of the server tells more.',
  'explain.decoded.errinfo-encryption':
    'By its range this is an error of standard RDP encryption that the server announced; its own meaning is not published.',
  'explain.decoded.errinfo-licensing':
    'By its range this is about licensing; its own meaning is not published.',
  'explain.decoded.errinfo-broker':
    'By its range this comes from the Connection Broker; its own meaning is not published.',
  'explain.decoded.extended-protocol':
    'By its range (0x1000 to 0x7FFF) this is a protocol error that the server announced. The event log of the server tells more.',
  'explain.decoded.disconnect-network':
    "Microsoft has published no meaning for this number. Those published whose last byte is 04 are about the network and the connection; that the same holds here is rdpmend's reading, not Microsoft's.",
  'explain.decoded.disconnect-security':
    "Microsoft has published no meaning for this number. Those published whose last byte is 06 are about encryption and memory; that the same holds here is rdpmend's reading, not Microsoft's.",
  'explain.decoded.disconnect-sign-in':
    "Microsoft has published no meaning for this number. Those published whose last byte is 07 are about the sign-in and the server certificate; that the same holds here is rdpmend's reading, not Microsoft's.",
  'explain.decoded.disconnect-client':
    "Microsoft has published no meaning for this number. Those published whose last byte is 08 are about the client itself and licensing; that the same holds here is rdpmend's reading, not Microsoft's.",
  'explain.decoded.disconnect-credentials':
    "Microsoft has published no meaning for this number. Those published whose last byte is 09 are about how credentials must be given (NLA, Restricted Admin); that the same holds here is rdpmend's reading, not Microsoft's.",
  'explain.decoded.disconnect-smart-card':
    "Microsoft has published no meaning for this number. Those published whose last byte is 0A are about smart cards; that the same holds here is rdpmend's reading, not Microsoft's.",
  'explain.decoded.disconnect-gateway':
    'By its range (0x3000000 upwards) this is about the RD Gateway; its own meaning is not in the list that rdpmend has.',
  'explain.decoded.schannel-state':
    'An internal error state of Schannel; no meaning of it is published. The event that it stands in, and the alert or error code beside it, tell more.',
  'explain.decoded.ntstatus': 'By its shape this is an NTSTATUS, an error of Windows itself.',
  'explain.decoded.ntstatus-terminal-server':
    'By its shape this is an NTSTATUS of Remote Desktop Services (facility 0xA).',
  'explain.decoded.hresult': 'By its shape this is an HRESULT, an error of one of the interfaces of Windows.',
  'explain.decoded.hresult-rpc': 'By its shape this is an HRESULT of remote procedure calls (facility 1).',
  'explain.decoded.hresult-interface':
    'By its shape this is an HRESULT that belongs to one interface alone (facility 4): without knowing which one it says nothing.',
  'explain.decoded.hresult-win32':
    'By its shape this is an HRESULT that carries a Win32 error (facility 7); "net helpmsg" with the lower half as a decimal number says it in words on Windows.',
  'explain.decoded.hresult-security':
    'By its shape this is an HRESULT of the security interfaces (facility 9): SSPI, Schannel or the key providers.',
  'explain.decoded.hresult-certificate':
    'By its shape this is an HRESULT about a certificate (facility 0xB).',
  'explain.decoded.hresult-smart-card': 'By its shape this is an HRESULT about smart cards (facility 0x10).',

  'explain.family.disconnect-reason':
    'Disconnect reason of mstsc (event 1026); macOS, iOS and Android show the same number in hexadecimal',
  'explain.family.extended-reason': 'Extended disconnect reason of mstsc',
  'explain.family.fatal-error': 'Fatal error of mstsc (OnFatalError)',
  'explain.family.error-info': 'Announced by the server (Set Error Info, ERRINFO)',
  'explain.family.negotiation-failure': "The server's answer to the security negotiation (RDP_NEG_FAILURE)",
  'explain.family.freerdp-error': 'Error of FreeRDP (xfreerdp, Remmina and others)',
  'explain.family.freerdp-exit': 'Exit code of xfreerdp',
  'explain.family.ntstatus': 'NTSTATUS of Windows',
  'explain.family.hresult': 'HRESULT of Windows (SSPI, Schannel, certificates, keys, COM)',
  'explain.family.win32': 'Win32 or Windows Sockets error',
  'explain.family.tls-alert': 'TLS alert, as in the Schannel events 36887 and 36888',
  'explain.family.event': "Event in one of Windows' logs",
  'explain.family.schannel-state': 'Internal error state, as in the Schannel events 36870, 36871 and 36888',
  'explain.family.client-text': 'Words that a client shows',

  'explain.phase.name': 'finding the address (name, DNS)',
  'explain.phase.tcp': 'reaching the port (TCP)',
  'explain.phase.negotiation': 'agreeing on security (X.224 negotiation)',
  'explain.phase.tls': 'TLS handshake and certificate',
  'explain.phase.nla': 'sign-in before the session (CredSSP, NLA)',
  'explain.phase.licensing': 'licensing',
  'explain.phase.sign-in': 'account and sign-in',
  'explain.phase.session': 'in the session',
  'explain.phase.client': 'in the client',
  'explain.phase.gateway': 'RD Gateway',
  'explain.phase.broker': 'Connection Broker',
  'explain.phase.any': 'at any point; most often before the sign-in',
  'explain.phase.unknown': 'not known',
};

/** What each cause is, in a line, for those who have not yet run a diagnosis. */
export const causes = {
  'explain.cause.remote-connections-denied': 'Remote Desktop is turned off',
  'explain.cause.listener-missing': 'the RDP listener is missing or disabled',
  'explain.cause.rdp-service-disabled': 'a Remote Desktop service is disabled',
  'explain.cause.listener-value-invalid': 'a setting of the listener has no valid value',
  'explain.cause.security-negotiation-off': 'the security negotiation is turned off',
  'explain.cause.negotiation-test-left-on': 'a test that lowered security was never undone',
  'explain.cause.listener-port-moved': 'the listener has another port that no firewall rule admits',
  'explain.cause.listener-port-taken': 'another program has the port of the listener',
  'explain.cause.firewall-blocks-rdp': 'the Windows firewall does not admit Remote Desktop',
  'explain.cause.firewall-service-disabled': 'the firewall service is disabled',
  'explain.cause.ipsec-blocks-rdp': 'an IPsec rule blocks the port',
  'explain.cause.tls-1.2-server-disabled': 'TLS 1.2 is turned off for the server',
  'explain.cause.no-tls-version-enabled': 'every TLS version is turned off for the server',
  'explain.cause.cipher-suite-policy-unusable': 'a policy leaves no usable cipher suite',
  'explain.cause.cipher-suites-damaged': 'the list of cipher suites is missing or empty',
  'explain.cause.schannel-damaged': "Schannel's settings lack what every Windows has",
  'explain.cause.credssp-provider-missing': 'the CredSSP provider is not registered',
  'explain.cause.algorithms-disabled': 'needed algorithms are turned off',
  'explain.cause.fips-conflict': 'the FIPS policy cannot be met',
  'explain.cause.certificate-unreadable': 'the server presents a certificate that cannot be read',
  'explain.cause.certificate-weak': "the certificate's key or signature is too weak for clients",
  'explain.cause.clock-differs': "the server's clock is more than five minutes off",
  'explain.cause.dropped-after-tls': 'the connection breaks off as soon as TLS stands',
  'explain.cause.credssp-fails': 'Network Level Authentication breaks before anyone signs in',
  'explain.cause.certificate-expired': "the listener's certificate is out of its time",
  'explain.cause.certificate-key-missing': 'the private key of the certificate is missing',
  'explain.cause.certificate-key-unreadable': 'Windows may not read the private key of the certificate',
  'explain.cause.certificate-key-of-another-machine': 'the private key comes from another machine',
  'explain.cause.machine-keys-folder-changed': 'the permissions of the MachineKeys folder were changed',
  'explain.cause.pinned-certificate-unusable': 'the certificate that was set by hand cannot be used',
  'explain.cause.certificate-store-denied': 'the certificate store is denied to Windows itself',
  'explain.cause.certificate-store-redirected': 'the certificate store of the listener was redirected',
  'explain.cause.program-data-redirected': 'the ProgramData folder was redirected',
  'explain.cause.certificate-service-disabled': 'a service for certificates or keys is disabled',
  'explain.cause.brute-force-attack': 'strangers try passwords',
  'explain.cause.audio-stall': 'Windows Audio blocks the connection for a minute',
  'explain.cause.stuck-configuring-session': 'it stays at "Configuring remote session"',
  'explain.cause.port-unreachable': 'nothing answers on the port',
  'explain.cause.port-closed': 'the port refuses the connection',
  'explain.cause.wrong-service': 'something other than Remote Desktop answers on the port',
  'explain.cause.silent-after-connect': 'the port accepts and then stays silent',
  'explain.cause.dropped-before-negotiation': 'the connection is dropped before the negotiation',
  'explain.cause.dropped-at-tls': 'the connection is dropped at the TLS handshake, without an alert',
  'explain.cause.tls-refused': 'the TLS handshake is refused with an alert',
  'explain.cause.no-modern-tls': 'only old TLS versions are accepted',
  'explain.cause.cipher-mismatch': 'no common cipher suite',
  'explain.cause.certificate-not-on-server': 'the server says that it has no certificate',
  'explain.cause.certificate-changed': 'the certificate is not the one that was expected',
  'explain.cause.negotiation-mismatch': 'client and server accept no common kind of security',
  'explain.cause.legacy-security-only': 'only standard RDP security is offered',
  'explain.cause.unstable-answers': 'the same question gets different answers',
  'explain.cause.healthy-from-here': 'everything before the sign-in is healthy',
};
