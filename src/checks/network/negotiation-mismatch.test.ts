import {
  confirmsWithoutData,
  disconnects,
  ends,
  fails,
  selects,
} from '../../../lab/world/network-answers.ts';
import { answersInstead, negotiatesNoTls } from '../../../lab/world/network-plants.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { repeated } from '../../../lab/world/network-world.ts';
import { negotiationMismatch } from './negotiation-mismatch.ts';

const withCredssp = ['windows-2022-nla', 'windows-2019-without-nla', 'windows-7'] as const;

describeNetworkCheck(negotiationMismatch, {
  troubles: [
    {
      name: 'failure 5 to everything: demanded and refused',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, () => fails(5)),
      says: ['HYBRID_REQUIRED_BY_SERVER', 'CredSSP may not be loaded', 'credssp-provider-missing'],
    },
    {
      name: 'failure 1 to everything',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, () => fails(1)),
      says: ['demands TLS (failure 1)'],
    },
    {
      name: 'failure 2 to everything: nothing is left',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, () => fails(2)),
      says: ['nothing is left to agree on'],
    },
    {
      name: 'failure 4 to everything',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, () => fails(4)),
      says: ['inconsistent'],
    },
    {
      name: 'failure 6 to everything',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, () => fails(6)),
      says: [
        'No client and the server agree on security',
        'a certificate of the user',
        'SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER',
        'No client that is looked at is known to agree with it.',
      ],
    },
    {
      name: 'a failure that no specification names',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, () => fails(77)),
      says: ['failure 77, which the specification does not name'],
    },
    {
      name: 'it selects what was not asked for',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, () => selects(4)),
      says: ['Connection Request 0xB: RDSTLS (4) selected', 'did not ask for'],
    },
    {
      name: 'an MCS disconnect in place of every answer',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, disconnects),
      says: ['an MCS disconnect in place of an answer: 03000009 02f08021 80 "......'],
    },
    {
      name: 'early authorization is not understood: Windows 11 fails, Windows 7 works',
      verdict: 'fault',
      kinds: withCredssp,
      plant(endpoint) {
        answersInstead(endpoint, { 11: ends('reset') });
        repeated(endpoint, 'Connection Request 0xB', 'reset', 'reset', 'reset');
      },
      says: [
        'Windows 11',
        /Turned away: Windows 10, .*agree with Windows 7, FreeRDP/,
        'reset without a byte',
      ],
    },
    {
      name: 'the same, seen once',
      verdict: 'fault',
      certainty: 'likely',
      kinds: withCredssp,
      plant: (endpoint) => answersInstead(endpoint, { 11: ends('too-late') }),
      says: ['not a byte within 2 ms'],
    },
    {
      name: 'only what asks for early authorization gets in: FreeRDP and Windows 7 fail',
      verdict: 'fault',
      kinds: ['windows-2022-nla'],
      plant: (endpoint) => answersInstead(endpoint, { 3: fails(5) }),
      says: [/Turned away: Windows 7, FreeRDP .*agree with Windows 10/],
    },
    {
      name: 'a request without early authorization is turned away, and only Windows 7 asks for no less',
      verdict: 'fault',
      certainty: 'likely',
      kinds: ['xrdp-negotiate'],
      plant: (endpoint) => answersInstead(endpoint, { 3: fails(6) }),
      says: ['Windows 7 and the server agree on no security'],
    },
  ],
  healthy: [
    {
      name: 'a drop where all connections go now this way and now that',
      alter(endpoint) {
        answersInstead(endpoint, { 3: ends('reset') });
        repeated(endpoint, 'Connection Request 0xB', 'reset', 'selected 2');
      },
    },
    {
      name: 'standard security alone, and no word on it',
      alter: (endpoint) => negotiatesNoTls(endpoint, confirmsWithoutData),
    },
    {
      name: 'no certificate has a check of its own',
      alter: (endpoint) => negotiatesNoTls(endpoint, () => fails(3)),
    },
    {
      name: 'what the named clients do not ask for is turned away',
      alter: (endpoint) => answersInstead(endpoint, { 2: fails(4), 8: ends('reset'), 4: fails(6) }),
    },
  ],
  blind: [{ name: 'nothing known of the negotiation', blind: ['negotiation'] }],
});
