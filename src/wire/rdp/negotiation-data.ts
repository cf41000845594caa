import { malformed } from '../errors.ts';
import { hexByte } from './hex.ts';

/** MS-RDPBCGR 2.2.1.1.1, 2.2.1.2.1 and 2.2.1.2.2: one layout for all three, little-endian; `value` is what differs. */
const layout = { type: 0, flags: 1, length: 2, value: 4, size: 8 } as const;

const names = { 1: 'RDP_NEG_REQ', 2: 'RDP_NEG_RSP', 3: 'RDP_NEG_FAILURE' } as const;

export const negotiationType = { request: 1, response: 2, failure: 3 } as const;

export const negotiationDataSize: number = layout.size;

export interface NegotiationData {
  readonly type: 1 | 2 | 3;
  readonly flags: number;
  /** requestedProtocols, selectedProtocol or failureCode. */
  readonly value: number;
}

/** Reads exactly one such structure. Throws `WireError` where it is of another type or length. */
export function readNegotiationData(bytes: Uint8Array): NegotiationData {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = view.readUInt8(layout.type);
  if (type !== 1 && type !== 2 && type !== 3) throw malformed(`negotiation data of type ${hexByte(type)}`);
  const name = names[type];
  if (view.length < layout.size) throw malformed(`${name} of ${view.length} bytes, not 8`);
  const length = view.readUInt16LE(layout.length);
  if (length !== layout.size) throw malformed(`${name} says that it has ${length} bytes, not 8`);
  if (view.length > layout.size) throw malformed(`${view.length - layout.size} bytes after ${name}`);
  return { type, flags: view.readUInt8(layout.flags), value: view.readUInt32LE(layout.value) };
}

export function makeNegotiationRequest(requestedProtocols: number): Buffer {
  const request = Buffer.alloc(layout.size);
  request.writeUInt8(negotiationType.request, layout.type);
  request.writeUInt16LE(layout.size, layout.length);
  request.writeUInt32LE(requestedProtocols >>> 0, layout.value);
  return request;
}
