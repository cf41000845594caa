import { type AsnType, type BaseBlock, Constructed, fromBER, Integer, OctetString, Sequence } from 'asn1js';
import { malformed, WireError } from '../errors.ts';

/** A TSRequest with a token is five levels deep and of eight elements, a NegTokenResp of as many; more is hostile. */
const limits = { maxDepth: 10, maxNodes: 256, maxContentLength: 0x4000, parseEmbedded: false } as const;

const contextSpecific = 3;

/**
 * Reads one DER element that fills the bytes to their last. Lengths may be written longer than DER wants them;
 * indefinite ones, elements that overrun the one around them, and bytes after the end are refused by `WireError`, as is
 * everything that the library refuses.
 */
export function readDer(bytes: Uint8Array): AsnType {
  const { offset, result } = parse(new Uint8Array(bytes));
  if (offset === -1)
    throw malformed(`no DER: ${result.error.charAt(0).toLowerCase()}${result.error.slice(1)}`);
  if (offset !== bytes.length) throw malformed(`${bytes.length - offset} bytes after the end of the DER`);
  checkLengths(result);
  return result;
}

/** The elements of a SEQUENCE. */
export function elementsOf(element: AsnType, name: string): readonly AsnType[] {
  if (!(element instanceof Sequence)) throw malformed(`${name} is no SEQUENCE`);
  return element.valueBlock.value;
}

/** What an EXPLICIT context tag among a SEQUENCE's elements holds; undefined where the element is left out. */
export function explicit(elements: readonly AsnType[], tag: number, name: string): AsnType | undefined {
  const found = elements.find((element) => isContextTagged(element, tag));
  return found && onlyChild(found, name);
}

/** What the one element inside a constructed one is. */
export function onlyChild(element: AsnType, name: string): AsnType {
  const children = element instanceof Constructed ? element.valueBlock.value : [];
  const [child] = children;
  if (children.length !== 1 || !child) throw malformed(`${name} does not hold one element`);
  return child;
}

export function isContextTagged({ idBlock }: AsnType, tag: number): boolean {
  return idBlock.tagClass === contextSpecific && idBlock.tagNumber === tag;
}

export function octets(element: AsnType, name: string): Uint8Array {
  if (!(element instanceof OctetString) || element.idBlock.isConstructed) {
    throw malformed(`${name} is no OCTET STRING`);
  }
  return element.valueBlock.valueHexView;
}

/**
 * An INTEGER or ENUMERATED of 32 bits, whichever way its sender takes the sign: what it says when it is read as a
 * signed number, between -2^31 and 2^32 - 1.
 */
export function integer(element: AsnType, name: string): number {
  if (!(element instanceof Integer)) throw malformed(`${name} is no INTEGER`);
  const { length } = element.valueBlock.valueHexView;
  if (length === 0 || length > 8) throw malformed(`${name} has ${length} bytes`);
  const value = Number(element.toBigInt());
  if (value < -0x8000_0000 || value > 0xffff_ffff) throw malformed(`${name} does not fit into 32 bits`);
  return value;
}

/** An EXPLICIT context tag around an element, to be written. */
export function explicitly(tagNumber: number, element: BaseBlock): Constructed {
  return new Constructed({ idBlock: { tagClass: contextSpecific, tagNumber }, value: [element] });
}

// What the library throws instead of returning an error is a refusal like any other: some types of strings and times
// do.
function parse(bytes: Uint8Array<ArrayBuffer>): ReturnType<typeof fromBER> {
  try {
    return fromBER(bytes, { ...limits, copyInput: false });
  } catch (cause) {
    throw new WireError('malformed', 'no DER', { cause });
  }
}

// The library lets an element overrun the one around it, and takes indefinite lengths.
function checkLengths(element: AsnType): void {
  const { idBlock, lenBlock, blockLength } = element;
  if (lenBlock.isIndefiniteForm) throw malformed('a DER element of indefinite length');
  if (blockLength !== idBlock.blockLength + lenBlock.blockLength + lenBlock.length) {
    throw malformed('the lengths of the DER contradict each other');
  }
  if (element instanceof Constructed) element.valueBlock.value.forEach(checkLengths);
}
