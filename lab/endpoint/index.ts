/** Servers on loopback that speak RDP as Windows does up to authentication, or fail to in every way that is known. */

import { absurd } from './absurd.ts';
import { alerts } from './alerts.ts';
import { certificates } from './certificates.ts';
import { credsspFaults } from './credssp-faults.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { gone } from './gone.ts';
import { healthy } from './healthy.ts';
import { negotiation } from './negotiation.ts';
import { otherServices } from './other-services.ts';
import { slow } from './slow.ts';
import { tlsKinds } from './tls-kinds.ts';
import { tlsLiars } from './tls-liars.ts';
import { unstable } from './unstable.ts';

export { alertAtClientHello } from './alerts.ts';
export type { Behaviour, Connection, Pace } from './connection.ts';
export {
  type EndpointLiteral,
  type LabEndpoint,
  refusingPort,
  startEndpoint,
  startOnBothFamilies,
  type TwoFamilies,
} from './endpoint.ts';
export { late, paced } from './slow.ts';
export { atMost, when } from './unstable.ts';
export {
  domainMember,
  listenerCertificate,
  type WindowsLiteral,
  windowsEndpoint,
  workgroupMember,
} from './windows.ts';

/** Every named server. Each call makes one anew, with a memory of its own where it has one. */
export const endpoints = {
  ...healthy,
  ...gone,
  ...otherServices,
  ...negotiation,
  ...alerts,
  ...tlsKinds,
  ...tlsLiars,
  ...certificates,
  ...credsspFaults,
  ...absurd,
  ...slow,
  ...unstable,
} as const satisfies Record<string, () => EndpointLiteral>;

export type EndpointName = keyof typeof endpoints;
