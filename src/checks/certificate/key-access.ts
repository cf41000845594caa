import {
  grantedAccess,
  type SecurityDescriptor,
  serviceSid,
  wellKnownSids,
} from '../../formats/security-descriptor/index.ts';
import type { CertificateKey } from '../../model/certificate.ts';

const { system, networkService, administrators, everyone, authenticatedUsers } = wellKnownSids;

const fileRead = 0x12_0089;
const fileAll = 0x1f_01ff;

/** TermService runs as NETWORK SERVICE and reads the key of the listener's certificate under that name. */
const networkServiceToken: readonly string[] = [
  networkService,
  everyone,
  authenticatedUsers,
  wellKnownSids.service,
  wellKnownSids.users,
  serviceSid('TermService'),
];

const systemToken: readonly string[] = [system, administrators, everyone, authenticatedUsers];

export function networkServiceCanRead(descriptor: SecurityDescriptor): boolean {
  return grantedAccess(descriptor, networkServiceToken, fileRead) === fileRead;
}

export function systemHasFullControl(descriptor: SecurityDescriptor): boolean {
  return grantedAccess(descriptor, systemToken, fileAll) === fileAll;
}

/** From this build on the third entry is for SessionEnv, up to the one before it for administrators (reported). */
const firstBuildWithSessionEnv = 17763;

/** What Windows gives the listener's key file, by build; the two entries that all builds share where it is not known. */
export function shippedKeySecurity(build: number | undefined): string {
  return `O:SYG:SYD:AI(A;;FR;;;NS)(A;;FA;;;SY)${thirdEntry(build)}`;
}

function thirdEntry(build: number | undefined): string {
  if (build === undefined) return '';
  return build < firstBuildWithSessionEnv ? '(A;;FR;;;BA)' : `(A;;FA;;;${serviceSid('SessionEnv')})`;
}

/** A key file's path below the system drive; undefined where its name is not known. */
export function keyPath({ folder, fileName }: CertificateKey): string | undefined {
  return fileName && `${folder}\\${fileName}`;
}
