import type { Taken } from '../dialogue.ts';
import { WireError } from '../errors.ts';
import { contentTypes } from './registry.ts';
import { strangerOf } from './stranger.ts';

/** A TLS record in the clear. */
export interface TlsRecord {
  readonly type: number;
  readonly fragment: Uint8Array;
}

/** offset: size, name (RFC 8446, section 5.1). */
const header = { type: 0, majorVersion: 1, minorVersion: 2, length: 3, size: 5 };

/** TLSPlaintext.length; encrypted records, which may have up to 2048 more (RFC 5246), end the flight anyway. */
const longestFragment = 0x4000;
const longestEncrypted = longestFragment + 2048;

/** The most bytes that one record has with its header. */
export const longestRecord: number = header.size + longestEncrypted;

const majorVersion = 3;
const types: readonly number[] = Object.values(contentTypes);

/**
 * Reads one record at the start of the bytes; undefined while more of it is to come. Throws `WireError`:
 * `not-recognised`, which says what they are instead, or `too-long`.
 */
export function readRecord(bytes: Uint8Array): Taken<TlsRecord> | undefined {
  if (bytes.length < header.size) return undefined;
  const type = bytes[header.type] ?? 0;
  if (!beginsLikeRecord(bytes)) throw new WireError('not-recognised', strangerOf(bytes));
  const length = ((bytes[header.length] ?? 0) << 8) | (bytes[header.length + 1] ?? 0);
  const longest = type === contentTypes.applicationData ? longestEncrypted : longestFragment;
  if (length > longest) throw new WireError('too-long', `a TLS record that says it has ${length} bytes`);
  const end = header.size + length;
  if (bytes.length < end) return undefined;
  return { value: { type, fragment: bytes.subarray(header.size, end) }, length: end };
}

/** Whether bytes could be the beginning of a record, however few they are. */
export function beginsLikeRecord(bytes: Uint8Array): boolean {
  const [type = contentTypes.handshake, major = majorVersion] = bytes;
  return types.includes(type) && major === majorVersion;
}
