import {
  certificateOut,
  keyUnusable,
  noCertificate,
  noKey,
  nothingInCommon,
  tlsUnusable,
} from '../causes.ts';
import type { CodeTable, SentenceId } from '../entry.ts';

const side: SentenceId = 'explain.note.tls-alert-side';
const stateToo: SentenceId = 'explain.note.schannel-state';

/**
 * The System log's events of Schannel about TLS.
 *
 * The messages as Windows registers them (listed in scheatkode/brain, `event-logs/Schannel.md`). Causes of 36870 and 36871:
 * Microsoft Learn, "Troubleshoot Azure VM RDP connection issues by Event ID".
 */
const schannel: CodeTable = {
  family: 'event',
  source: 'Schannel',
  rows: [
    [36869, '', 'code.event-no-private-key', 'tls', noKey],
    [36870, '', 'code.event-private-key', 'tls', keyUnusable, stateToo],
    [36871, '', 'code.event-tls-credential', 'tls', [...tlsUnusable, 'fips-conflict'], stateToo],
    [36872, '', 'code.event-certificate-chain', 'tls'],
    [36874, '', 'code.event-no-common-suite', 'tls', [...nothingInCommon, 'brute-force-attack']],
    [36876, '', 'code.event-remote-certificate', 'tls', ['certificate-expired']],
    [36881, '', 'code.event-remote-certificate-time', 'tls', ['certificate-expired']],
    [36882, '', 'code.certificate-untrusted', 'tls'],
    [36884, '', 'code.certificate-name', 'tls', ['certificate-changed']],
    [36886, '', 'code.event-no-default-credential', 'tls'],
    [36887, '', 'code.event-alert-received', 'tls', [], side],
    [36888, '', 'code.event-alert-sent', 'tls', [...nothingInCommon, 'brute-force-attack'], side, stateToo],
  ],
};

/**
 * TerminalServices-RemoteConnectionManager; up to 1071 in the System log as TermService, too.
 *
 * Microsoft Learn, "Remote Desktop Services Authentication and Encryption" and its pages (names, 1050 to 1065) and
 * "Troubleshoot Azure VM RDP connection issues by Event ID" (1057, 1058); the messages as Windows registers them
 * (scheatkode/brain). 1149: artefacts.help, "Remote Desktop, destination host".
 */
const connectionManager: CodeTable = {
  family: 'event',
  source: 'TerminalServices-RemoteConnectionManager',
  rows: [
    [260, '', 'code.event-listener-failed', 'tcp', ['listener-port-taken', 'listener-missing']],
    [261, '', 'code.event-listener-connection', 'tcp'],
    [1006, '', 'code.event-incomplete-connections', 'tcp', ['brute-force-attack']],
    [1012, '', 'code.event-logon-attempts', 'sign-in', ['brute-force-attack']],
    [1035, '', 'code.event-listener-down', 'tcp', ['listener-missing', 'listener-port-taken']],
    [1036, '', 'code.event-session-creation', 'session', ['stuck-configuring-session']],
    [1050, '', 'code.event-listener-settings', 'negotiation', ['listener-value-invalid']],
    [
      1051,
      'EVENT_TS_SSL_CERT_NOT_FOUND',
      'code.event-certificate-not-found',
      'tls',
      ['pinned-certificate-unusable'],
    ],
    [
      1052,
      'EVENT_TS_SSL_CERT_EXPIRY_IMMINENT',
      'code.event-certificate-expires',
      'tls',
      ['certificate-expired'],
    ],
    [1053, '', 'code.event-certificate-expired', 'tls', certificateOut],
    [1054, '', 'code.event-certificate-usage', 'tls', ['pinned-certificate-unusable']],
    [
      1055,
      'EVENT_TS_SSL_INACCESSIBLE_CERT_KEYSET',
      'code.event-certificate-key',
      'tls',
      ['pinned-certificate-unusable', ...noKey],
    ],
    [1056, '', 'code.event-certificate-made', 'tls'],
    [
      1057,
      '',
      'code.event-certificate-not-made',
      'tls',
      [...keyUnusable, ...noCertificate.filter((cause) => !keyUnusable.includes(cause))],
    ],
    [1058, '', 'code.event-certificate-not-replaced', 'tls', [...keyUnusable, 'certificate-expired']],
    [
      1059,
      'EVENT_TS_SSL_INVALID_CERT_HASH',
      'code.event-certificate-reset',
      'tls',
      ['pinned-certificate-unusable'],
    ],
    [1062, 'EVENT_TS_SSL_WRONG_SUBJECT_NAME', 'code.event-template-name', 'tls'],
    [1063, '', 'code.event-template-made', 'tls'],
    [1064, 'EVENT_TS_SSL_TEMPLATE_CERT_CREATE_FAILED', 'code.event-template-not-made', 'tls'],
    [
      1065,
      'EVENT_TS_SSL_TEMPLATE_CERT_REPLACE_FAILED',
      'code.event-template-not-replaced',
      'tls',
      ['certificate-expired'],
    ],
    [1067, '', 'code.event-no-service-name', 'nla'],
    [1069, '', 'code.event-license-grace-over', 'licensing'],
    [1070, '', 'code.event-drain-mode', 'sign-in'],
    [1071, '', 'code.logon-disabled', 'sign-in'],
    [1149, '', 'code.event-authenticated', 'sign-in'],
    [1158, '', 'code.event-accepted-address', 'tcp'],
  ],
};

/**
 * RemoteDesktopServices-RdpCoreTS/Operational. The messages as Windows registers them (scheatkode/brain); that 140 is for
 * names that do not exist: published notes on RDP forensics ("RDP DFIR").
 */
const rdpCore: CodeTable = {
  family: 'event',
  source: 'RemoteDesktopServices-RdpCoreTS',
  rows: [
    [131, '', 'code.event-tcp-accepted', 'tcp'],
    [140, '', 'code.event-wrong-name', 'nla', ['brute-force-attack']],
  ],
};

/** TerminalServices-RDPClient/Operational on the client. TechNet wiki, "Remote Desktop Client Event Logs". */
const client: CodeTable = {
  family: 'event',
  source: 'TerminalServices-RDPClient',
  rows: [
    [1024, '', 'code.event-client-connecting', 'client'],
    [1025, '', 'code.event-client-connected', 'client'],
    [1026, '', 'code.event-client-disconnected', 'any'],
  ],
};

/** TermDD in the System log. 50: Microsoft's message page for TermDD (STATUS_RDP_PROTOCOL_ERROR). */
const driver: CodeTable = {
  family: 'event',
  source: 'TermDD',
  rows: [[50, 'STATUS_RDP_PROTOCOL_ERROR', 'code.event-protocol-stream', 'any', ['brute-force-attack']]],
};

/** The Security log. Microsoft Learn, events 4624, 4625 and 4740. */
const audit: CodeTable = {
  family: 'event',
  source: 'Microsoft-Windows-Security-Auditing',
  rows: [
    [4624, '', 'code.event-logged-on', 'sign-in'],
    [4625, '', 'code.event-logon-failed', 'nla', ['brute-force-attack'], 'explain.note.sub-status'],
    [4740, '', 'code.event-locked-out', 'nla', ['brute-force-attack']],
  ],
};

/** Events of Windows that tell of Remote Desktop, by the source that writes them. */
export const events: readonly CodeTable[] = [schannel, connectionManager, rdpCore, client, driver, audit];
