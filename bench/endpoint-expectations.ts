/**
 * Servers with one trouble each, or none, and the checks that have to find a fault or a risk there; any other one that
 * does is wrong. The pages of the checks (docs/checks) say why.
 */
export const expectations: Readonly<Record<string, readonly string[]>> = {
  'windows-nla': [],
  'xrdp-tls': [],
  'xrdp-negotiate': [],
  'xrdp-rdp': ['legacy-security-only'],
  'shadow-nla': [],
  'shadow-tls': [],
  'shadow-rdp': ['legacy-security-only'],
  'two-at-a-time': [],
  refuses: ['port-closed'],
  silent: ['silent-after-connect'],
  'byte-a-second': ['silent-after-connect'],
  'closes-at-request': ['dropped-before-negotiation'],
  'closes-after-confirm': ['dropped-at-tls'],
  'resets-at-client-hello': ['dropped-at-tls'],
  'alert-internal-error': ['tls-refused'],
  http: ['wrong-service'],
  ssh: ['wrong-service'],
  'bare-tls': ['wrong-service'],
  'endless-junk': ['wrong-service'],
  'fails-no-certificate': ['certificate-not-on-server'],
  'windows-standard': ['legacy-security-only'],
  'tls-1.0': ['no-modern-tls'],
  'tls-1.3': ['no-modern-tls'],
  'tls-3des': ['cipher-mismatch'],
  'certificate-expired': ['certificate-expired'],
  'credssp-closes': ['credssp-fails'],
  'every-third-resets': ['unstable-answers'],
};
