import { ends } from '../../../lab/world/network-answers.ts';
import { answersAlways } from '../../../lab/world/network-plants.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { repeated } from '../../../lab/world/network-world.ts';
import { droppedBeforeNegotiation } from './dropped-before-negotiation.ts';

const request = 'Connection Request 0xB';

describeNetworkCheck(droppedBeforeNegotiation, {
  troubles: [
    {
      name: 'a reset, three times',
      verdict: 'fault',
      plant(endpoint) {
        answersAlways(endpoint, ends('reset'));
        repeated(endpoint, request, 'reset', 'reset', 'reset');
      },
      says: ['is reset before Remote Desktop answers', 'reset without a byte after 2 ms'],
    },
    {
      name: 'now closed, now reset: the same drop in two shapes',
      verdict: 'fault',
      plant(endpoint) {
        answersAlways(endpoint, ends('closed'));
        repeated(endpoint, request, 'closed', 'reset', 'closed');
      },
      says: ['is closed before Remote Desktop answers'],
    },
    {
      name: 'closed within the answer',
      verdict: 'fault',
      plant(endpoint) {
        answersAlways(endpoint, ends('closed', [3, 0, 0]));
        repeated(endpoint, request, 'closed', 'closed');
      },
      says: ['begins to answer', 'closed after 2 ms and a part of an answer: 030000 "..."'],
    },
    {
      name: 'a reset, asked once',
      verdict: 'fault',
      certainty: 'likely',
      plant(endpoint) {
        answersAlways(endpoint, ends('reset'));
        repeated(endpoint, request, 'reset');
      },
    },
    {
      name: 'a reset and a silence: likely, since they differ',
      verdict: 'fault',
      certainty: 'likely',
      plant(endpoint) {
        answersAlways(endpoint, ends('reset'));
        repeated(endpoint, request, 'reset', 'silent');
      },
    },
  ],
  healthy: [{ name: 'a silence is no drop', alter: (endpoint) => answersAlways(endpoint, ends('too-late')) }],
  blind: [{ name: 'nothing known of the negotiation', blind: ['negotiation'] }],
});
