import { labNow } from '../../../lab/world/check-tester.ts';
import { labCertificate } from '../../../lab/world/network-answers.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import {
  type EndpointKind,
  type EndpointWorld,
  notOffered,
  put,
  seen,
  unseen,
} from '../../../lab/world/network-world.ts';
import type { PresentedCertificate } from '../../model/endpoint.ts';
import { presentedCertificateExpired } from './certificate-expired.ts';

const withNla: readonly EndpointKind[] = ['windows-2022-nla', 'windows-2019-without-nla', 'windows-7'];
const withoutNla: readonly EndpointKind[] = ['xrdp-tls', 'xrdp-negotiate'];
const hour = 3_600_000;

function presents(endpoint: EndpointWorld, changed: Partial<PresentedCertificate>): void {
  put(endpoint, 'certificate', { certificates: [{ ...labCertificate, ...changed }] });
}

/** Sets the server's clock, which NTLM tells; whoever looks goes by `at`. */
function serversClock(endpoint: EndpointWorld, timestamp: Date | undefined, at: Date = labNow): void {
  const { credssp } = seen(endpoint, 'nla');
  if (credssp.kind !== 'challenge') throw new Error('the healthy endpoint sends a CHALLENGE');
  put(endpoint, 'nla', { credssp: { ...credssp, challenge: { ...credssp.challenge, timestamp } }, at });
}

function away(milliseconds: number): Date {
  return new Date(labNow.getTime() + milliseconds);
}

const ended = { notAfter: away(-24 * hour) };

describeNetworkCheck(presentedCertificateExpired, {
  troubles: [
    {
      name: 'a self-signed one has ended, by both clocks',
      kinds: withNla,
      verdict: 'fault',
      says: [
        'renews its own',
        'valid from 2026-04-01 to 2026-06-14',
        "the server's clock at 2026-06-15 12:00 UTC",
      ],
      plant: (endpoint) => presents(endpoint, ended),
    },
    {
      name: 'it has ended, and the server does not tell its clock',
      kinds: withoutNla,
      verdict: 'fault',
      certainty: 'likely',
      plant: (endpoint) => presents(endpoint, ended),
    },
    {
      name: 'a CHALLENGE without a time',
      kinds: withNla,
      verdict: 'fault',
      certainty: 'likely',
      plant(endpoint) {
        presents(endpoint, ended);
        serversClock(endpoint, undefined);
      },
    },
    {
      name: 'an issued one has ended',
      kinds: withNla,
      verdict: 'fault',
      says: ['0x1B07', 'Set-RDCertificate'],
      plant: (endpoint) => presents(endpoint, { ...ended, selfSigned: false, issuer: 'CN=LAB-CA' }),
    },
    {
      name: 'it has not begun',
      kinds: withNla,
      verdict: 'fault',
      says: ['not valid yet'],
      plant: (endpoint) => presents(endpoint, { notBefore: away(24 * hour), notAfter: away(48 * hour) }),
    },
    {
      name: "by our clock alone: the server's is a month behind",
      kinds: withNla,
      verdict: 'fault',
      certainty: 'likely',
      says: [
        "By this computer's clock the certificate is outside",
        "the server's clock at 2026-05-16",
        'w32tm',
      ],
      plant(endpoint) {
        presents(endpoint, ended);
        serversClock(endpoint, away(-30 * 24 * hour));
      },
    },
    {
      name: "by the server's clock alone: it is a year ahead",
      kinds: withNla,
      verdict: 'fault',
      certainty: 'possible',
      says: [
        'by one clock and not by the other',
        "By the server's own clock its certificate is outside",
        "the server's clock at 2027-06-15",
      ],
      plant: (endpoint) => serversClock(endpoint, away(365 * 24 * hour)),
    },
  ],
  healthy: [
    {
      name: "the server's clock is an hour off, which the dates bear",
      kinds: withNla,
      alter: (endpoint) => serversClock(endpoint, away(hour)),
    },
    {
      name: 'the CHALLENGE came long before it is judged: the clocks agree all the same',
      kinds: withNla,
      alter: (endpoint) => serversClock(endpoint, away(-365 * 24 * hour), away(-365 * 24 * hour)),
    },
    { name: 'the last second of it', alter: (endpoint) => presents(endpoint, { notAfter: labNow }) },
    {
      name: 'an issuer of it has ended: clients that know another way to the root do not mind',
      alter: (endpoint) =>
        put(endpoint, 'certificate', { certificates: [labCertificate, { ...labCertificate, ...ended }] }),
    },
    {
      name: 'only standard security is offered',
      alter: (endpoint) => notOffered(endpoint, 'tls', 'cipher-suites', 'certificate', 'nla'),
    },
    {
      name: "valid by our clock, and the server's could not be asked for",
      alter: (endpoint) => unseen(endpoint, 'planted', 'nla'),
    },
  ],
  blind: [{ name: 'no certificate was seen', blind: ['certificate'] }],
});
