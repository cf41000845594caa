import { fails, selects } from '../../../lab/world/network-answers.ts';
import { answersInstead, negotiatesNoTls } from '../../../lab/world/network-plants.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { certificateNotOnServer } from './certificate-not-on-server.ts';

describeNetworkCheck(certificateNotOnServer, {
  troubles: [
    {
      name: 'every request for TLS fails with 3',
      verdict: 'fault',
      plant: (endpoint) => negotiatesNoTls(endpoint, (requested) => fails(requested === 0 ? 5 : 3)),
      says: ['Connection Request 0xB: failure 3, SSL_CERT_NOT_ON_SERVER', 'certificate-key-missing'],
    },
    {
      name: 'standard security is left',
      verdict: 'fault',
      plant: (endpoint) =>
        negotiatesNoTls(endpoint, (requested) => (requested === 0 ? selects(0) : fails(3))),
    },
  ],
  healthy: [
    {
      name: 'a request for RDSTLS alone fails so, and TLS is agreed on',
      alter: (endpoint) => answersInstead(endpoint, { 4: fails(3) }),
    },
  ],
  blind: [{ name: 'nothing known of the negotiation', blind: ['negotiation'] }],
});
