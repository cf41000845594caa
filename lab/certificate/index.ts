/** Certificates as a Windows machine stores them, made from literals. */

export { certificateBlob, type KeyProviderLiteral, listenerKey } from './blob.ts';
export { type Certificate, type CertificateLiteral, makeCertificate } from './certificate.ts';
export { keyFileName } from './key-file-name.ts';
export { type KeyKind, labOnlyKey } from './lab-only-keys.ts';
