import type { KeyProvider } from '../formats/certificate-store/index.ts';
import type { SecurityDescriptor } from '../formats/security-descriptor/index.ts';
import type { Answer } from './answer.ts';

/** A certificate in a store of the machine. */
export interface StoredCertificate {
  /** SHA-1 in upper-case hex: the key's name in the registry. */
  readonly thumbprint: string;
  /** Where the store keeps it. */
  readonly where: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly selfSigned: boolean;
  readonly keyType: 'rsa' | 'ec' | 'other';
  /** Bits of an RSA modulus or of a curve; 0 where it is neither. */
  readonly keyBits: number;
  /** Where the store says that its private key is; undefined where it tells of none. */
  readonly keyProvider: KeyProvider | undefined;
  /** The key as far as it is a file that a disk can show; undefined for one in a TPM, on a card, or for none. */
  readonly key: CertificateKey | undefined;
}

/** The file of a certificate's private key. */
export interface CertificateKey {
  /** The folder below the system drive in which the provider keeps its keys. */
  readonly folder: string;
  /** `<hash>_<MachineGuid>`; undefined where no MachineGuid is known. */
  readonly fileName: string | undefined;
  /** The file's descriptor: absent where there is no such file. */
  readonly security: Answer<SecurityDescriptor>;
  /** Files in that folder with the same container hash and another machine's guid. */
  readonly filesOfOtherMachines: readonly string[];
}
