import type { Check } from '../../model/check.ts';
import { firewallBlocksRdp } from './firewall-blocks-rdp.ts';
import { firewallServiceDisabled } from './firewall-service-disabled.ts';
import { listenerMissing } from './listener-missing.ts';
import { listenerPortMoved } from './listener-port-moved.ts';
import { listenerValueInvalid } from './listener-value-invalid.ts';
import { nlaOff } from './nla-off.ts';
import { rdpServiceDisabled } from './rdp-service-disabled.ts';
import { remoteConnectionsDenied } from './remote-connections-denied.ts';
import { securityNegotiationOff } from './security-negotiation-off.ts';
import { terminalServerDllReplaced } from './terminal-server-dll-replaced.ts';

/** Whether Remote Desktop listens, and whether anyone gets through to it. */
export const listenerChecks: readonly Check[] = [
  remoteConnectionsDenied,
  listenerMissing,
  rdpServiceDisabled,
  terminalServerDllReplaced,
  listenerValueInvalid,
  securityNegotiationOff,
  nlaOff,
  listenerPortMoved,
  firewallBlocksRdp,
  firewallServiceDisabled,
];
