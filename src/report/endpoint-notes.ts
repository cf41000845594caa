import type { AddressReach } from '../model/endpoint.ts';
import type { EndpointAddress } from '../sources/endpoint/index.ts';
import { type Text, text } from '../text/index.ts';

/** In milliseconds: what a person notices, and a client with less patience does not forgive. */
const slow = 2000;

/** What is worth knowing of an endpoint and is no finding of its own. */
export function endpointNotes(
  addresses: readonly AddressReach[],
  { address, observed }: Pick<EndpointAddress, 'address' | 'observed'>,
  unexplained: readonly string[],
): Text[] {
  return [
    ...(unexplained.length > 0 ? [text('case.unexplained', { checks: unexplained.join(', ') })] : []),
    ...slowAnswer(observed),
    ...refusedAddresses(addresses, address),
    ...otherCertificates(observed),
  ];
}

function slowAnswer({ 'endpoint-negotiation': matrix }: EndpointAddress['observed']): Text[] {
  const first = matrix.state === 'known' ? matrix.value.attempts[0] : undefined;
  if (!first || first.negotiation.kind === 'ended' || first.milliseconds < slow) return [];
  return [text('note.slow-answer', { seconds: (first.milliseconds / 1000).toFixed(1) })];
}

/** Clients go on to the next address at once; one that is given this address alone does not get in. */
function refusedAddresses(addresses: readonly AddressReach[], looked: string | undefined): Text[] {
  if (looked === undefined) return [];
  const refused = addresses.filter(({ tcp }) => tcp === 'refused').map(({ address }) => address);
  return refused.length > 0 ? [text('note.refused-addresses', { addresses: refused.join(', ') })] : [];
}

function otherCertificates({ 'endpoint-certificate': chain }: EndpointAddress['observed']): Text[] {
  const others = chain.state === 'known' ? (chain.value.othersPresented ?? []) : [];
  if (others.length === 0) return [];
  return [text('note.several-certificates', { count: others.length, thumbprints: others.join(', ') })];
}
