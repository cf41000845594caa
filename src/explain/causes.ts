/** Who can see a cause: `rdpmend diagnose` at an endpoint or at a disk, or neither of them. */
export type Witness = 'endpoint' | 'disk' | 'both' | 'neither';

/** The checks that a number or text can point at, by their ids, with who can see them. */
export const causes = {
  'port-unreachable': 'endpoint',
  'port-closed': 'endpoint',
  'wrong-service': 'endpoint',
  'silent-after-connect': 'endpoint',
  'dropped-before-negotiation': 'endpoint',
  'dropped-at-tls': 'endpoint',
  'tls-refused': 'endpoint',
  'no-modern-tls': 'endpoint',
  'cipher-mismatch': 'endpoint',
  'certificate-not-on-server': 'endpoint',
  'certificate-changed': 'endpoint',
  'certificate-unreadable': 'endpoint',
  'certificate-weak': 'endpoint',
  'credssp-fails': 'endpoint',
  'dropped-after-tls': 'endpoint',
  'clock-differs': 'endpoint',
  'negotiation-mismatch': 'endpoint',
  'legacy-security-only': 'endpoint',
  'unstable-answers': 'endpoint',
  'healthy-from-here': 'endpoint',
  'certificate-expired': 'both',
  'remote-connections-denied': 'disk',
  'listener-missing': 'disk',
  'rdp-service-disabled': 'disk',
  'listener-value-invalid': 'disk',
  'security-negotiation-off': 'disk',
  'negotiation-test-left-on': 'disk',
  'listener-port-moved': 'disk',
  'firewall-blocks-rdp': 'disk',
  'firewall-service-disabled': 'disk',
  'tls-1.2-server-disabled': 'disk',
  'no-tls-version-enabled': 'disk',
  'cipher-suite-policy-unusable': 'disk',
  'cipher-suites-damaged': 'disk',
  'schannel-damaged': 'disk',
  'credssp-provider-missing': 'disk',
  'algorithms-disabled': 'disk',
  'fips-conflict': 'disk',
  'certificate-key-missing': 'disk',
  'certificate-key-unreadable': 'disk',
  'certificate-key-of-another-machine': 'disk',
  'machine-keys-folder-changed': 'disk',
  'pinned-certificate-unusable': 'disk',
  'certificate-store-denied': 'disk',
  'certificate-store-redirected': 'disk',
  'program-data-redirected': 'disk',
  'certificate-service-disabled': 'disk',
  'listener-port-taken': 'neither',
  'ipsec-blocks-rdp': 'neither',
  'brute-force-attack': 'neither',
  'audio-stall': 'neither',
  'stuck-configuring-session': 'neither',
} as const satisfies Readonly<Record<string, Witness>>;

/** The id of a check. */
export type Cause = keyof typeof causes;

type Causes = readonly Cause[];

/** Nothing that answers, or nothing that lets anyone through. */
export const unreachable: Causes = [
  'port-unreachable',
  'port-closed',
  'remote-connections-denied',
  'listener-missing',
  'rdp-service-disabled',
  'listener-port-moved',
  'listener-port-taken',
  'firewall-blocks-rdp',
  'firewall-service-disabled',
  'ipsec-blocks-rdp',
];

/** The port answers, and refuses. */
export const refused: Causes = [
  'port-closed',
  'remote-connections-denied',
  'listener-missing',
  'rdp-service-disabled',
  'listener-port-moved',
];

/** The private key of the listener's certificate is not there, or may not be read. */
export const noKey: Causes = [
  'certificate-key-unreadable',
  'certificate-key-missing',
  'certificate-key-of-another-machine',
];

/** The same, with what brings it about. */
export const keyUnusable: Causes = [...noKey, 'machine-keys-folder-changed', 'pinned-certificate-unusable'];

/** TLS has nothing to work with on the server. */
export const tlsUnusable: Causes = [
  'tls-refused',
  'tls-1.2-server-disabled',
  'no-tls-version-enabled',
  'cipher-suite-policy-unusable',
  'cipher-suites-damaged',
  'schannel-damaged',
  'algorithms-disabled',
];

/** The two sides speak TLS and have nothing in common. */
export const nothingInCommon: Causes = [
  'no-modern-tls',
  'cipher-mismatch',
  'tls-1.2-server-disabled',
  'no-tls-version-enabled',
  'cipher-suite-policy-unusable',
  'cipher-suites-damaged',
  'algorithms-disabled',
  'fips-conflict',
];

/** The server closes or resets a connection that it had accepted. */
export const closedEarly: Causes = [
  'dropped-at-tls',
  'dropped-after-tls',
  'dropped-before-negotiation',
  ...tlsUnusable,
  ...noKey,
  'wrong-service',
  'unstable-answers',
  'brute-force-attack',
];

/** The certificate is not one that may be used now. */
export const certificateOut: Causes = ['certificate-expired', 'pinned-certificate-unusable'];

/** The server has no certificate to show. */
export const noCertificate: Causes = [
  'certificate-not-on-server',
  'pinned-certificate-unusable',
  'certificate-service-disabled',
  'certificate-store-denied',
  'certificate-store-redirected',
  'program-data-redirected',
];

/** The two sides accept no common kind of security. */
export const noCommonSecurity: Causes = [
  'negotiation-mismatch',
  'legacy-security-only',
  'security-negotiation-off',
  'negotiation-test-left-on',
  'listener-value-invalid',
];

/** Standard RDP security went wrong. */
export const oldEncryption: Causes = ['legacy-security-only', 'listener-value-invalid', 'fips-conflict'];

/** The causes that the articles on "An internal error has occurred" and those who met it name. */
export const internalError: Causes = [
  'dropped-at-tls',
  'dropped-after-tls',
  'tls-refused',
  'credssp-fails',
  'no-modern-tls',
  'cipher-mismatch',
  'certificate-not-on-server',
  'negotiation-mismatch',
  ...keyUnusable,
  'certificate-expired',
  'certificate-service-disabled',
  'certificate-store-redirected',
  'program-data-redirected',
  'tls-1.2-server-disabled',
  'no-tls-version-enabled',
  'cipher-suite-policy-unusable',
  'cipher-suites-damaged',
  'schannel-damaged',
  'security-negotiation-off',
  'listener-value-invalid',
  'listener-port-taken',
  'brute-force-attack',
  'audio-stall',
];
