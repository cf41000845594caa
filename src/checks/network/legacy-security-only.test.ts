import { confirmsWithoutData, disconnects, fails, selects } from '../../../lab/world/network-answers.ts';
import { answersInstead, negotiatesNoTls } from '../../../lab/world/network-plants.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { legacySecurityOnly } from './legacy-security-only.ts';

describeNetworkCheck(legacySecurityOnly, {
  troubles: [
    {
      name: 'failure 2 to all but standard security, as Windows says it',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) =>
        negotiatesNoTls(endpoint, (requested) => (requested === 0 ? selects(0) : fails(2))),
      says: ['failure 2, SSL_NOT_ALLOWED_BY_SERVER', 'Windows 10', 'FreeRDP', 'negotiation-test-left-on'],
    },
    {
      name: 'an RDP_NEG_RSP to everything, which selects standard security, as xrdp says it',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) =>
        negotiatesNoTls(endpoint, (requested) => (requested === 0x10 ? disconnects() : selects(0))),
      says: ['Connection Request 0xB: standard RDP security (0) selected'],
    },
    {
      name: 'a Connection Confirm without a word, as servers before RDP 5.2 say it',
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => negotiatesNoTls(endpoint, confirmsWithoutData),
      says: ['confirmed without a word on security: 0300000b 06d00000 123400 '],
    },
  ],
  healthy: [
    {
      name: 'it selects standard security where that was asked for',
      alter: (endpoint) => answersInstead(endpoint, { 0: selects(0) }),
    },
    {
      name: 'one request that clients make leads to TLS',
      alter: (endpoint) =>
        negotiatesNoTls(endpoint, (requested) => (requested === 3 ? selects(1) : selects(0))),
    },
    {
      name: 'standard security is refused as well',
      alter: (endpoint) => negotiatesNoTls(endpoint, () => fails(2)),
    },
  ],
  blind: [{ name: 'nothing known of the negotiation', blind: ['negotiation'] }],
});
