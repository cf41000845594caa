import { type AsnType, Integer, OctetString, Sequence } from 'asn1js';
import type { Taken } from '../dialogue.ts';
import { malformed, WireError } from '../errors.ts';
import { elementsOf, explicit, explicitly, integer, octets, readDer } from './der.ts';

/**
 * What is read of a TSRequest (MS-CSSP 2.2.1). authInfo, pubKeyAuth and clientNonce belong to a sign-in, and are not
 * looked at.
 */
export interface TsRequest {
  /** 2 to 6 so far. */
  readonly version: number;
  readonly negoTokens: readonly Uint8Array[];
  /** A NTSTATUS as an unsigned number; undefined where none was sent. */
  readonly errorCode: number | undefined;
}

/**
 * The longest TSRequest that is read, its header included. One with a CHALLENGE has a few hundred bytes; FreeRDP 2 sends
 * 12,329 with an error.
 */
export const longestTsRequest = 0x4000;

/** The context tags of TSRequest's elements; what holds the token in NegoData has tag 0. */
const tags = { version: 0, negoTokens: 1, errorCode: 4 } as const;
const negoTokenTag = 0;

/** What every TSRequest begins with: the tag of a SEQUENCE. */
export const leadingByte = 0x30;

/** A TSRequest of version 6 with one token, in DER. */
export function makeTsRequest(negoToken: Uint8Array): Uint8Array {
  const item = new Sequence({ value: [explicitly(negoTokenTag, new OctetString({ valueHex: negoToken }))] });
  const negoData = new Sequence({ value: [item] });
  const request = new Sequence({
    value: [explicitly(tags.version, new Integer({ value: 6 })), explicitly(tags.negoTokens, negoData)],
  });
  return new Uint8Array(request.toBER());
}

/** Reads a whole TSRequest. Throws `WireError`. */
export function readTsRequest(bytes: Uint8Array): TsRequest {
  if (bytes.length > longestTsRequest)
    throw new WireError('too-long', `a TSRequest of ${bytes.length} bytes`);
  const elements = elementsOf(readDer(bytes), 'the TSRequest');
  const version = explicit(elements, tags.version, 'version');
  if (!version) throw malformed('a TSRequest without a version');
  const negoData = explicit(elements, tags.negoTokens, 'negoTokens');
  const errorCode = explicit(elements, tags.errorCode, 'errorCode');
  return {
    version: integer(version, 'version'),
    negoTokens: negoData ? elementsOf(negoData, 'negoTokens').map(readNegoToken) : [],
    // Windows writes 0xC000006D as four bytes, which is a negative number; others as five.
    errorCode: errorCode && integer(errorCode, 'errorCode') >>> 0,
  };
}

function readNegoToken(item: AsnType): Uint8Array {
  const token = explicit(elementsOf(item, 'an item of negoTokens'), negoTokenTag, 'negoToken');
  if (!token) throw malformed('an item of negoTokens without a token');
  return octets(token, 'negoToken');
}

/** Finds where the TSRequest at the start of what came ends; undefined while that is not there yet. */
export function takeTsRequest(bytes: Uint8Array): Taken<Uint8Array> | undefined {
  if (bytes[0] !== leadingByte) throw new WireError('not-recognised', 'no TSRequest');
  const length = messageLength(bytes);
  if (length === undefined) return undefined;
  if (length > longestTsRequest) throw new WireError('too-long', `a TSRequest of ${length} bytes announced`);
  return bytes.length < length ? undefined : { value: bytes.subarray(0, length), length };
}

// X.690 8.1.3: below 0x80 the length itself, above it the number of bytes that hold it.
function messageLength(bytes: Uint8Array): number | undefined {
  const first = bytes[1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0) throw malformed('a TSRequest of indefinite length');
  if (count > 4) throw malformed(`a TSRequest whose length has ${count} bytes`);
  if (bytes.length < 2 + count) return undefined;
  return bytes.subarray(2, 2 + count).reduce((length, byte) => length * 0x100 + byte, 0) + 2 + count;
}
