import { ends } from '../../../lab/world/network-answers.ts';
import { answersAlways, answersInstead } from '../../../lab/world/network-plants.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { repeated, unseen } from '../../../lab/world/network-world.ts';
import { silentAfterConnect } from './silent-after-connect.ts';

const request = 'Connection Request 0xB';

describeNetworkCheck(silentAfterConnect, {
  troubles: [
    {
      name: 'not a byte, three times',
      verdict: 'fault',
      plant(endpoint) {
        answersAlways(endpoint, ends('too-late'));
        repeated(endpoint, request, 'silent', 'silent', 'silent');
      },
      says: ['accepts connections and then says nothing', 'not a byte within 2 ms'],
    },
    {
      name: 'the answer is never finished',
      verdict: 'fault',
      plant(endpoint) {
        answersAlways(endpoint, ends('too-late', [3, 0, 0, 0x13, 0x0e]));
        repeated(endpoint, request, 'silent', 'silent');
      },
      says: ['never finished', 'only a part of an answer within 2 ms: 03000013 0e "....."', 'MTU'],
    },
    {
      name: 'not a byte, asked once',
      verdict: 'fault',
      certainty: 'likely',
      plant(endpoint) {
        answersAlways(endpoint, ends('too-late'));
        repeated(endpoint, request, 'silent');
      },
    },
    {
      name: 'not a byte, and nothing known of repeats',
      verdict: 'fault',
      certainty: 'likely',
      plant(endpoint) {
        answersAlways(endpoint, ends('too-late'));
        unseen(endpoint, 'the time was up', 'repeats');
      },
    },
  ],
  healthy: [
    { name: 'a reset is no silence', alter: (endpoint) => answersAlways(endpoint, ends('reset')) },
    {
      name: 'silence to a request that no usual client makes',
      alter: (endpoint) => answersInstead(endpoint, { 4: ends('too-late') }),
    },
  ],
  blind: [{ name: 'nothing known of the negotiation', blind: ['negotiation'] }],
});
