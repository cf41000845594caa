import {
  type KeyProvider,
  keyFile,
  readCertificate,
  readCertificateBlob,
} from '../../formats/certificate-store/index.ts';
import { FormatError } from '../../formats/errors.ts';
import { decodeString, type Key } from '../../formats/regf/index.ts';
import type { SecurityDescriptor } from '../../formats/security-descriptor/index.ts';
import { type Answer, unknown } from '../../model/answer.ts';
import type { CertificateKey, StoredCertificate } from '../../model/certificate.ts';
import { isShippedProgramData, profileListKey } from '../../model/program-data.ts';
import { fileSecurityAnswer } from './descriptors.ts';
import type { OfflineMachine } from './offline-machine.ts';
import { findKey } from './registry.ts';

/** Real stores hold tens. */
const mostCertificates = 1000;

/** The certificates of a machine store. Throws `FormatError` where one of them cannot be read. */
export function certificatesIn(machine: OfflineMachine, store: string): StoredCertificate[] {
  const { key: storeKey, where } = findKey(
    machine,
    `SOFTWARE\\Microsoft\\SystemCertificates\\${store}\\Certificates`,
  );
  const keys = storeKey?.subkeys() ?? [];
  if (keys.length > mostCertificates) {
    throw new FormatError(
      'damaged',
      `store ${store} has ${keys.length} certificates, more than any real one`,
    );
  }
  return keys.map((key) => readStored(machine, key, `${where}\\${key.name}`));
}

function readStored(machine: OfflineMachine, key: Key, where: string): StoredCertificate {
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
    key: keyProvider && keyOf(machine, keyProvider),
  };
}

function keyOf(machine: OfflineMachine, keyProvider: KeyProvider): CertificateKey | undefined {
  const place = keyFile(keyProvider);
  if (!place) return undefined;
  const { folder, hash } = place;
  const redirected = redirectedProgramData(machine);
  if (redirected !== undefined) {
    const security = unknown(folder, `ProgramData is set to ${redirected}, where this volume does not reach`);
    return { folder, fileName: undefined, security, filesOfOtherMachines: [] };
  }
  const guid = machineGuid(machine);
  const fileName = guid === undefined ? undefined : `${hash}_${guid}`;
  try {
    // A folder of keys can hold a hundred thousand: only those of this container are looked for.
    const names = (machine.file(folder)?.entriesFrom(`${hash}_`) ?? []).map(({ name }) => name);
    return {
      folder,
      fileName,
      security: keyFileSecurity(machine, folder, fileName),
      filesOfOtherMachines: names.filter((name) => !sameName(name, fileName)),
    };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { folder, fileName, security: unknown(folder, error.message), filesOfOtherMachines: [] };
  }
}

function machineGuid(machine: OfflineMachine): string | undefined {
  const { key } = findKey(machine, 'SOFTWARE\\Microsoft\\Cryptography');
  const value = key?.value('MachineGuid');
  return value && decodeString(value);
}

/** Where ProgramData was moved to; undefined for where Windows ships it. */
function redirectedProgramData(machine: OfflineMachine): string | undefined {
  const { key } = findKey(machine, profileListKey);
  const value = key?.value('ProgramData');
  const programData = value && decodeString(value);
  return programData === undefined || isShippedProgramData(programData) ? undefined : programData;
}

function keyFileSecurity(
  machine: OfflineMachine,
  folder: string,
  fileName: string | undefined,
): Answer<SecurityDescriptor> {
  if (fileName === undefined) return unknown(folder, 'the machine has no MachineGuid to name its keys by');
  const path = `${folder}\\${fileName}`;
  return fileSecurityAnswer(machine.file(path), path);
}

function sameName(name: string, other: string | undefined): boolean {
  return name.toLowerCase() === other?.toLowerCase();
}
