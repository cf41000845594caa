import type { Check } from '../../model/check.ts';
import { certificateChanged } from './certificate-changed.ts';
import { presentedCertificateExpired } from './certificate-expired.ts';
import { certificateNotOnServer } from './certificate-not-on-server.ts';
import { certificateUnreadable } from './certificate-unreadable.ts';
import { certificateWeak } from './certificate-weak.ts';
import { cipherMismatch } from './cipher-mismatch.ts';
import { clockDiffers } from './clock-differs.ts';
import { credsspFails } from './credssp-fails.ts';
import { droppedAfterTls } from './dropped-after-tls.ts';
import { droppedAtTls } from './dropped-at-tls.ts';
import { droppedBeforeNegotiation } from './dropped-before-negotiation.ts';
import { healthyFromHere } from './healthy-from-here.ts';
import { legacySecurityOnly } from './legacy-security-only.ts';
import { negotiationMismatch } from './negotiation-mismatch.ts';
import { noModernTls } from './no-modern-tls.ts';
import { portClosed } from './port-closed.ts';
import { portUnreachable } from './port-unreachable.ts';
import { silentAfterConnect } from './silent-after-connect.ts';
import { tlsRefused } from './tls-refused.ts';
import { unstableAnswers } from './unstable-answers.ts';
import { wrongService } from './wrong-service.ts';

/** What a client sees of the machine, phase by phase; what rests on the others comes last. */
export const networkChecks: readonly Check[] = [
  portClosed,
  portUnreachable,
  wrongService,
  silentAfterConnect,
  droppedBeforeNegotiation,
  certificateNotOnServer,
  legacySecurityOnly,
  negotiationMismatch,
  droppedAtTls,
  tlsRefused,
  noModernTls,
  cipherMismatch,
  certificateUnreadable,
  presentedCertificateExpired,
  certificateWeak,
  certificateChanged,
  credsspFails,
  droppedAfterTls,
  clockDiffers,
  unstableAnswers,
  healthyFromHere,
];
