// biome-ignore-all lint/style/noRestrictedImports: it serves tests alone.
import {
  certificateBlob,
  type KeyKind,
  listenerKey,
  makeCertificate,
} from '../../../lab/certificate/index.ts';
import { keyAt } from '../../../lab/hive/index.ts';
import { getValue, type MachineLiteral, setValue } from '../../../lab/machine/index.ts';

const store = 'Microsoft\\SystemCertificates\\Remote Desktop\\Certificates';
const winStations = 'ControlSet001\\Control\\Terminal Server\\WinStations';

/** Puts a certificate with another kind of key in the place of the listener's own; its key file stays. */
export function replaceListenerCertificate({ system, software }: MachineLiteral, key: KeyKind): void {
  const { der, thumbprint } = makeCertificate({
    subject: 'replaced',
    notBefore: new Date('2026-04-01T00:00:00Z'),
    notAfter: new Date('2026-10-01T00:00:00Z'),
    key,
  });
  keyAt(software, store).keys = {};
  setValue(software, `${store}\\${thumbprint}`, 'Blob', certificateBlob(der, listenerKey));
  if (getValue(system, winStations, 'SelfSignedCertificate')) {
    setValue(system, winStations, 'SelfSignedCertificate', Buffer.from(thumbprint, 'hex'));
  }
}
