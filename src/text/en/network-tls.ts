import { message } from '../message.ts';

/** Texts of the checks under `checks/network/` from TLS on. */
export const networkTls = {
  'saw.tls-agreed': message<{ version: string; suite: string }>('{version} with {suite}'),
  'saw.tls-alert': message<{ name: string; number: number }>('the alert {name} ({number})'),
  'saw.tls-alert-after': message<{ version: string; name: string; number: number }>(
    'a ServerHello for {version}, then the alert {name} ({number})',
  ),
  'saw.tls-ending': message<{ ending: string }>(
    '{ending, select, closed {closed, without an alert} reset {a reset, without an alert} other {nothing, until the time was up}}',
  ),
  'saw.tls-ending-after': message<{ version: string; ending: string }>(
    '{ending, select, closed {a ServerHello for {version}, then closed without an alert} reset {a ServerHello for {version}, then a reset without an alert} other {a ServerHello for {version}, then nothing until the time was up}}',
  ),
  'saw.tls-other-bytes': message<{ detail: string; bytes: string }>('{detail}: {bytes}'),
  'saw.tls-alike': message<{ times: number }>('the same {times} times out of {times}'),
  'expected.tls-server-hello': 'a ServerHello and the certificate',
  'expected.tls-handshake': 'a completed handshake',

  'certificate-unreadable.title': 'The server presents a certificate that no client can read',
  'certificate-unreadable.explanation':
    'TLS is agreed on, and what the server then sends in place of its certificate is empty or damaged. Every client ends the connection there; mstsc has a number of its own for it, 1798 or 0x706, and may just say that an internal error has occurred.',
  'certificate-unreadable.saw-none': 'a TLS handshake without a certificate',
  'certificate-unreadable.expected': 'an X.509 certificate',
  'certificate-unreadable.remedy':
    "Have Windows make a new certificate: delete the one in the store Remote Desktop (certlm.msc) and restart the service SessionEnv. With a certificate that was issued, have it issued and bound anew. If it is not Windows that answers, look at its certificate's file.",

  'dropped-at-tls.title': 'The server hangs up as soon as the TLS handshake begins',
  'dropped-at-tls.title-silent': 'The server falls silent as soon as the TLS handshake begins',
  'dropped-at-tls.title-later': 'The server hangs up in the middle of the TLS handshake',
  'dropped-at-tls.title-later-silent': 'The server falls silent in the middle of the TLS handshake',
  'dropped-at-tls.title-not-tls': 'The server agrees to TLS and then does not speak it',
  'dropped-at-tls.title-unreadable': 'The server answers the TLS handshake with what no client can read',
  'dropped-at-tls.explanation':
    'The server agreed to protect the connection with TLS, and ended it when the handshake began, without an alert that says why. Every client fails here. Where the server is Windows, the usual causes are on the machine itself: the private key of the Remote Desktop certificate is gone or cannot be read, every version of TLS that a client has is turned off, or no cipher suite is left. From the network these look alike. A firewall or load balancer that lets no TLS through on this port does the same.',
  'dropped-at-tls.silent':
    'The server agreed to protect the connection with TLS, took the beginning of the handshake, and said nothing more until the time was up. Every client waits here and then fails. Either the machine is stuck or overloaded where it makes TLS, or something on the way swallows the handshake: a firewall that inspects it, or a path that loses large packets.',
  'dropped-at-tls.later':
    "The server began its answer to the TLS handshake and broke off before its end, without an alert that says why. It has agreed to a version and a cipher suite, so the settings of TLS are not to blame. What comes next needs the certificate and its private key: where the server is Windows, look for a key that is gone or cannot be read. A path that loses large packets does the same, because the certificate makes the server's largest one.",
  'dropped-at-tls.later-silent':
    "The server began its answer to the TLS handshake, and then said nothing more until the time was up. It has agreed to a version and a cipher suite, so the settings of TLS are not to blame. What comes next needs the certificate and its private key: either the machine is stuck or overloaded there, or the path loses large packets, because the certificate makes the server's largest one.",
  'dropped-at-tls.not-tls':
    'The server agreed to protect the connection with TLS, and what it sent when the handshake began is no TLS. Every client fails here. Windows does not do that: something else listens on this port, or a device on the way answers in its place.',
  'dropped-at-tls.unreadable':
    'The server agreed to protect the connection with TLS, and its answer to the handshake looks like TLS but is damaged, or is of a version or a cipher suite that was not offered, as SSL 3.0 is. Every client fails here. It is a very old or a broken TLS library, or a device on the way that changes what passes through it.',
  'dropped-at-tls.only-together': message<{ versions: string; answer: string }>(
    'A TLS handshake that offers every version from 1.0 to 1.3, as current clients do, {answer, select, silence {gets no whole answer} other {is dropped without an alert}}; one that offers nothing but {versions} is answered. So TLS as such works here, and what reads the handshake, an old TLS library or a device on the way, cannot stand newer things in it.',
  ),
  'dropped-at-tls.remedy':
    "Read the machine's System log for this minute. Schannel event 36870: the private key cannot be used; 36871: TLS could not be set up at all; 36874: no cipher suite fits. Where nobody can get in, run rdpmend diagnose on the machine's disk: it names the cause and what mends it. If the log shows nothing, connect from the machine's own network: if that works, something on the way breaks the connection.",
  'dropped-at-tls.remedy-not-tls':
    'Find out what listens: netstat -abno on the machine names the program. If it is the Remote Desktop service, look at what is in between: connect from the same network, past load balancers and port forwardings.',
  'dropped-at-tls.remedy-only-together':
    "Connect from the machine's own network. If that works, a device on the way breaks current TLS: update it, or take its TLS inspection off this port. If it does not, install the pending updates on the machine.",

  'tls-refused.title': message<{ name: string; number: number }>(
    'The server refuses TLS: {name} (alert {number})',
  ),
  'tls-refused.title-later': message<{ name: string }>('The server breaks off the TLS handshake: {name}'),
  'tls-refused.handshake-failure':
    "The alert handshake_failure (40) says that the server finds nothing that it can use in what a client offers. Every usual version and cipher suite was offered, so no client can connect. Where the server is Windows, either the list of cipher suites (its own or a policy's) or algorithms that are turned off leave nothing that goes with the certificate's key.",
  'tls-refused.protocol-version':
    'The alert protocol_version (70) says that the server accepts none of the versions that were offered, and TLS 1.0 to 1.3 were. No client can connect. Where the server is Windows, every version of TLS is turned off for incoming connections.',
  'tls-refused.insufficient-security':
    'The alert insufficient_security (71) says that the server demands stronger cipher suites than those that were offered, and every usual one was. No client can connect. Where the server is Windows, a policy for cipher suites or FIPS mode leaves nothing that clients have.',
  'tls-refused.internal-error':
    'The alert internal_error (80) says that the server failed by itself: nothing that a client offers is to blame. Where the server is Windows, look first for a private key of the Remote Desktop certificate that is gone or cannot be read. Windows is reported to send this alert also when Network Level Authentication fails, but here the connection had not come that far.',
  'tls-refused.access-denied':
    'The alert access_denied (49) says that the server would speak TLS, but not with this client: a rule about who may connect decides. Windows is not known to send it at this point; a gateway, a proxy or a firewall in front of the machine may.',
  'tls-refused.unrecognized-name':
    'The alert unrecognized_name (112) says that the server knows no machine by the name that was asked for. Windows does not look at that name; a gateway, a proxy or a load balancer that tells machines apart by it does.',
  'tls-refused.nameless':
    'The alert unrecognized_name (112) says that the server does not know for which machine this is meant: an address was asked, and an address is not sent along as a name. Windows does not look at that name; a gateway, a proxy or a load balancer that tells machines apart by it does. Whoever connects by the address is refused; by the name it may work.',
  'tls-refused.close-notify':
    'Instead of an answer to the TLS handshake the server sent close_notify (0), which ends a connection in good order: it is not willing to go on, and does not say why. Where the server is Windows, look for a certificate or a private key that cannot be used.',
  'tls-refused.not-understood': message<{ name: string }>(
    'The alert {name} says that the server could not make sense of the TLS handshake. What was sent is what current clients send, so they fail as well. An old TLS library, or a device on the way that changes or inspects TLS, does this.',
  ),
  'tls-refused.other': message<{ name: string; number: number }>(
    'The server answers the beginning of the TLS handshake with the alert {name} ({number}) and ends it. Every usual version and cipher suite was offered, so every client is refused.',
  ),
  'tls-refused.only-together': message<{ name: string; versions: string }>(
    'The server answers a TLS handshake that offers every version from 1.0 to 1.3, as current clients do, with the alert {name}; one that offers nothing but {versions} is answered well. So TLS as such works here, and an old TLS library, or a device on the way, cannot stand newer things in the handshake.',
  ),
  'tls-refused.later': message<{ name: string }>(
    'The server agreed to a version of TLS and a cipher suite, and then broke the handshake off with the alert {name}. What comes at that point is the proof that it holds the private key of its certificate. Where the server is Windows, look for a key that is gone, cannot be read, or does not belong to the certificate.',
  ),
  'tls-refused.remedy':
    "Read the machine's System log for this minute. Schannel event 36874: no cipher suite or version fits; 36870: the private key cannot be used; 36888: the alert as it was sent. Where nobody can get in, run rdpmend diagnose on the machine's disk: it names the cause and what mends it. If the log shows nothing, the alert comes from a device in front of the machine.",

  'tls-refused.remedy-nameless':
    'Ask by the name: run rdpmend diagnose NAME, with the full name by which clients connect, and connect by that name. If that name is refused as well, look at the gateway, proxy or load balancer in front of the machine: which names it knows, and where it sends them.',

  'no-modern-tls.title': message<{ version: string }>(
    'The server has nothing newer than {version}, which clients give up',
  ),
  'no-modern-tls.title-too-new': message<{ versions: string }>(
    'The server has nothing but {versions}, which some clients lack',
  ),
  'no-modern-tls.explanation': message<{ versions: string; failing: string; working: string }>(
    'Of TLS the server accepts {versions} and nothing newer. Both 1.0 and 1.1 were withdrawn in 2021: clients no longer offer them, or will stop with an update. These fail in the handshake, often with an internal error: {failing}.',
  ),
  'no-modern-tls.explanation-some': message<{ versions: string; failing: string; working: string }>(
    'Of TLS the server accepts {versions} and nothing newer. Both 1.0 and 1.1 were withdrawn in 2021: clients no longer offer them, or will stop with an update. These fail in the handshake, often with an internal error: {failing}. These connect as they are installed: {working}.',
  ),
  'no-modern-tls.too-new': message<{ versions: string; failing: string; working: string }>(
    'Of TLS the server accepts {versions} and nothing else. Clients that do not have it fail in the handshake, often with an internal error: {failing}.',
  ),
  'no-modern-tls.too-new-some': message<{ versions: string; failing: string; working: string }>(
    'Of TLS the server accepts {versions} and nothing else. Clients that do not have it fail in the handshake, often with an internal error: {failing}. These connect as they are installed: {working}.',
  ),
  'no-modern-tls.remedy':
    "Turn TLS 1.2 on for incoming connections: in SCHANNEL\\Protocols\\TLS 1.2\\Server set Enabled to 1 and DisabledByDefault to 0, and restart. If nobody can get in, run rdpmend diagnose on the machine's disk: it names the values. On Windows 7 and Server 2008 R2, update KB3080079 comes first.",
  'no-modern-tls.remedy-too-new':
    'Turn TLS 1.2 on beside TLS 1.3 for incoming connections: in SCHANNEL\\Protocols\\TLS 1.2\\Server set Enabled to 1 and DisabledByDefault to 0, and restart; look for a cipher suite policy that names suites of TLS 1.3 alone. Or connect from a client that has TLS 1.3.',

  'cipher-mismatch.title': 'The server and some clients have no cipher suite in common',
  'cipher-mismatch.explanation': message<{ failing: string; working: string }>(
    'The server and the client agree on a version of TLS, and then on no cipher suite: none that the server accepts is offered by {failing}. The handshake ends there, often with an internal error.',
  ),
  'cipher-mismatch.explanation-some': message<{ failing: string; working: string }>(
    'The server and the client agree on a version of TLS, and then on no cipher suite: none that the server accepts is offered by {failing}. The handshake ends there, often with an internal error. These connect as they are installed: {working}.',
  ),
  'cipher-mismatch.expected':
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 or another suite that these clients offer',
  'cipher-mismatch.remedy':
    'Let the server have a suite again that every current client has: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 or TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 with an RSA certificate, their ECDSA siblings with one on a curve. Look at the policy "SSL Cipher Suite Order", then at what tools for hardening have turned off in SCHANNEL. Where nobody can get in, run rdpmend diagnose on the machine\'s disk: it names the list.',

  'clock-differs.title': "The server's clock and the one here are more than five minutes apart",
  'clock-differs.explanation':
    'Kerberos refuses when clocks are further apart than five minutes. Members of a domain then fall back to NTLM, or cannot sign in where that is turned off; mstsc may speak of a time or date difference. Which of the two clocks is wrong cannot be told from here.',
  'clock-differs.saw-ahead': message<{ minutes: number }>("the server's clock is {minutes} minutes ahead"),
  'clock-differs.saw-behind': message<{ minutes: number }>("the server's clock is {minutes} minutes behind"),
  'clock-differs.expected': message<{ minutes: number }>('no more than {minutes} minutes of difference'),
  'clock-differs.remedy':
    'Look at the clock here, then at the one on the server: w32tm /query /status tells where it has its time from, and w32tm /resync sets it. A virtual machine may take the clock of its host.',

  'credssp-fails.title': 'Network Level Authentication breaks before anyone signs in',
  'credssp-fails.title-no-ntlm': 'The server takes no NTLM: only clients with Kerberos can sign in',
  'credssp-fails.expected': 'a TSRequest with a NTLM CHALLENGE',
  'credssp-fails.saw-alert': message<{ alert: string }>(
    'the TLS alert {alert}, inside the handshake that stood',
  ),
  'credssp-fails.saw-ended': message<{ ending: string }>(
    '{ending, select, closed {closed after the first TSRequest} reset {broken off after the first TSRequest, by a reset or a TLS alert} other {nothing after the first TSRequest, until the time was up}}',
  ),
  'credssp-fails.saw-status': message<{ code: string }>('a TSRequest with the error {code}'),
  'credssp-fails.saw-named-status': message<{ code: string; name: string }>(
    'a TSRequest with the error {name} ({code})',
  ),
  'credssp-fails.saw-no-challenge': message<{ version: number; said: string }>(
    'a TSRequest of version {version} with neither a NTLM CHALLENGE nor an error: {said}',
  ),
  'credssp-fails.saw-other': message<{ bytes: string }>('no TSRequest: {bytes}'),
  'credssp-fails.explanation':
    'TLS works, and the server asks for Network Level Authentication (CredSSP). It then breaks that off after the very first message, before any name or password was sent: neither account nor password is to blame. Where the server is Windows, either CredSSP or NTLM is not loaded or fails inside the security service (LSASS), or NTLM is refused by policy and the server does not say so.',
  'credssp-fails.refused':
    'TLS works, and the server asks for Network Level Authentication (CredSSP). It then answers the very first message with an error, before any name or password was sent: neither account nor password is to blame. The security service (LSASS) of the server cannot begin the exchange.',
  'credssp-fails.no-ntlm':
    'The server asks for Network Level Authentication and refuses to begin it with NTLM. That may be meant: a policy can turn NTLM off, and members of the domain who connect by the full name then sign in with Kerberos. All others cannot: whoever connects by an address, with a local account, from outside the domain, or while no domain controller can be reached.',
  'credssp-fails.other':
    'TLS works, and the server selected Network Level Authentication (CredSSP). What it then sends is no CredSSP, or none that can be read, so no client can sign in. Windows does not do that: a gateway, a proxy or another program answers in its place.',
  'credssp-fails.title-too-old': "The server's CredSSP is too old for updated Windows clients",
  'credssp-fails.too-old': message<{ version: number; failing: string }>(
    'The server speaks version {version} of CredSSP, which lacks the correction of CVE-2018-0886. Clients that have it, as every Windows with the updates of May 2018, refuse to sign in ("CredSSP encryption oracle remediation"): {failing}.',
  ),
  'credssp-fails.saw-version': message<{ version: number }>(
    'a NTLM CHALLENGE in a TSRequest of version {version}',
  ),
  'credssp-fails.expected-version': 'version 5 or later',
  'credssp-fails.remedy-too-old':
    'Install the machine\'s pending updates: every cumulative update since May 2018 has the correction. Until then a client can be told to put up with it (the policy "Encryption Oracle Remediation", or AllowEncryptionOracle = 2), which lets an attacker in between take the session over: set it back at once.',
  'credssp-fails.remedy':
    "Read the machine's System log for this minute (LsaSrv, Schannel) and Microsoft-Windows-NTLM/Operational. On the machine, credssp.dll must stand in SecurityProviders below Control\\SecurityProviders; restart the machine if LSASS logs errors. Where nobody can get in, run rdpmend diagnose on the machine's disk. Do not turn Network Level Authentication off for longer than a test.",
  'credssp-fails.remedy-no-ntlm':
    'Try it from a member of the domain, by the full DNS name of the machine and with a domain account. If that works, the server does what it was told, and nothing is to be mended. If others must get in, look at the policy "Network security: Restrict NTLM: Incoming NTLM traffic" on the machine, and see that the clients can reach a domain controller.',
  'credssp-fails.remedy-other':
    'Connect from the same network as the machine, past gateways and port forwardings; on the machine, netstat -abno names the program that listens.',

  'dropped-after-tls.title': 'The server hangs up right after TLS stands',
  'dropped-after-tls.title-silent': 'The server falls silent right after TLS stands',
  'dropped-after-tls.title-standard': 'The server hangs up at the first message of a session',
  'dropped-after-tls.title-standard-silent': 'The server falls silent at the first message of a session',
  'dropped-after-tls.title-certificate': 'The server demands a certificate of every client',
  'dropped-after-tls.expected': 'an answer to MCS Connect',
  'dropped-after-tls.saw-ended': message<{ ending: string }>(
    '{ending, select, closed {closed after MCS Connect} reset {broken off after MCS Connect, by a reset or a TLS alert} other {nothing after MCS Connect, until the time was up}}',
  ),
  'dropped-after-tls.saw-ended-after': message<{ ending: string; bytes: string }>(
    '{ending, select, closed {closed} reset {broken off} other {nothing more}} after a part of an answer to MCS Connect: {bytes}',
  ),
  'dropped-after-tls.saw-alert': message<{ alert: string }>(
    'the TLS alert {alert}, inside the handshake that stood',
  ),
  'dropped-after-tls.explanation': message<{ nla: string }>(
    'The server agreed on TLS without Network Level Authentication, and the whole handshake stood. It then ended the connection at the next message, MCS Connect, by which a client asks for a session, before any name or password was sent. Clients that come without Network Level Authentication fail there, often with an internal error.{nla, select, yes { With it the server begins to sign in; what comes after that is the same message to the same service.} other {}} Where the server is Windows, the service that takes over after TLS (TermService, its termsrv.dll, the stack of Remote Desktop) fails or was changed. A limit of connections, or a device on the way that ends TLS for a machine that does not answer, does the same.',
  ),
  'dropped-after-tls.silent': message<{ nla: string }>(
    'The server agreed on TLS without Network Level Authentication, and the whole handshake stood. To the next message, MCS Connect, by which a client asks for a session, it then said nothing until the time was up. Clients that come without Network Level Authentication wait there and then fail.{nla, select, yes { With it the server begins to sign in; what comes after that is the same message to the same service.} other {}} Where the server is Windows, the service that takes over after TLS (TermService, its termsrv.dll, the stack of Remote Desktop) is stuck, or the machine is short of something. A device on the way that ends TLS for a machine that does not answer does the same.',
  ),
  'dropped-after-tls.standard': message<{ ending: string }>(
    'The server agreed on standard RDP security. To the next message, MCS Connect, by which a client asks for a session, it then {ending, select, closed {ended the connection} reset {ended the connection} other {said nothing until the time was up}}, before any name or password was sent. Clients that use standard security fail there, often with an internal error. Where the server is Windows, the service that answers (TermService, its termsrv.dll, the stack of Remote Desktop) fails or was changed. A limit of connections, or a device on the way, does the same.',
  ),
  'dropped-after-tls.certificate':
    'TLS stood, and the server then ended the connection with the alert certificate_required: it demands that the client shows a certificate of its own, and none was shown. Usual Remote Desktop clients show none at this point, so they fail, often with an internal error. Windows is not known to demand it; a gateway, a proxy or a program that wraps the port in TLS may be told to.',
  'dropped-after-tls.remedy':
    "Read the machine's System and Application logs for this minute: a TermService that ended (7031, 7034), an error in svchost.exe_TermService or termsrv.dll (1000), and RemoteDesktopServices-RdpCoreTS. Restart TermService or the machine; undo what replaces or patches termsrv.dll. Where nobody can get in, run rdpmend diagnose on the machine's OS disk. If it works from the machine's own network, look at limits and devices in between.",
  'dropped-after-tls.remedy-certificate':
    'Connect past the gateway, the proxy or whatever else ends TLS in front of the machine. If it is meant to demand certificates, let the port of Remote Desktop out of that, or use the client that goes with it.',

  'certificate-expired.presented-self-signed':
    'The server presents a certificate that it made itself, and it has ended. Windows renews its own while it runs, so something keeps it from that: the key cannot be replaced, the store is denied, or a service is disabled. Clients warn, and those that check strictly refuse: the Windows client with 6919 (0x1B07).',
  'certificate-expired.presented':
    'The certificate that the server presents has ended. Clients warn, and those that check strictly refuse: the Windows client with 6919 (0x1B07).',
  'certificate-expired.presented-early':
    'The certificate that the server presents is not valid yet. Either it was made while a clock was wrong, or a clock is wrong now. Clients warn, and those that check strictly refuse.',
  'certificate-expired.presented-by-ours':
    "By this computer's clock the certificate is outside its dates; by the server's own clock it is within them. One of the two clocks is wrong. Clients judge by their own: those whose clock goes as this one does warn or refuse.",
  'certificate-expired.presented-by-servers':
    "By the server's own clock its certificate is outside its dates; by this computer's clock it is within them. One of the two clocks is wrong. Clients judge by their own: those whose clock goes as the server's does warn or refuse.",
  'certificate-expired.presented-clock': message<{ servers: string; ours: string }>(
    "the server's clock at {servers}, this one at {ours}",
  ),
  'certificate-expired.presented-expected-clock':
    'clocks that agree; Kerberos refuses to sign in from 5 minutes on',
  'certificate-expired.presented-self-signed-remedy':
    'On the machine, delete the certificate from the store "Remote Desktop" (certlm.msc) and restart the service SessionEnv: Windows makes a new one. If it does not, or nobody can get in, run rdpmend diagnose on the machine\'s disk: it names what keeps Windows from it.',
  'certificate-expired.presented-remedy':
    "Renew the certificate where it comes from. In a deployment with a Connection Broker replace it with Set-RDCertificate; elsewhere put the new one into the machine's store My, let NETWORK SERVICE read its key, and name its thumbprint in SSLCertificateSHA1Hash.",
  'certificate-expired.presented-clock-title':
    'The certificate is valid today by one clock and not by the other',
  'certificate-expired.presented-clock-remedy':
    'Compare both clocks with a third one, and set the wrong one: w32tm /resync where the time service runs. Then look again.',

  'certificate-weak.title': "The key of the server's certificate is too small for current clients",
  'certificate-weak.explanation': message<{ failing: string }>(
    "The server's certificate has an RSA key that is smaller than clients accept at all. They break the handshake off before anyone is asked whether to trust it, often with an internal error: {failing}.",
  ),
  'certificate-weak.key-title': "The key of the server's certificate has fewer than 2048 bits",
  'certificate-weak.key':
    "The server's certificate has an RSA key of fewer than 2048 bits. Most clients still connect. Those that are set to be strict, by FIPS mode or by a least key length (ClientMinKeyBitLength on Windows), break the handshake off, and an update of any client may do the same.",
  'certificate-weak.signature-title': "The server's certificate is signed in a way that clients give up",
  'certificate-weak.signature':
    "The authority that issued the server's certificate has signed it with MD5 or SHA-1, which can be forged. Most clients still connect, with a warning at most. Those that are set to accept nothing that they do not trust refuse it, and an update of any client may do the same.",
  'certificate-weak.saw-key': message<{ bits: number }>('an RSA key of {bits} bits'),
  'certificate-weak.expected-key': message<{ bits: number }>(
    'RSA of at least {bits} bits, or a key on a curve',
  ),
  'certificate-weak.expected-signature': 'a signature with SHA-256 or better',
  'certificate-weak.self-signed-remedy':
    'On the machine, delete the certificate from the store "Remote Desktop" (certlm.msc) and restart the service SessionEnv: Windows makes a new one, with a key of 2048 bits. Every client asks once whether to trust it.',
  'certificate-weak.remedy':
    'Have a new certificate issued, with an RSA key of at least 2048 bits and a signature with SHA-256, and have Remote Desktop present it: with Set-RDCertificate in a deployment with a Connection Broker, elsewhere by its thumbprint in SSLCertificateSHA1Hash, with a key that NETWORK SERVICE can read.',
};
