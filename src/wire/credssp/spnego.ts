import { type AsnType, Constructed, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import { malformed } from '../errors.ts';
import {
  elementsOf,
  explicit,
  explicitly,
  integer,
  isContextTagged,
  octets,
  onlyChild,
  readDer,
} from './der.ts';

/** What a server answers in SPNEGO: NegTokenResp, RFC 4178 4.2.2. */
export interface NegTokenResp {
  /** 0 accept-completed, 1 accept-incomplete, 2 reject, 3 request-mic. */
  readonly negState: number | undefined;
  /** The mechanism that it has chosen, as an object identifier. */
  readonly supportedMech: string | undefined;
  /** The mechanism's own token. */
  readonly responseToken: Uint8Array | undefined;
}

const mechanism = { spnego: '1.3.6.1.5.5.2', ntlm: '1.3.6.1.4.1.311.2.2.10' } as const;

/** MS-SPNG 1.9 and RFC 4178. */
const mechanismNames: Readonly<Record<string, string>> = {
  [mechanism.ntlm]: 'NTLM',
  '1.2.840.113554.1.2.2': 'Kerberos 5',
  '1.2.840.48018.1.2.2': 'Kerberos 5 of Windows 2000',
  '1.3.6.1.4.1.311.2.2.30': 'NegoEx',
};

const negStateNames = ['accept-completed', 'accept-incomplete', 'reject', 'request-mic'];

/** The context tags of the CHOICE NegotiationToken, and of what is in it. */
const negTokenInitTag = 0;
const negTokenRespTag = 1;
const initTags = { mechTypes: 0, mechToken: 2 } as const;
const respTags = { negState: 0, supportedMech: 1, responseToken: 2 } as const;

/** In bytes. */
const longestMechanism = 64;

/** The first bytes of tokens that are not NTLM's own: NegTokenResp, and GSS-API's InitialContextToken (RFC 2743 3.1). */
export const tokenLead = { negTokenResp: 0xa1, initialContextToken: 0x60 } as const;

/** A NTLM message as SPNEGO's first token: a NegTokenInit that offers NTLM alone, in GSS-API's frame (RFC 4178 4.2.1). */
export function makeNegTokenInit(ntlm: Uint8Array): Uint8Array {
  const mechTypes = new Sequence({ value: [new ObjectIdentifier({ value: mechanism.ntlm })] });
  const negTokenInit = new Sequence({
    value: [
      explicitly(initTags.mechTypes, mechTypes),
      explicitly(initTags.mechToken, new OctetString({ valueHex: ntlm })),
    ],
  });
  const initialContextToken = new Constructed({
    idBlock: { tagClass: 2, tagNumber: 0 },
    value: [new ObjectIdentifier({ value: mechanism.spnego }), explicitly(negTokenInitTag, negTokenInit)],
  });
  return new Uint8Array(initialContextToken.toBER());
}

/** Reads a NegTokenResp. Throws `WireError`. */
export function readNegTokenResp(bytes: Uint8Array): NegTokenResp {
  const token = readDer(bytes);
  if (!isContextTagged(token, negTokenRespTag)) throw malformed('no NegTokenResp');
  const elements = elementsOf(onlyChild(token, 'the NegTokenResp'), 'the NegTokenResp');
  const negState = explicit(elements, respTags.negState, 'negState');
  const supportedMech = explicit(elements, respTags.supportedMech, 'supportedMech');
  const responseToken = explicit(elements, respTags.responseToken, 'responseToken');
  return {
    negState: negState && integer(negState, 'negState'),
    supportedMech: supportedMech && objectIdentifier(supportedMech, 'supportedMech'),
    responseToken: responseToken && octets(responseToken, 'responseToken'),
  };
}

/** What a NegTokenResp says, in words: `SPNEGO accept-incomplete, Kerberos 5 (1.2.840.113554.1.2.2)`. */
export function describeNegTokenResp({ negState, supportedMech }: NegTokenResp): string {
  const state = negState === undefined ? '' : ` ${negStateNames[negState] ?? `state ${negState}`}`;
  if (supportedMech === undefined) return `SPNEGO${state}`;
  const name = mechanismNames[supportedMech];
  return `SPNEGO${state}, ${name ? `${name} (${supportedMech})` : supportedMech}`;
}

function objectIdentifier(element: AsnType, name: string): string {
  if (!(element instanceof ObjectIdentifier)) throw malformed(`${name} is no OBJECT IDENTIFIER`);
  const { length } = element.lenBlock;
  if (length === 0 || length > longestMechanism) throw malformed(`${name} has ${length} bytes`);
  return element.valueBlock.toString();
}
