import { certificateOut, keyUnusable } from '../causes.ts';
import type { CodeTable } from '../entry.ts';

/**
 * HRESULTs about keys (NTE_*), certificates (CERT_E_*, CRYPT_E_*), smart cards (SCARD_*), the RD Gateway (E_PROXY_*) and
 * COM that come up with Remote Desktop.
 *
 * Microsoft Learn, "COM Error Codes (Security and Setup)" and "Certificate and Trust Return Values"; E_PROXY_*:
 * FreeRDP's `tsg.h` after MS-TSGU 2.2.6. 0x80080005: mRemoteNG #3088.
 */
export const otherResults: CodeTable = {
  family: 'hresult',
  rows: [
    [0x80004005, 'E_FAIL', 'code.unspecified', 'unknown'],
    [0x80070005, 'E_ACCESSDENIED', 'code.access-denied-general', 'unknown'],
    [0x80080005, 'CO_E_SERVER_EXEC_FAILURE', 'code.server-execution', 'client'],
    [0x80090003, 'NTE_BAD_KEY', 'code.key-bad', 'tls', keyUnusable],
    [0x80090005, 'NTE_BAD_DATA', 'code.key-bad', 'tls', keyUnusable],
    [0x8009000b, 'NTE_BAD_KEY_STATE', 'code.key-bad', 'tls', keyUnusable],
    [0x8009000d, 'NTE_NO_KEY', 'code.key-missing', 'tls', keyUnusable],
    [0x8009000f, 'NTE_EXISTS', 'code.key-exists', 'tls', keyUnusable],
    [0x80090010, 'NTE_PERM', 'code.key-denied', 'tls', keyUnusable],
    [0x80090011, 'NTE_NOT_FOUND', 'code.key-missing', 'tls', keyUnusable],
    [0x80090013, 'NTE_BAD_PROVIDER', 'code.key-provider', 'tls'],
    [0x80090014, 'NTE_BAD_PROV_TYPE', 'code.key-provider', 'tls'],
    [0x80090016, 'NTE_BAD_KEYSET', 'code.key-missing', 'tls', keyUnusable],
    [0x80090017, 'NTE_PROV_TYPE_NOT_DEF', 'code.key-provider', 'tls'],
    [0x80090019, 'NTE_KEYSET_NOT_DEF', 'code.key-provider', 'tls'],
    [0x8009001a, 'NTE_KEYSET_ENTRY_BAD', 'code.key-bad', 'tls', keyUnusable],
    [0x8009001d, 'NTE_PROVIDER_DLL_FAIL', 'code.key-provider', 'tls'],
    [0x8009001e, 'NTE_PROV_DLL_NOT_FOUND', 'code.key-provider', 'tls'],
    [0x80090020, 'NTE_FAIL', 'code.key-failed', 'tls'],
    [0x80090027, 'NTE_INVALID_PARAMETER', 'code.invalid-parameter', 'tls'],
    [0x80090029, 'NTE_NOT_SUPPORTED', 'code.not-supported', 'tls'],
    [0x80092004, 'CRYPT_E_NOT_FOUND', 'code.not-found-in-store', 'tls', ['pinned-certificate-unusable']],
    [0x80092010, 'CRYPT_E_REVOKED', 'code.certificate-revoked', 'tls'],
    [0x80092012, 'CRYPT_E_NO_REVOCATION_CHECK', 'code.revocation-unknown', 'tls'],
    [0x80092013, 'CRYPT_E_REVOCATION_OFFLINE', 'code.revocation-unknown', 'tls'],
    [0x800b0101, 'CERT_E_EXPIRED', 'code.certificate-expired', 'tls', certificateOut],
    [0x800b0108, 'CERT_E_MALFORMED', 'code.certificate-malformed', 'tls'],
    [0x800b0109, 'CERT_E_UNTRUSTEDROOT', 'code.certificate-untrusted', 'tls'],
    [0x800b010a, 'CERT_E_CHAINING', 'code.certificate-untrusted', 'tls'],
    [0x800b010c, 'CERT_E_REVOKED', 'code.certificate-revoked', 'tls'],
    [0x800b010e, 'CERT_E_REVOCATION_FAILURE', 'code.revocation-unknown', 'tls'],
    [0x800b010f, 'CERT_E_CN_NO_MATCH', 'code.certificate-name', 'tls', ['certificate-changed']],
    [0x800b0110, 'CERT_E_WRONG_USAGE', 'code.certificate-usage', 'tls'],
    [0x800b0112, 'CERT_E_UNTRUSTEDCA', 'code.certificate-untrusted', 'tls'],
    [0x8010000c, 'SCARD_E_NO_SMARTCARD', 'code.smart-card-no-card', 'nla'],
    [0x8010001d, 'SCARD_E_NO_SERVICE', 'code.smart-card-service', 'nla'],
    [0x8010002e, 'SCARD_E_NO_READERS_AVAILABLE', 'code.smart-card-no-reader', 'nla'],
    [0x8010006b, 'SCARD_W_WRONG_CHV', 'code.smart-card-pin', 'nla'],
    [0x8010006c, 'SCARD_W_CHV_BLOCKED', 'code.smart-card-blocked', 'nla'],
    [0x800759d8, 'E_PROXY_INTERNALERROR', 'code.gateway-internal', 'gateway'],
    [0x800759da, 'E_PROXY_RAP_ACCESSDENIED', 'code.gateway-resource-policy', 'gateway'],
    [0x800759db, 'E_PROXY_NAP_ACCESSDENIED', 'code.gateway-connection-policy', 'gateway'],
    [0x800759dd, 'E_PROXY_TS_CONNECTFAILED', 'code.gateway-target-failed', 'gateway'],
    [0x800759df, 'E_PROXY_ALREADYDISCONNECTED', 'code.gateway-aborted', 'gateway'],
    [0x800759e9, 'E_PROXY_CAPABILITYMISMATCH', 'code.gateway-incompatible', 'gateway'],
    [0x800759ed, 'E_PROXY_QUARANTINE_ACCESSDENIED', 'code.gateway-health', 'gateway'],
    [0x800759ee, 'E_PROXY_NOCERTAVAILABLE', 'code.gateway-no-certificate', 'gateway'],
    [0x800759f7, 'E_PROXY_COOKIE_BADPACKET', 'code.gateway-cookie', 'gateway'],
    [0x800759f8, 'E_PROXY_COOKIE_AUTHENTICATION_ACCESS_DENIED', 'code.gateway-cookie', 'gateway'],
    [0x800759f9, 'E_PROXY_UNSUPPORTED_AUTHENTICATION_METHOD', 'code.gateway-other-logon', 'gateway'],
  ],
};
