import {
  type CertificateLiteral,
  certificateBlob,
  type KeyProviderLiteral,
  listenerKey,
  makeCertificate,
} from '../certificate/index.ts';
import { keyAt } from '../hive/literal.ts';
import { type FileLiteral, type MachineLiteral, machineKeysFolder, setValue } from '../machine/index.ts';

const stores = 'Microsoft\\SystemCertificates';
const winStations = 'ControlSet001\\Control\\Terminal Server\\WinStations';

/** Puts another self-signed certificate in the place of the one that the lab machine has, with the same key unless told. */
export function replaceSelfSigned(
  machine: MachineLiteral,
  literal: CertificateLiteral,
  keyProvider: KeyProviderLiteral = listenerKey,
): void {
  delete keyAt(machine.software, `${stores}\\Remote Desktop`).keys;
  const thumbprint = store(machine, 'Remote Desktop', literal, keyProvider);
  setValue(machine.system, winStations, 'SelfSignedCertificate', Buffer.from(thumbprint, 'hex'));
}

/** Stores a certificate and tells the listener to present it. */
export function pinCertificate(
  machine: MachineLiteral,
  literal: CertificateLiteral,
  keyProvider?: KeyProviderLiteral,
): void {
  pin(machine, store(machine, 'My', literal, keyProvider));
}

/** Tells the listener to present the certificate of this thumbprint, whether it is there or not. */
export function pin(machine: MachineLiteral, thumbprint: string): void {
  setValue(
    machine.system,
    `${winStations}\\RDP-Tcp`,
    'SSLCertificateSHA1Hash',
    Buffer.from(thumbprint, 'hex'),
  );
}

function store(
  { software }: MachineLiteral,
  name: string,
  literal: CertificateLiteral,
  keyProvider?: KeyProviderLiteral,
): string {
  const { der, thumbprint } = makeCertificate(literal);
  const blob = certificateBlob(der, keyProvider);
  setValue(software, `${stores}\\${name}\\Certificates\\${thumbprint}`, 'Blob', blob);
  return thumbprint;
}

/** The file of the listener's key. Throws where the machine has none. */
export function listenerKeyFile({ files }: MachineLiteral): FileLiteral {
  const prefix = `${machineKeysFolder}\\f686aace6942fb7f7ceb231212eef4a4_`;
  const file = files.find(({ path }) => path.startsWith(prefix));
  if (!file) throw new Error('the machine has no key for its listener');
  return file;
}
