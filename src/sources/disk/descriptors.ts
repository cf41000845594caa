import { parseSecurityDescriptor, type SecurityDescriptor } from '../../formats/security-descriptor/index.ts';
import { type Answer, absent, known, unknown } from '../../model/answer.ts';
import type { OfflineFile } from './offline-machine.ts';

/** A file's descriptor as an answer: absent where there is no such file. Throws `FormatError`. */
export function fileSecurityAnswer(file: OfflineFile | undefined, path: string): Answer<SecurityDescriptor> {
  return file ? descriptorAnswer(file.securityDescriptor(), path) : absent(path);
}

/** A descriptor's bytes as an answer. Throws `FormatError` where they are none. */
export function descriptorAnswer(bytes: Buffer | undefined, where: string): Answer<SecurityDescriptor> {
  if (!bytes) return unknown(where, 'it carries no security descriptor');
  return known(parseSecurityDescriptor(bytes), where);
}
