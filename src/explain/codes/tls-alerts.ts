import { keyUnusable, nothingInCommon, tlsUnusable } from '../causes.ts';
import type { CodeTable, SentenceId } from '../entry.ts';

const side: SentenceId = 'explain.note.tls-alert-side';

/** TLS alerts, as Schannel's events number them. RFC 8446 6 and RFC 5246 7.2; the IANA registry of TLS alerts. */
export const tlsAlerts: CodeTable = {
  family: 'tls-alert',
  rows: [
    [0, 'close_notify', 'code.tls-closed', 'tls', [], side],
    [10, 'unexpected_message', 'code.tls-unexpected-message', 'tls', ['wrong-service'], side],
    [20, 'bad_record_mac', 'code.tls-decrypt', 'tls', [], side],
    [21, 'decryption_failed', 'code.tls-decrypt', 'tls', [], side],
    [22, 'record_overflow', 'code.tls-illegal-message', 'tls', [], side],
    [30, 'decompression_failure', 'code.tls-alert-other', 'tls', [], side],
    [40, 'handshake_failure', 'code.no-common-algorithm', 'tls', [...nothingInCommon, 'tls-refused'], side],
    [41, 'no_certificate', 'code.tls-client-certificate', 'tls', [], side],
    [42, 'bad_certificate', 'code.certificate-unknown', 'tls', [], side],
    [43, 'unsupported_certificate', 'code.certificate-usage', 'tls', [], side],
    [44, 'certificate_revoked', 'code.certificate-revoked', 'tls', [], side],
    [45, 'certificate_expired', 'code.certificate-expired', 'tls', ['certificate-expired'], side],
    [46, 'certificate_unknown', 'code.certificate-unknown', 'tls', [], side],
    [47, 'illegal_parameter', 'code.tls-illegal-message', 'tls', [], side],
    [48, 'unknown_ca', 'code.certificate-untrusted', 'tls', [], side],
    [49, 'access_denied', 'code.access-denied', 'tls', [], side],
    [50, 'decode_error', 'code.tls-illegal-message', 'tls', [], side],
    [51, 'decrypt_error', 'code.tls-decrypt', 'tls', [], side],
    [60, 'export_restriction', 'code.tls-weak', 'tls', [], side],
    [70, 'protocol_version', 'code.tls-version', 'tls', [...nothingInCommon, 'tls-refused'], side],
    [71, 'insufficient_security', 'code.tls-weak', 'tls', nothingInCommon, side],
    [80, 'internal_error', 'code.tls-internal', 'tls', [...keyUnusable, ...tlsUnusable], side],
    [86, 'inappropriate_fallback', 'code.tls-version', 'tls', ['no-modern-tls'], side],
    [90, 'user_canceled', 'code.tls-cancelled', 'tls', [], side],
    [100, 'no_renegotiation', 'code.tls-alert-other', 'tls', [], side],
    [109, 'missing_extension', 'code.tls-illegal-message', 'tls', [], side],
    [110, 'unsupported_extension', 'code.tls-illegal-message', 'tls', [], side],
    [112, 'unrecognized_name', 'code.tls-no-name', 'tls', [], side],
    [113, 'bad_certificate_status_response', 'code.revocation-unknown', 'tls', [], side],
    [115, 'unknown_psk_identity', 'code.tls-alert-other', 'tls', [], side],
    [116, 'certificate_required', 'code.tls-client-certificate', 'tls', [], side],
    [120, 'no_application_protocol', 'code.application-protocol', 'tls', [], side],
  ],
};
