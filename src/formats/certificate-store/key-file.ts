import { createHash } from 'node:crypto';
import { FormatError } from '../errors.ts';
import type { KeyProvider } from './key-provider.ts';

/** The folders of machine keys, from the system drive's root. */
export type KeyFolder =
  | 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys'
  | 'ProgramData\\Microsoft\\Crypto\\DSS\\MachineKeys'
  | 'ProgramData\\Microsoft\\Crypto\\Keys';

/** Which of Windows' two ways of keeping keys: legacy providers (CSP), or CNG's software provider. */
export type KeyStorage = 'csp' | 'cng';

/** A private key's file. */
export interface KeyFile {
  readonly folder: KeyFolder;
  readonly storage: KeyStorage;
  /** The part of the file's name before `_<MachineGuid>`. */
  readonly hash: string;
}

const rsaFolder = 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys';
const dssFolder = 'ProgramData\\Microsoft\\Crypto\\DSS\\MachineKeys';
const cngFolder = 'ProgramData\\Microsoft\\Crypto\\Keys';

/** The software providers of Windows, in lower case. Others keep keys in a TPM, a card or a device. */
const folders: ReadonlyMap<string, KeyFolder> = new Map<string, KeyFolder>([
  ['microsoft software key storage provider', cngFolder],
  ['microsoft base cryptographic provider v1.0', rsaFolder],
  ['microsoft enhanced cryptographic provider v1.0', rsaFolder],
  ['microsoft enhanced rsa and aes cryptographic provider', rsaFolder],
  ['microsoft enhanced rsa and aes cryptographic provider (prototype)', rsaFolder],
  ['microsoft strong cryptographic provider', rsaFolder],
  ['microsoft rsa schannel cryptographic provider', rsaFolder],
  ['microsoft rsa signature cryptographic provider', rsaFolder],
  ['microsoft base dss cryptographic provider', dssFolder],
  ['microsoft base dss and diffie-hellman cryptographic provider', dssFolder],
  ['microsoft enhanced dss and diffie-hellman cryptographic provider', dssFolder],
  ['microsoft dh schannel cryptographic provider', dssFolder],
]);

/**
 * Where a provider keeps the machine's keys as files; undefined for one that does not (Microsoft Platform
 * Crypto Provider, smart cards, devices) or is not known.
 */
export function keyFolder(provider: string): KeyFolder | undefined {
  return folders.get(provider.toLowerCase());
}

/**
 * The file of a certificate's private key. Undefined where it cannot be told: the key belongs to an account,
 * its provider keeps no files there, or the container's name is not plain ASCII.
 */
export function keyFile(keyProvider: KeyProvider): KeyFile | undefined {
  const { provider, container, usesMachineKeys } = keyProvider;
  const folder = keyFolder(provider);
  if (!folder || !usesMachineKeys || !isNameable(container)) return undefined;
  const storage = folder === cngFolder ? 'cng' : 'csp';
  return { folder, storage, hash: keyFileHash(container, storage) };
}

/**
 * The part of a key file's name that comes from its container's: the MD5 of the name in lower case with its
 * closing NUL, each 32-bit word of it printed with its bytes reversed. A CSP takes the name's ASCII bytes
 * (proven on `TSSecKeySet1`), CNG its UTF-16LE ones (proven on two key files of Windows 10 and 11 that hold
 * their own names). Throws `FormatError` (unsupported) for names beyond ASCII, of which neither is proven.
 */
export function keyFileHash(container: string, storage: KeyStorage = 'csp'): string {
  if (!isNameable(container)) {
    throw new FormatError(
      'unsupported',
      `the file of key container '${container.slice(0, 80)}' cannot be told`,
    );
  }
  const name = Buffer.from(`${container.toLowerCase()}\0`, storage === 'cng' ? 'utf16le' : 'latin1');
  return createHash('md5').update(name).digest().swap32().toString('hex');
}

/** A key file's name, `<hash>_<MachineGuid>`; the guid is `SOFTWARE\Microsoft\Cryptography\MachineGuid`. */
export function keyFileName(container: string, machineGuid: string, storage: KeyStorage = 'csp'): string {
  return `${keyFileHash(container, storage)}_${machineGuid}`;
}

function isNameable(container: string): boolean {
  return /^[\x20-\x7e]+$/.test(container);
}
