export { readCertificateBlob, type StoredCertificate } from './blob.ts';
export { type CertificateFacts, type CertificatePublicKey, readCertificate } from './certificate.ts';
export {
  type KeyFile,
  type KeyFolder,
  type KeyStorage,
  keyFile,
  keyFileHash,
  keyFileName,
  keyFolder,
} from './key-file.ts';
export type { KeyProvider } from './key-provider.ts';
