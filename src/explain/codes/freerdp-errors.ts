import { closedEarly, noCommonSecurity, tlsUnusable, unreachable } from '../causes.ts';
import type { CodeTable } from '../entry.ts';

/**
 * FreeRDP's connection errors: class 2 in the upper half, the type in the lower one.
 *
 * FreeRDP, `include/freerdp/error.h` and `libfreerdp/core/errconnect.c`. 0x2000F: `libfreerdp/core/transport.c` sets it
 * for a TLS alert 80 during NLA without an error of its own. 0x20008 and 0x2001E: `nego.c` sets them for negotiation
 * failures 3 and 5, 0x2000C for the others.
 */
export const freerdpErrors: CodeTable = {
  family: 'freerdp-error',
  rows: [
    [0x20001, 'ERRCONNECT_PRE_CONNECT_FAILED', 'code.freerdp-configuration', 'client'],
    [0x20002, 'ERRCONNECT_CONNECT_UNDEFINED', 'code.freerdp-undefined', 'unknown'],
    [0x20003, 'ERRCONNECT_POST_CONNECT_FAILED', 'code.freerdp-after-connect', 'client'],
    [0x20004, 'ERRCONNECT_DNS_ERROR', 'code.dns-failed', 'name'],
    [0x20005, 'ERRCONNECT_DNS_NAME_NOT_FOUND', 'code.host-not-found', 'name'],
    [0x20006, 'ERRCONNECT_CONNECT_FAILED', 'code.connect-failed', 'tcp', unreachable],
    [0x20007, 'ERRCONNECT_MCS_CONNECT_INITIAL_ERROR', 'code.freerdp-mcs', 'session'],
    [
      0x20008,
      'ERRCONNECT_TLS_CONNECT_FAILED',
      'code.tls-failed',
      'tls',
      ['dropped-at-tls', 'certificate-not-on-server', ...tlsUnusable, 'no-modern-tls', 'cipher-mismatch'],
    ],
    [0x20009, 'ERRCONNECT_AUTHENTICATION_FAILED', 'code.authentication-failed', 'nla'],
    [0x2000a, 'ERRCONNECT_INSUFFICIENT_PRIVILEGES', 'code.insufficient-privileges', 'sign-in'],
    [0x2000b, 'ERRCONNECT_CONNECT_CANCELLED', 'code.freerdp-cancelled', 'client'],
    [
      0x2000c,
      'ERRCONNECT_SECURITY_NEGO_CONNECT_FAILED',
      'code.negotiation-failed',
      'negotiation',
      noCommonSecurity,
    ],
    [0x2000d, 'ERRCONNECT_CONNECT_TRANSPORT_FAILED', 'code.freerdp-transport', 'any', closedEarly],
    [0x2000e, 'ERRCONNECT_PASSWORD_EXPIRED', 'code.password-expired', 'nla'],
    [
      0x2000f,
      'ERRCONNECT_PASSWORD_CERTAINLY_EXPIRED',
      'code.certainly-expired',
      'nla',
      ['tls-refused', 'credssp-provider-missing'],
    ],
    [0x20010, 'ERRCONNECT_CLIENT_REVOKED', 'code.client-revoked', 'nla'],
    [0x20011, 'ERRCONNECT_KDC_UNREACHABLE', 'code.kdc-unreachable', 'nla'],
    [0x20012, 'ERRCONNECT_ACCOUNT_DISABLED', 'code.account-disabled', 'nla'],
    [0x20013, 'ERRCONNECT_PASSWORD_MUST_CHANGE', 'code.password-must-change', 'nla'],
    [0x20014, 'ERRCONNECT_LOGON_FAILURE', 'code.logon-failure', 'nla'],
    [0x20015, 'ERRCONNECT_WRONG_PASSWORD', 'code.wrong-password', 'nla'],
    [0x20016, 'ERRCONNECT_ACCESS_DENIED', 'code.access-denied', 'nla'],
    [0x20017, 'ERRCONNECT_ACCOUNT_RESTRICTION', 'code.account-restriction', 'nla'],
    [0x20018, 'ERRCONNECT_ACCOUNT_LOCKED_OUT', 'code.account-locked-out', 'nla', ['brute-force-attack']],
    [0x20019, 'ERRCONNECT_ACCOUNT_EXPIRED', 'code.account-expired', 'nla'],
    [0x2001a, 'ERRCONNECT_LOGON_TYPE_NOT_GRANTED', 'code.logon-type', 'nla'],
    [0x2001b, 'ERRCONNECT_NO_OR_MISSING_CREDENTIALS', 'code.no-credentials', 'nla'],
    [
      0x2001c,
      'ERRCONNECT_ACTIVATION_TIMEOUT',
      'code.activation-timeout',
      'session',
      ['stuck-configuring-session'],
    ],
    [0x2001d, 'ERRCONNECT_TARGET_BOOTING', 'code.target-booting', 'gateway'],
    [
      0x2001e,
      'ERRCONNECT_HYBRID_REQUIRED_BY_SERVER',
      'code.nla-required',
      'negotiation',
      ['negotiation-mismatch'],
    ],
  ],
};
