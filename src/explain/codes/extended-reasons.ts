import type { CodeTable } from '../entry.ts';

/**
 * mstsc's extended disconnect reasons: mostly what the server announced.
 *
 * Microsoft Learn, ExtendedDisconnectReasonCode enumeration; 25 and 26: the type library of mstscax.dll as NanaBox
 * has it. From 0x1000 to 0x7FFF they are the server's protocol errors, which the table of ERRINFO names.
 */
export const extendedReasons: CodeTable = {
  family: 'extended-reason',
  rows: [
    [0, 'exDiscReasonNoInfo', 'code.no-information', 'unknown'],
    [1, 'exDiscReasonAPIInitiatedDisconnect', 'code.admin-disconnected', 'session'],
    [
      2,
      'exDiscReasonAPIInitiatedLogoff',
      'code.admin-logged-off',
      'session',
      [],
      'explain.note.logoff-sources',
    ],
    [3, 'exDiscReasonServerIdleTimeout', 'code.idle-timeout', 'session'],
    [
      4,
      'exDiscReasonServerLogonTimeout',
      'code.logon-time-limit',
      'sign-in',
      [],
      'explain.note.logon-timeout-sources',
    ],
    [5, 'exDiscReasonReplacedByOtherConnection', 'code.replaced', 'session'],
    [6, 'exDiscReasonOutOfMemory', 'code.server-memory', 'session'],
    [7, 'exDiscReasonServerDeniedConnection', 'code.server-denied', 'sign-in'],
    [8, 'exDiscReasonServerDeniedConnectionFips', 'code.fips-denied', 'negotiation', ['fips-conflict']],
    [9, 'exDiscReasonServerInsufficientPrivileges', 'code.server-insufficient-privileges', 'sign-in'],
    [10, 'exDiscReasonServerFreshCredsRequired', 'code.fresh-credentials', 'nla'],
    [11, 'exDiscReasonRpcInitiatedDisconnectByUser', 'code.user-disconnected', 'session'],
    [12, 'exDiscReasonLogoffByUser', 'code.user-logged-off', 'session', [], 'explain.note.logoff-sources'],
    [25, 'exDiscReasonShutdown', 'code.server-shutdown', 'session'],
    [26, 'exDiscReasonReboot', 'code.server-reboot', 'session'],
    [0x100, 'exDiscReasonLicenseInternal', 'code.license-internal', 'licensing'],
    [0x101, 'exDiscReasonLicenseNoLicenseServer', 'code.license-no-server', 'licensing'],
    [0x102, 'exDiscReasonLicenseNoLicense', 'code.license-none', 'licensing'],
    [0x103, 'exDiscReasonLicenseErrClientMsg', 'code.license-bad-message', 'licensing'],
    [0x104, 'exDiscReasonLicenseHwidDoesntMatchLicense', 'code.license-hardware', 'licensing'],
    [0x105, 'exDiscReasonLicenseErrClientLicense', 'code.license-bad-license', 'licensing'],
    [0x106, 'exDiscReasonLicenseCantFinishProtocol', 'code.license-network', 'licensing'],
    [0x107, 'exDiscReasonLicenseClientEndedProtocol', 'code.license-client-ended', 'licensing'],
    [0x108, 'exDiscReasonLicenseErrClientEncryption', 'code.license-encryption', 'licensing'],
    [0x109, 'exDiscReasonLicenseCantUpgradeLicense', 'code.license-upgrade', 'licensing'],
    [0x10a, 'exDiscReasonLicenseNoRemoteConnections', 'code.license-no-remote', 'licensing'],
    [0x10b, 'exDiscReasonLicenseCreatingLicStoreAccDenied', 'code.license-store-denied', 'licensing'],
    [0x300, 'exDiscReasonRdpEncInvalidCredentials', 'code.credentials-invalid', 'sign-in'],
  ],
};
