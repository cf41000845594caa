import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { type EndpointWorld, put, seen, unseen } from '../../../lab/world/network-world.ts';
import { certificateUnreadable } from './certificate-unreadable.ts';

const aesGcm = 0xc030;
const anonymous = 0x0034;

/** A whole flight of TLS 1.2 with these certificates, none of which could be read. */
function sends(certificates: readonly Uint8Array[], suite = aesGcm): (endpoint: EndpointWorld) => void {
  return (endpoint) => {
    const tls = seen(endpoint, 'tls');
    put(endpoint, 'tls', {
      ...tls,
      handshake: { kind: 'not-possible', detail: 'ERR_SSL_WRONG_ASN1_ENCODING' },
      first: {
        ...tls.first,
        flight: {
          kind: 'server-hello',
          version: 'TLS 1.2',
          suite,
          certificates,
          complete: true,
          group: 29,
          alert: undefined,
          ending: undefined,
          bytes: Buffer.from('160303', 'hex'),
        },
      },
    });
    unseen(endpoint, 'the certificate is not X.509', 'certificate');
  };
}

describeNetworkCheck(certificateUnreadable, {
  troubles: [
    {
      name: 'junk for a certificate',
      verdict: 'fault',
      certainty: 'likely',
      plant: sends([Buffer.from('junk')]),
    },
    {
      name: 'an empty list',
      verdict: 'fault',
      certainty: 'likely',
      plant: sends([]),
      says: ['without a certificate'],
    },
  ],
  healthy: [{ name: 'an anonymous suite, which has none', alter: sends([], anonymous) }],
  blind: [{ name: 'nothing known of TLS', blind: ['tls'] }],
});
