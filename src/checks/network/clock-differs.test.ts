import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { type EndpointWorld, put, seen } from '../../../lab/world/network-world.ts';
import { clockDiffers } from './clock-differs.ts';

const kinds = ['windows-2022-nla', 'windows-7'] as const;

/** Sets the server's clock so many minutes ahead of ours. */
function ahead(minutes: number): (endpoint: EndpointWorld) => void {
  return (endpoint) => {
    const { credssp, at } = seen(endpoint, 'nla');
    if (credssp.kind !== 'challenge') throw new Error('there is no CHALLENGE here');
    const timestamp = new Date(at.getTime() + minutes * 60_000);
    put(endpoint, 'nla', { credssp: { ...credssp, challenge: { ...credssp.challenge, timestamp } } });
  };
}

describeNetworkCheck(clockDiffers, {
  troubles: [
    {
      name: 'six minutes ahead',
      kinds,
      verdict: 'risk',
      certainty: 'likely',
      plant: ahead(6),
      says: ['6 minutes ahead'],
    },
    {
      name: 'a day behind',
      kinds,
      verdict: 'risk',
      certainty: 'likely',
      plant: ahead(-1440),
      says: ['1440 minutes behind'],
    },
  ],
  healthy: [
    { name: 'five minutes ahead', kinds, alter: ahead(5) },
    { name: 'five minutes behind', kinds, alter: ahead(-5) },
  ],
  blind: [{ name: 'CredSSP could not be looked at', blind: ['nla'] }],
});
