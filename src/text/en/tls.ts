/** Texts of the checks under `checks/tls/`. */
export const tls = {
  'tls-1.2-server-disabled.title': 'TLS 1.2 is turned off for incoming connections',
  'tls-1.2-server-disabled.explanation':
    'Remote Desktop clients open their connection with TLS, and every current one asks for version 1.2 or later. This machine is told not to speak 1.2 as a server, so Windows drops the connection in the middle of the handshake and the client can only say that an internal error has occurred.',
  'tls-1.2-server-disabled.remedy': 'Turn TLS 1.2 on for incoming connections.',
  'tls-1.2-server-disabled.expected-enabled': 'not set, or any value but 0',
  'tls-1.2-server-disabled.expected-by-default': 'not set, or 0',

  'no-tls-version-enabled.title': 'Every version of TLS is turned off for incoming connections',
  'no-tls-version-enabled.explanation':
    'Remote Desktop protects its connection with TLS. Every version of it that this Windows has is turned off for the server side, so Windows cannot answer any client: the connection breaks as soon as the handshake begins, and the client can only say that an internal error has occurred.',
  'no-tls-version-enabled.remedy':
    'Turn TLS 1.2 on for incoming connections. The older versions stay as they are.',
  'no-tls-version-enabled.remedy-with-1.3':
    'Turn TLS 1.2 and TLS 1.3 on for incoming connections. The older versions stay as they are.',
  'no-tls-version-enabled.expected-enabled': 'any value but 0, for at least one version',
  'no-tls-version-enabled.expected-by-default': '0 or not set, for at least one version',
  'no-tls-version-enabled.expected-on':
    '0 for at least one version; where it is not set, this Windows does not offer the version',

  'legacy-tls-enabled.title': 'TLS 1.0 or 1.1 is turned on by hand for incoming connections',
  'legacy-tls-enabled.explanation':
    'TLS 1.0 and 1.1 are withdrawn and no current Remote Desktop client needs them. Someone turned one of them on for incoming connections; a common repair guide for Remote Desktop does so. While the value is there, this machine goes on accepting the old version even when Windows itself stops doing so.',
  'legacy-tls-enabled.remedy':
    'Delete the values that turn the old version on. Whether it is accepted is then up to Windows again.',
  'legacy-tls-enabled.remedy-with-1.2':
    'Turn TLS 1.2 on for incoming connections, because nothing else would be left, and delete the values that turn the old version on.',
  'legacy-tls-enabled.expected': 'not set',

  'cipher-suite-policy-unusable.title': 'The cipher suite policy leaves clients nothing to connect with',
  'cipher-suite-policy-unusable.explanation-empty':
    "The policy for the order of cipher suites is set, and its list is empty. The list takes the place of Windows' own, so TLS has no way left to encrypt, and Remote Desktop clients are turned away during the handshake.",
  'cipher-suite-policy-unusable.explanation-unusable':
    "The policy for the order of cipher suites takes the place of Windows' own list. None of the suites that it names is both known to this version of Windows and accepted by current Remote Desktop clients. The two sides find nothing in common, and Windows ends the handshake.",
  'cipher-suite-policy-unusable.explanation-only-tls-1.3':
    "The policy for the order of cipher suites takes the place of Windows' own list, and all that this version of Windows knows of its suites is for TLS 1.3 alone. Clients that speak no more than TLS 1.2, those on Windows 10 and Windows Server 2019 among them, cannot connect; and if this Windows is older than Windows Server 2022 and Windows 11, no client can.",
  'cipher-suite-policy-unusable.explanation-wrong-key':
    "The policy for the order of cipher suites takes the place of Windows' own list. None of the suites for TLS 1.2 that it names goes with the key of the Remote Desktop certificate: suites with ECDSA need a certificate on an elliptic curve, the others an RSA certificate, such as Windows makes by itself.",
  'cipher-suite-policy-unusable.explanation-type':
    'The policy for the order of cipher suites is set to a value that is no text, which the policy editor does not write. What Windows makes of it is not known; it may be left with no cipher suite at all.',
  'cipher-suite-policy-unusable.remedy':
    "Delete the list that the policy set, so that Windows' own list applies. A domain policy that sets it must be corrected as well, or it comes back.",
  'cipher-suite-policy-unusable.expected':
    "not set, or at least one suite for TLS 1.2 with AES that this Windows knows and that goes with the certificate's key",

  'cipher-suites-damaged.title': "Windows' own list of cipher suites is missing or unusable",
  'cipher-suites-damaged.explanation-missing':
    'Windows keeps the list of the cipher suites that TLS may use in the registry. Here it is missing, empty or of the wrong type. Without it TLS has nothing to offer, and Remote Desktop clients are turned away during the handshake.',
  'cipher-suites-damaged.explanation-unusable':
    "Windows keeps the list of the cipher suites that TLS may use in the registry. None of the suites that are left in it is one for TLS 1.2 that current Remote Desktop clients accept and that goes with the certificate's key, so the handshake fails.",
  'cipher-suites-damaged.explanation-policy':
    "Windows' own list of the cipher suites that TLS may use is missing, empty or unusable. A policy with a list of its own hides this for now. Once that policy is gone, Remote Desktop clients will be turned away during the handshake.",
  'cipher-suites-damaged.remedy': 'Take the key with the list from a healthy machine of the same build.',
  'cipher-suites-damaged.expected': 'a list with the cipher suites of this version of Windows',
  'cipher-suites-damaged.expected-key': 'the key, with the list Functions in it',
  'cipher-suites-damaged.saw-empty': 'an empty list',

  'schannel-damaged.title': "The registry keys of Windows' TLS are incomplete",
  'schannel-damaged.explanation':
    "Every Windows has these keys below SecurityProviders, even where they are empty. Here at least one is missing, so the configuration of Windows' TLS (Schannel) was damaged or removed. Remote Desktop cannot work without it.",
  'schannel-damaged.remedy':
    'Take the missing keys from a healthy machine of the same build. The keys that are there stay as they are.',
  'schannel-damaged.expected': 'the key, empty or not',

  'credssp-provider-missing.title': 'Windows is not told to load CredSSP, which NLA needs',
  'credssp-provider-missing.explanation':
    'Network Level Authentication checks the user by CredSSP before the session opens. Windows loads CredSSP because credssp.dll stands in the list of security providers, and here it does not. Clients that authenticate this way, which is the default, probably cannot connect.',
  'credssp-provider-missing.remedy':
    'Add credssp.dll to the list of security providers, and keep the others that it names.',
  'credssp-provider-missing.expected': 'a list with credssp.dll in it',

  'algorithms-disabled.title': 'Algorithms that TLS cannot do without are turned off',
  'algorithms-disabled.explanation':
    "Remote Desktop needs AES to encrypt, SHA-2 to authenticate, and one way to exchange keys. The registry turns off all that Windows' TLS (Schannel) has of at least one of these, so the two sides find no cipher suite in common and the handshake fails. For ciphers the value that means on is 0xffffffff; 1 is reported to turn them off.",
  'algorithms-disabled.remedy':
    'Turn on again those of them that Remote Desktop clients need, by setting Enabled to 0xffffffff.',
  'algorithms-disabled.expected': 'not set, or 4294967295 (0xffffffff), for at least one of its kind',

  'fips-conflict.title': 'FIPS mode and the TLS settings leave clients nothing in common',
  'fips-conflict.explanation-curves':
    'This machine is in FIPS mode, in which Windows uses the curves NistP256, NistP384 and NistP521 alone. The list of curves names none of them, and every cipher suite that is left to Remote Desktop needs a curve, so no client can complete the handshake.',
  'fips-conflict.explanation-certificate':
    'This machine is in FIPS mode, and the key of its Remote Desktop certificate is weaker than FIPS allows. Clients that are in FIPS mode themselves refuse it, and so may others.',
  'fips-conflict.remedy-curves':
    'By hand: add NistP256 and NistP384 to the policy "ECC Curve Order", or set that policy to "Not configured"; where Windows\' own list lacks them, run Enable-TlsEccCurve for each. Then restart.',
  'fips-conflict.remedy-certificate':
    'By hand: give Remote Desktop a certificate with an RSA key of at least 2048 bits, or one on the curve P-256, P-384 or P-521. Where the certificate is self-signed, delete it: Windows makes a new one with 2048 bits.',
  'fips-conflict.expected-mode': '1 is right where FIPS is required, with what follows changed; else 0',
  'fips-conflict.expected-curves': 'a list with NistP256, NistP384 or NistP521 in it',
  'fips-conflict.expected-key': 'RSA of at least 2048 bits, or the curve P-256, P-384 or P-521',
};
