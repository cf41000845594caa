import type { Check } from '../../model/check.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateKeyMissing } from './certificate-key-missing.ts';
import { certificateKeyOfAnotherMachine } from './certificate-key-of-another-machine.ts';
import { certificateKeyUnreadable } from './certificate-key-unreadable.ts';
import { certificateServiceDisabled } from './certificate-service-disabled.ts';
import { certificateStoreDenied } from './certificate-store-denied.ts';
import { certificateStoreRedirected } from './certificate-store-redirected.ts';
import { machineKeysFolderChanged } from './machine-keys-folder-changed.ts';
import { pinnedCertificateUnusable } from './pinned-certificate-unusable.ts';
import { programDataRedirected } from './program-data-redirected.ts';

/** Whether the listener has a certificate, and can use its key. The folder is judged after the key in it. */
export const certificateChecks: readonly Check[] = [
  certificateExpired,
  certificateKeyMissing,
  certificateKeyUnreadable,
  certificateKeyOfAnotherMachine,
  machineKeysFolderChanged,
  pinnedCertificateUnusable,
  certificateStoreDenied,
  certificateStoreRedirected,
  programDataRedirected,
  certificateServiceDisabled,
];
