import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import {
  type EndpointKind,
  type EndpointWorld,
  notOffered,
  put,
  seen,
} from '../../../lab/world/network-world.ts';
import type { Credssp } from '../../wire/credssp/index.ts';
import { credsspFails } from './credssp-fails.ts';

const kinds: readonly EndpointKind[] = ['windows-2022-nla', 'windows-2019-without-nla', 'windows-7'];
const bytes = Buffer.from('300d a003020106 a406 0204', 'hex');

function answers(credssp: Credssp): (endpoint: EndpointWorld) => void {
  return (endpoint) => put(endpoint, 'nla', { credssp });
}

function speaksVersion(version: number): (endpoint: EndpointWorld) => void {
  return (endpoint) => {
    const { credssp } = seen(endpoint, 'nla');
    if (credssp.kind === 'challenge') put(endpoint, 'nla', { credssp: { ...credssp, version } });
  };
}

describeNetworkCheck(credsspFails, {
  troubles: [
    {
      name: 'closed after the first TSRequest',
      kinds,
      verdict: 'fault',
      certainty: 'likely',
      says: ['breaks before anyone signs in', 'closed after the first TSRequest', 'credssp.dll'],
      plant: answers({ kind: 'ended', ending: 'closed', bytes: Buffer.alloc(0) }),
    },
    {
      name: 'a reset, or a TLS alert, after the first TSRequest',
      kinds,
      verdict: 'fault',
      certainty: 'likely',
      says: ['by a reset or a TLS alert'],
      plant: answers({ kind: 'ended', ending: 'reset', bytes: Buffer.alloc(0) }),
    },
    {
      name: 'silence after the first TSRequest',
      kinds,
      verdict: 'fault',
      certainty: 'likely',
      says: ['nothing after the first TSRequest'],
      plant: answers({ kind: 'ended', ending: 'too-late', bytes: Buffer.alloc(0) }),
    },
    {
      name: 'an error that has a name',
      kinds,
      verdict: 'fault',
      certainty: 'likely',
      says: ['SEC_E_SECPKG_NOT_FOUND (0x80090305)', 'answers the very first message with an error'],
      plant: answers({ kind: 'refused', version: 6, status: 0x80090305, bytes }),
    },
    {
      name: 'an error without a name, read as a signed number',
      kinds,
      verdict: 'fault',
      certainty: 'likely',
      says: ['the error 0xC0001234'],
      plant: answers({ kind: 'refused', version: 6, status: 0xc0001234 | 0, bytes }),
    },
    {
      name: 'something that is no CredSSP',
      kinds,
      verdict: 'fault',
      certainty: 'likely',
      says: ['no TSRequest', 'HTTP', 'Windows does not do that'],
      plant: answers({ kind: 'not-credssp', detail: 'no SEQUENCE', bytes: Buffer.from('HTTP/1.1 400') }),
    },
    ...[0xc00000bb, 0x80090302, 0xc0000418].map((status) => ({
      name: `NTLM is refused with 0x${status.toString(16)}`,
      kinds,
      verdict: 'fault' as const,
      certainty: 'possible' as const,
      says: ['takes no NTLM', 'That may be meant', 'Restrict NTLM'],
      plant: answers({ kind: 'refused', version: 6, status: status | 0, bytes }),
    })),
    ...[2, 3, 4].map((version) => ({
      name: `a CHALLENGE in version ${version} of CredSSP`,
      kinds,
      verdict: 'fault' as const,
      certainty: 'likely' as const,
      says: ['too old', `version ${version} of CredSSP`, /oracle remediation.*Windows 10.*Windows 11/],
      plant: speaksVersion(version),
    })),
    {
      name: 'a TSRequest without a CHALLENGE',
      kinds,
      verdict: 'fault',
      certainty: 'possible',
      says: ['takes no NTLM', 'nor an error: SPNEGO reject'],
      plant: answers({ kind: 'no-challenge', version: 6, said: 'SPNEGO reject', bytes }),
    },
    ...[
      'a NTLM message that cannot be read: a NTLM message of 20 bytes',
      'a token that begins with 5a5a',
    ].map((said) => ({
      name: `a TSRequest with ${said}`,
      kinds,
      verdict: 'fault' as const,
      certainty: 'likely' as const,
      says: ['breaks before anyone signs in', 'or none that can be read', said],
      plant: answers({ kind: 'no-challenge', version: 6, said, bytes }),
    })),
  ],
  healthy: [
    { name: 'a CHALLENGE in version 5 of CredSSP', kinds, alter: speaksVersion(5) },
    { name: 'no Network Level Authentication is offered', alter: (endpoint) => notOffered(endpoint, 'nla') },
  ],
  blind: [{ name: 'TLS did not come up', blind: ['nla'] }],
});
