import { keyUnusable, nothingInCommon, tlsUnusable } from '../causes.ts';
import type { CodeTable } from '../entry.ts';

/**
 * "The internal error state is ..." in the events 36870, 36871 and 36888 of Schannel. Microsoft publishes no list.
 *
 * 10001, 10013: Microsoft Learn, "Troubleshoot Azure VM RDP connection issues by Event ID". 960, 1051, 1250 with their names:
 * Keith Abluton's TechNet blog, "Schannel Errors Event ID 36888 after installing KB3042058" and "TLS Handshake Failing,
 * SChannel Error 36888". 1203, 1205, 1207: only the alert that they come with, from forums ("EventID 36888 - fatal alert 40
 * - error state (1205, 1207, etc)").
 */
export const schannelStates: CodeTable = {
  family: 'schannel-state',
  source: 'Schannel',
  rows: [
    [960, 'Unwrap_DecryptFailure', 'code.state-decrypt', 'tls', ['cipher-mismatch']],
    [1051, 'ServerSke_GetSigLen', 'code.state-key-kind', 'tls', keyUnusable],
    [1203, '', 'code.state-unexpected', 'tls', ['brute-force-attack']],
    [1205, '', 'code.state-handshake', 'tls', nothingInCommon],
    [1207, '', 'code.state-handshake', 'tls', nothingInCommon],
    [1250, 'SrvCliResp_SkeFailed', 'code.state-key-kind', 'tls', keyUnusable],
    [10001, '', 'code.state-private-key', 'tls', keyUnusable],
    [10013, '', 'code.state-credential', 'tls', [...tlsUnusable, 'fips-conflict']],
  ],
};
