import type { NegotiationAttempt, NegotiationMatrix } from '../../model/endpoint.ts';
import type { Negotiation } from '../../wire/rdp/index.ts';

/**
 * The attempt that speaks for an endpoint that answered no request in Remote Desktop's own protocol: a foreign answer,
 * else the first one. Undefined where any answer was RDP.
 */
export function attemptWithoutRdp({ attempts }: NegotiationMatrix): NegotiationAttempt | undefined {
  if (attempts.some(({ negotiation }) => isRdp(negotiation))) return undefined;
  return attempts.find(({ negotiation }) => negotiation.kind === 'not-rdp') ?? attempts[0];
}

function isRdp({ kind }: Negotiation): boolean {
  return kind !== 'not-rdp' && kind !== 'ended';
}

/** TLS, and CredSSP in both its forms, which clients ask for; RDSTLS and Entra ID are for those who were told to. */
const usualProtocols = 0xb;

/** Whether a request asks for TLS or CredSSP and for nothing that not every server knows. */
export function asksForUsualSecurity({ requested }: NegotiationAttempt): boolean {
  return requested !== 0 && (requested & ~usualProtocols) === 0;
}

/** Whether TLS was agreed on, alone or with CredSSP inside. */
export function selectsTls({ negotiation }: NegotiationAttempt): boolean {
  return negotiation.kind === 'selected' && negotiation.selected !== 0;
}

const certificateNotOnServer = 3;
const sslNotAllowed = 2;

/** Requests that failed for want of a certificate; none where TLS was agreed on all the same. */
export function certificateFailures({ attempts }: NegotiationMatrix): readonly NegotiationAttempt[] {
  if (attempts.some(selectsTls)) return [];
  return attempts.filter(
    ({ requested, negotiation }) =>
      requested !== 0 && negotiation.kind === 'failed' && negotiation.code === certificateNotOnServer,
  );
}

/**
 * Whether all that it agrees on is standard RDP security: that is what it answers to every request for TLS or CredSSP,
 * and it was not seen to turn standard security down.
 */
export function hasStandardSecurityAlone({ attempts }: NegotiationMatrix): boolean {
  const usual = attempts.filter(asksForUsualSecurity);
  const plain = attempts.find(({ requested }) => requested === 0);
  return (
    usual.length > 0 &&
    usual.every(({ negotiation }) => isStandardSecurity(negotiation) || isNotAllowed(negotiation)) &&
    (plain === undefined
      ? usual.some(({ negotiation }) => isStandardSecurity(negotiation))
      : isStandardSecurity(plain.negotiation))
  );
}

/** Selected, or confirmed without a word on security, as servers that know no other do. */
function isStandardSecurity(negotiation: Negotiation): boolean {
  return negotiation.kind === 'no-data' || (negotiation.kind === 'selected' && negotiation.selected === 0);
}

function isNotAllowed(negotiation: Negotiation): boolean {
  return negotiation.kind === 'failed' && negotiation.code === sslNotAllowed;
}
