import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { repeated } from '../../../lab/world/network-world.ts';
import { unstableAnswers } from './unstable-answers.ts';

const request = 'Connection Request 0xB';

describeNetworkCheck(unstableAnswers, {
  troubles: [
    {
      name: 'two resets and an answer',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => repeated(endpoint, request, 'reset', 'reset', 'selected 2'),
      says: ['Connection Request 0xB: reset (2), selected 2 (1), within 1.0 s', 'cannot be told apart'],
    },
    {
      name: 'two different answers: two machines behind one address',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => repeated(endpoint, request, 'selected 2', 'selected 1'),
    },
    {
      name: 'TLS that breaks now and then',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => repeated(endpoint, 'TLS ClientHello', 'TLS 1.2', 'TLS 1.2, then reset'),
    },
    {
      name: 'some connections are refused',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => repeated(endpoint, 'TCP', 'open', 'open', 'open', 'open', 'refused'),
    },
    {
      name: 'two silences among many answers',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) =>
        repeated(endpoint, 'TCP', 'open', 'open', 'open', 'open', 'timed-out', 'timed-out'),
    },
    {
      name: 'one silence among few answers',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => repeated(endpoint, request, 'selected 2', 'silent', 'selected 2'),
    },
    {
      name: 'one silence among many answers',
      verdict: 'risk',
      certainty: 'possible',
      plant: (endpoint) => repeated(endpoint, 'TCP', 'open', 'open', 'timed-out', 'open', 'open'),
      says: ['Lost packets', 'TCP: open (4), timed-out (1)'],
    },
  ],
  healthy: [
    {
      name: 'the same answer every time',
      alter: (endpoint) => repeated(endpoint, request, 'selected 2', 'selected 2', 'selected 2'),
    },
    { name: 'asked once', alter: (endpoint) => repeated(endpoint, request, 'selected 2') },
    {
      name: 'drops in two shapes: others speak of these',
      alter: (endpoint) => repeated(endpoint, request, 'closed', 'reset', 'silent'),
    },
  ],
  blind: [{ name: 'nothing known of repeats', blind: ['repeats'] }],
});
