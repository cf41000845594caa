import { noCertificate } from '../causes.ts';
import type { CodeTable } from '../entry.ts';

/** The failure codes of the security negotiation. MS-RDPBCGR 2.2.1.2.2 (RDP_NEG_FAILURE). */
export const negotiationFailures: CodeTable = {
  family: 'negotiation-failure',
  rows: [
    [1, 'SSL_REQUIRED_BY_SERVER', 'code.negotiation-tls-required', 'negotiation', ['negotiation-mismatch']],
    [
      2,
      'SSL_NOT_ALLOWED_BY_SERVER',
      'code.negotiation-tls-forbidden',
      'negotiation',
      ['legacy-security-only', 'negotiation-mismatch', 'negotiation-test-left-on'],
    ],
    [3, 'SSL_CERT_NOT_ON_SERVER', 'code.negotiation-no-certificate', 'negotiation', noCertificate],
    [4, 'INCONSISTENT_FLAGS', 'code.negotiation-inconsistent', 'negotiation'],
    [
      5,
      'HYBRID_REQUIRED_BY_SERVER',
      'code.negotiation-nla-required',
      'negotiation',
      ['negotiation-mismatch'],
    ],
    [
      6,
      'SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER',
      'code.negotiation-client-certificate',
      'negotiation',
      ['negotiation-mismatch'],
    ],
  ],
};
