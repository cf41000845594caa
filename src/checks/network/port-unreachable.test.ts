import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { type EndpointWorld, endsAt, put } from '../../../lab/world/network-world.ts';
import type { AddressReach, TcpOutcome } from '../../model/endpoint.ts';
import { portUnreachable } from './port-unreachable.ts';

function reach(address: string, tcp: TcpOutcome, detail = ''): AddressReach {
  const family = address.includes(':') ? 'IPv6' : 'IPv4';
  return { address, family, tcp, milliseconds: 3000, detail };
}

function addresses(endpoint: EndpointWorld, ...reached: readonly AddressReach[]): void {
  put(endpoint, 'reachability', { name: 'server', addresses: reached });
  if (!reached.some(({ tcp }) => tcp === 'open')) endsAt(endpoint, 'reachability');
}

describeNetworkCheck(portUnreachable, {
  troubles: [
    {
      name: 'no answer at all',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => addresses(endpoint, reach('10.0.0.4', 'timed-out')),
      says: ['Nothing answers on port 3389', '10.0.0.4:3389: no answer within 3000 ms', 'TCP 3389'],
    },
    {
      name: 'a router says that it cannot be reached',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => addresses(endpoint, reach('10.0.0.4', 'unreachable', 'EHOSTUNREACH')),
      says: ['said to be unreachable after 3000 ms (EHOSTUNREACH)'],
    },
    {
      name: 'no answer by IPv4, and no IPv6 here',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) =>
        addresses(endpoint, reach('2001:db8::4', 'not-tried', 'ENETUNREACH'), reach('10.0.0.4', 'timed-out')),
    },
    {
      name: 'the IPv6 address alone is silent',
      verdict: 'risk',
      certainty: 'likely',
      plant: (endpoint) => addresses(endpoint, reach('2001:db8::4', 'timed-out'), reach('10.0.0.4', 'open')),
      says: ['[2001:db8::4]:3389: no answer', 'addresses of server answer'],
    },
  ],
  healthy: [
    {
      name: 'a second address that refuses: clients go on at once',
      alter: (endpoint) => addresses(endpoint, reach('10.0.0.5', 'refused'), reach('10.0.0.4', 'open')),
    },
    {
      name: 'a second address that cannot be tried from here',
      alter: (endpoint) =>
        addresses(endpoint, reach('2001:db8::4', 'not-tried', 'ENETUNREACH'), reach('10.0.0.4', 'open')),
    },
    {
      name: 'one that refuses speaks for the others',
      alter: (endpoint) => addresses(endpoint, reach('10.0.0.5', 'refused'), reach('10.0.0.4', 'timed-out')),
    },
  ],
  blind: [
    { name: 'nothing known of its addresses', blind: ['reachability'] },
    {
      name: 'no address could be tried',
      blind: ['negotiation'],
      alter: (endpoint) => addresses(endpoint, reach('10.0.0.4', 'not-tried', 'ENETUNREACH')),
    },
    { name: 'a name that leads nowhere', blind: ['negotiation'], alter: (endpoint) => addresses(endpoint) },
  ],
});
