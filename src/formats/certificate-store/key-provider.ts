import { damaged } from '../errors.ts';

/** Where a certificate's private key is: CRYPT_KEY_PROV_INFO of wincrypt.h. */
export interface KeyProvider {
  /** The key container's name, as `TSSecKeySet1`. */
  readonly container: string;
  /** The provider's name, as `Microsoft Software Key Storage Provider`. */
  readonly provider: string;
  /** PROV_* of a legacy provider (CSP), never 0; 0 for a CNG key storage provider. */
  readonly type: number;
  readonly flags: number;
  /** 1 exchange, 2 signature; 0 or 0xFFFFFFFF for CNG. */
  readonly keySpec: number;
  /** Whether the key belongs to the machine, not to an account (CRYPT_MACHINE_KEYSET). */
  readonly usesMachineKeys: boolean;
}

// CRYPT_KEY_PROV_INFO as the registry keeps it: pointers are 32-bit offsets from the structure's own start,
// on every Windows; the strings are UTF-16LE with a closing NUL.
const layout = {
  container: 0, // u32 offset
  provider: 4, // u32 offset
  type: 8, // u32
  flags: 12, // u32
  parameterCount: 16, // u32
  parameters: 20, // u32 offset
  keySpec: 24, // u32
  end: 28,
} as const;

const machineKeyset = 0x20;

/** The property's bytes as a key provider. Throws `FormatError` (damaged). */
export function readKeyProvider(bytes: Buffer): KeyProvider {
  if (bytes.length < layout.end) throw damaged(`the key provider's property has ${bytes.length} bytes`);
  const flags = bytes.readUInt32LE(layout.flags);
  return {
    container: textAt(bytes, layout.container, "key container's name"),
    provider: textAt(bytes, layout.provider, "key provider's name"),
    type: bytes.readUInt32LE(layout.type),
    flags,
    keySpec: bytes.readUInt32LE(layout.keySpec),
    usesMachineKeys: (flags & machineKeyset) !== 0,
  };
}

/** The text that a field points to; '' where it points nowhere. */
function textAt(bytes: Buffer, field: number, what: string): string {
  const from = bytes.readUInt32LE(field);
  if (from === 0) return '';
  for (let at = from; at + 2 <= bytes.length; at += 2) {
    if (bytes.readUInt16LE(at) === 0) return bytes.toString('utf16le', from, at);
  }
  throw damaged(`the ${what} at ${from} does not end within its ${bytes.length} bytes`);
}
