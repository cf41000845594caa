import {
  type KeyProvider,
  keyFile,
  readCertificate,
  readCertificateBlob,
} from '../../formats/certificate-store/index.ts';
import { FormatError } from '../../formats/errors.ts';
import { decodeString, type Key } from '../../formats/regf/index.ts';
import { unknown } from '../../model/answer.ts';
import type { CertificateKey, StoredCertificate } from '../../model/certificate.ts';
import { fileSecurityAnswer } from './descriptors.ts';
import type { OfflineMachine } from './offline-machine.ts';
import { resolveKey } from './registry.ts';

/** The certificates of a machine store. Throws `FormatError` where one of them cannot be read. */
export function certificatesIn(machine: OfflineMachine, store: string): StoredCertificate[] {
  const { hive, path, where } = resolveKey(
    machine,
    `SOFTWARE\\Microsoft\\SystemCertificates\\${store}\\Certificates`,
  );
  const keys = hive.find(path)?.subkeys() ?? [];
  return keys.map((key) => readStored(key, `${where}\\${key.name}`));
}

function readStored(key: Key, where: string): StoredCertificate {
  const blob = key.value('Blob');
  if (!blob) throw new FormatError('damaged', `certificate ${key.name} has no Blob`);
  const { der, keyProvider } = readCertificateBlob(blob.data());
  if (!der)
    throw new FormatError('damaged', `certificate ${key.name} has no encoded certificate in its Blob`);
  const { subject, issuer, notBefore, notAfter, selfSigned, publicKey } = readCertificate(der);
  return {
    thumbprint: key.name.toUpperCase(),
    where,
    subject,
    issuer,
    notBefore,
    notAfter,
    selfSigned,
    keyType: publicKey.type === 'rsa' || publicKey.type === 'ec' ? publicKey.type : 'other',
    keyBits: publicKey.bits,
    keyProvider,
  };
}

/** The keys that a store's certificates name. Throws `FormatError` where the store cannot be read. */
export function certificateKeysIn(machine: OfflineMachine, store: string): CertificateKey[] {
  const stored = certificatesIn(machine, store);
  return stored.length === 0 ? [] : keysOf(machine, stored, machineGuid(machine));
}

function keysOf(machine: OfflineMachine, stored: readonly StoredCertificate[], guid: string | undefined) {
  return stored.map(({ thumbprint, keyProvider }): CertificateKey => {
    const place = keyProvider && keyFile(keyProvider);
    if (!place) return notAFile(thumbprint, keyProvider);
    const { folder, hash } = place;
    const fileName = guid === undefined ? undefined : `${hash}_${guid}`;
    const names = (machine.file(folder)?.entries() ?? []).map(({ name }) => name);
    return {
      thumbprint,
      keyProvider,
      folder,
      fileName,
      file: keyFileSecurity(machine, folder, fileName),
      filesOfOtherMachines: names.filter((name) => isKeyOf(name, hash) && !sameName(name, fileName)),
    };
  });
}

function machineGuid(machine: OfflineMachine): string | undefined {
  const { hive, path } = resolveKey(machine, 'SOFTWARE\\Microsoft\\Cryptography');
  const value = hive.find(path)?.value('MachineGuid');
  return value && decodeString(value);
}

function notAFile(thumbprint: string, keyProvider: KeyProvider | undefined): CertificateKey {
  const file = unknown(thumbprint, 'its provider keeps no key file that a disk can show');
  return { thumbprint, keyProvider, folder: undefined, fileName: undefined, file, filesOfOtherMachines: [] };
}

function keyFileSecurity(machine: OfflineMachine, folder: string, fileName: string | undefined) {
  if (fileName === undefined) return unknown(folder, 'the machine has no MachineGuid to name its keys by');
  const path = `${folder}\\${fileName}`;
  return fileSecurityAnswer(machine.file(path), path);
}

function isKeyOf(name: string, hash: string): boolean {
  return name.toLowerCase().startsWith(`${hash}_`);
}

function sameName(name: string, other: string | undefined): boolean {
  return name.toLowerCase() === other?.toLowerCase();
}
