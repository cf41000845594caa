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
  readonly keyProvider: KeyProvider | undefined;
}

/** A certificate's private key, as far as it is a file. */
export interface CertificateKey {
  readonly thumbprint: string;
  readonly keyProvider: KeyProvider | undefined;
  /** The folder below the system drive in which the provider keeps its keys; undefined: they are not files there. */
  readonly folder: string | undefined;
  /** The file's name: `<hash>_<MachineGuid>`; undefined where `folder` is, or where no MachineGuid is known. */
  readonly fileName: string | undefined;
  /** The file's descriptor: absent where there is no such file. */
  readonly file: Answer<SecurityDescriptor>;
  /** Files in that folder with the same container hash and another machine's guid. */
  readonly filesOfOtherMachines: readonly string[];
}
