import type { Machine } from '../../model/machine.ts';
import type { Observed } from './observed.ts';

/** What an endpoint tells of the machine before anyone has signed in; the rest a network does not show. */
export function machineOf(observed: Pick<Observed, 'endpoint-nla'>): Machine {
  const nla = observed['endpoint-nla'];
  const challenge =
    nla.state === 'known' && nla.value.credssp.kind === 'challenge' ? nla.value.credssp.challenge : undefined;
  const { netbiosComputer, netbiosDomain, dnsDomain, version } = challenge ?? {};
  return {
    windows: undefined,
    build: version && version.build > 0 ? version.build : undefined,
    role: undefined,
    computerName: netbiosComputer,
    // A machine in no domain gives its own name for the domain's.
    domain:
      netbiosDomain !== undefined && netbiosDomain === netbiosComputer ? '' : (dnsDomain ?? netbiosDomain),
    connectionBroker: undefined,
    controlSet: undefined,
    lastRan: undefined,
    partition: undefined,
  };
}
