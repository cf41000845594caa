import { createHash } from 'node:crypto';
import { keyFileName, listenerKey } from '../certificate/index.ts';
import { type FamilyFacts, isFrom2019 } from './families.ts';
import type { FileLiteral, FolderLiteral } from './literal.ts';

/** Where a legacy provider keeps the machine's private keys. */
export const machineKeysFolder = 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys';

/** Where a CNG provider does. */
export const cngKeysFolder = 'ProgramData\\Microsoft\\Crypto\\Keys';

/** Both folders as they are shipped: everybody may make a key, nobody may read another's. */
export const keyFolders: readonly FolderLiteral[] = [machineKeysFolder, cngKeysFolder].map((path) => {
  return { path, sddl: 'O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)' };
});

/** The listener's key file, with the descriptor of that build. */
export function listenerKeyFile(facts: FamilyFacts, machineGuid: string): FileLiteral {
  return {
    path: `${machineKeysFolder}\\${keyFileName(listenerKey.container, machineGuid)}`,
    data: keyFileData(listenerKey.container),
    sddl: listenerKeySddl(facts),
  };
}

/** A key that is none of Remote Desktop's business, and that the network service may not read. */
export function strangersKeyFile(machineGuid: string): FileLiteral {
  const container = 'NetFrameworkConfigurationKey';
  return {
    path: `${machineKeysFolder}\\${keyFileName(container, machineGuid)}`,
    data: keyFileData(container),
    sddl: 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)',
  };
}

/** Measured in a real `$SDS` for builds before 17763, reported from there on. */
function listenerKeySddl(facts: FamilyFacts): string {
  const third = isFrom2019(facts) ? `(A;;FA;;;${serviceSid('SessionEnv')})` : '(A;;0x120089;;;BA)';
  return `O:SYG:SYD:AI(A;;0x120089;;;NS)(A;;FA;;;SY)${third}`;
}

/** The SID of `NT SERVICE\name`: the words of the SHA-1 of its upper-case name in UTF-16. */
export function serviceSid(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(name.toUpperCase(), 'utf16le')).digest();
  const words = [0, 4, 8, 12, 16].map((at) => hash.readUInt32LE(at));
  return `S-1-5-80-${words.join('-')}`;
}

/** A key file's header: version 2, then the lengths of its parts (names are the parts'). */
const header = { size: 40, version: 0, nameLength: 8, publicKeyLength: 24, privateKeyLength: 28 } as const;

/** Looks like a key file of a legacy provider: the right header and name, and noise for the protected parts. */
function keyFileData(container: string): Buffer {
  const name = Buffer.from(`${container}\0`, 'latin1');
  const data = Buffer.alloc(2048);
  data.writeUInt32LE(2, header.version);
  data.writeUInt32LE(name.length, header.nameLength);
  data.writeUInt32LE(284, header.publicKeyLength);
  data.writeUInt32LE(1460, header.privateKeyLength);
  for (let at = header.size; at < data.length; at += 32) {
    createHash('sha256').update(`${container} ${at}`).digest().copy(data, at);
  }
  name.copy(data, header.size);
  return data;
}
