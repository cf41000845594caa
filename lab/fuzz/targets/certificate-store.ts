import {
  authorityDer,
  makeBlob,
  makeKeyProvider,
  remoteDesktopDer,
  selfSignedDer,
} from '../../../src/formats/certificate-store/blobs.fixture.ts';
import {
  keyFile,
  readCertificate,
  readCertificateBlob,
} from '../../../src/formats/certificate-store/index.ts';
import type { FuzzTarget } from '../target.ts';

/** Certificate blobs: their properties, the key provider's, and the certificate. */
export const target: FuzzTarget = {
  name: 'certificate-store',
  seeds: () => [
    makeBlob([
      [
        2,
        makeKeyProvider({
          container: 'TSSecKeySet1',
          provider: 'Microsoft Enhanced Cryptographic Provider v1.0',
          type: 1,
          keySpec: 1,
        }),
      ],
      [3, Buffer.alloc(20, 7)],
      [32, selfSignedDer],
    ]),
    makeBlob([
      [2, makeKeyProvider({ container: 'tp-1', provider: 'Microsoft Software Key Storage Provider' })],
      [32, remoteDesktopDer],
    ]),
    makeBlob([[32, authorityDer]]),
  ],
  run(input) {
    const { der, keyProvider } = readCertificateBlob(input);
    return [keyProvider && keyFile(keyProvider), der && readCertificate(der)];
  },
};
