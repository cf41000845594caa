import { labCertificate } from '../../../lab/world/network-answers.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { type EndpointWorld, notOffered, put } from '../../../lab/world/network-world.ts';
import type { PresentedCertificate } from '../../model/endpoint.ts';
import { certificateWeak } from './certificate-weak.ts';

function presents(changed: Partial<PresentedCertificate>): (endpoint: EndpointWorld) => void {
  return (endpoint) => put(endpoint, 'certificate', { certificates: [{ ...labCertificate, ...changed }] });
}

const issued = { selfSigned: false, issuer: 'CN=LAB-CA' };
const weakSignatures = [
  'sha1WithRSAEncryption',
  'ecdsa-with-SHA1',
  'RSA-SHA1',
  'md5WithRSAEncryption',
  'md2WithRSAEncryption',
];
const soundSignatures = [
  'sha256WithRSAEncryption',
  'sha384WithRSAEncryption',
  'RSA-SHA512',
  'ecdsa-with-SHA256',
  'rsassaPss',
  'ED25519',
];

describeNetworkCheck(certificateWeak, {
  troubles: [
    {
      name: 'an RSA key of 512 bits',
      verdict: 'fault',
      says: ['too small', /internal error: .*Windows 10.*Windows 11/, 'an RSA key of 512 bits', 'certlm.msc'],
      plant: presents({ keyBits: 512 }),
    },
    {
      name: 'an issued one with 1016 bits',
      verdict: 'fault',
      says: ['an RSA key of 1016 bits', 'Set-RDCertificate'],
      plant: presents({ keyBits: 1016, ...issued }),
    },
    {
      name: 'an RSA key of 1024 bits',
      verdict: 'risk',
      says: ['has fewer than 2048 bits', 'an RSA key of 1024 bits'],
      plant: presents({ keyBits: 1024 }),
    },
    { name: 'an RSA key of 2047 bits', verdict: 'risk', plant: presents({ keyBits: 2047 }) },
    ...weakSignatures.map((signature) => ({
      name: `issued with ${signature}`,
      verdict: 'risk' as const,
      says: ['signed in a way that clients give up', signature],
      plant: presents({ signature, ...issued }),
    })),
  ],
  healthy: [
    { name: 'a key on a curve', alter: presents({ keyType: 'ec', keyBits: 256 }) },
    {
      name: 'signed by itself with SHA-1: no trust rests on that signature',
      alter: presents({ signature: 'sha1WithRSAEncryption' }),
    },
    { name: 'signed by itself, in a way that could not be read', alter: presents({ signature: undefined }) },
    ...soundSignatures.map((signature) => ({
      name: `issued with ${signature}`,
      alter: presents({ signature, ...issued }),
    })),
    {
      name: 'only standard security is offered',
      alter: (endpoint) => notOffered(endpoint, 'tls', 'cipher-suites', 'certificate', 'nla'),
    },
  ],
  blind: [
    { name: 'no certificate was seen', blind: ['certificate'] },
    {
      name: 'the signature of an issued one could not be read',
      blind: ['repeats'],
      alter: presents({ signature: undefined, ...issued }),
    },
  ],
});
