import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { type EndpointWorld, endsAt, put } from '../../../lab/world/network-world.ts';
import type { TcpOutcome } from '../../model/endpoint.ts';
import { portClosed } from './port-closed.ts';

/** An endpoint with these addresses, of which none is open. */
function noneOpen(endpoint: EndpointWorld, ...outcomes: readonly TcpOutcome[]): void {
  const addresses = outcomes.map((tcp, index) => ({
    address: `10.0.0.${index + 4}`,
    family: 'IPv4' as const,
    tcp,
    milliseconds: 1.4,
    detail: tcp === 'refused' ? 'ECONNREFUSED' : '',
  }));
  put(endpoint, 'reachability', { addresses });
  endsAt(endpoint, 'reachability');
}

describeNetworkCheck(portClosed, {
  troubles: [
    {
      name: 'the only address refuses',
      verdict: 'fault',
      plant: (endpoint) => noneOpen(endpoint, 'refused'),
      says: ['Port 3389', '10.0.0.4:3389: refused after 1 ms (ECONNREFUSED)', 'rdpmend diagnose'],
    },
    {
      name: 'one address refuses, another one is silent',
      verdict: 'fault',
      plant: (endpoint) => noneOpen(endpoint, 'timed-out', 'refused'),
      says: ['10.0.0.4:3389: no answer within 1 ms', '10.0.0.5:3389: refused'],
    },
  ],
  healthy: [
    {
      name: 'a second address that refuses beside one that is open',
      alter(endpoint) {
        const open = {
          address: '10.0.0.4',
          family: 'IPv4',
          tcp: 'open',
          milliseconds: 1,
          detail: '',
        } as const;
        put(endpoint, 'reachability', {
          addresses: [{ ...open, address: '10.0.0.3', tcp: 'refused' }, open],
        });
      },
    },
    { name: 'silence is another trouble', alter: (endpoint) => noneOpen(endpoint, 'timed-out') },
  ],
  blind: [{ name: 'nothing known of its addresses', blind: ['reachability'] }],
});
