import { selects } from '../../../lab/world/network-answers.ts';
import { negotiatesNoTls } from '../../../lab/world/network-plants.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import {
  type EndpointKind,
  type EndpointWorld,
  notOffered,
  put,
  unseen,
} from '../../../lab/world/network-world.ts';
import type { SettingsAttempt } from '../../model/endpoint.ts';
import type { Ending } from '../../wire/dialogue.ts';
import type { ServerSettings } from '../../wire/rdp/index.ts';
import { droppedAfterTls } from './dropped-after-tls.ts';

const withoutNla: readonly EndpointKind[] = ['xrdp-tls', 'xrdp-negotiate'];
const withBoth: readonly EndpointKind[] = ['windows-2019-without-nla'];

function ended(ending: Ending, bytes = Buffer.alloc(0)): SettingsAttempt['settings'] {
  return { kind: 'ended', ending, bytes };
}

function answers(
  settings: ServerSettings,
  rest: Partial<SettingsAttempt> = {},
): (endpoint: EndpointWorld) => void {
  return (endpoint) => put(endpoint, 'settings', { settings, ...rest });
}

/** Standard security is all that there is, and MCS Connect comes to this. */
function standardOnly(settings: ServerSettings): (endpoint: EndpointWorld) => void {
  return (endpoint) => {
    negotiatesNoTls(endpoint, () => selects(0));
    put(endpoint, 'settings', { protocol: 0, settings, milliseconds: 3 });
  };
}

const fault = { verdict: 'fault', certainty: 'likely' } as const;

describeNetworkCheck(droppedAfterTls, {
  troubles: [
    {
      ...fault,
      name: 'closed after MCS Connect',
      kinds: withoutNla,
      says: [
        'hangs up right after TLS stands',
        'MCS Connect, inside TLS: closed after MCS Connect',
        'termsrv.dll',
        'A limit of connections',
        /^(?!.*With it the server begins)/s,
      ],
      plant: answers(ended('closed')),
    },
    {
      ...fault,
      name: 'reset after MCS Connect',
      kinds: withoutNla,
      says: ['hangs up right after TLS stands', 'by a reset or a TLS alert'],
      plant: answers(ended('reset')),
    },
    {
      ...fault,
      name: 'silence after MCS Connect',
      kinds: withoutNla,
      says: ['falls silent right after TLS stands', 'nothing after MCS Connect, until', 'is stuck'],
      plant: answers(ended('too-late')),
    },
    {
      ...fault,
      name: 'a part of an answer, and then the end',
      kinds: withoutNla,
      says: ['closed after a part of an answer to MCS Connect: 0300'],
      plant: answers(ended('closed', Buffer.from('0300', 'hex'))),
    },
    {
      ...fault,
      name: 'a TLS alert',
      kinds: withoutNla,
      says: ['hangs up right after TLS stands', 'the TLS alert internal_error'],
      plant: answers(ended('reset'), { alert: 'internal_error' }),
    },
    {
      ...fault,
      name: "a demand for a client's certificate",
      kinds: withoutNla,
      says: ['demands a certificate of every client', 'the TLS alert certificate_required', 'Connect past'],
      plant: answers(ended('reset'), { alert: 'certificate_required' }),
    },
    {
      ...fault,
      name: 'Network Level Authentication begins, and what comes without it is dropped',
      kinds: withBoth,
      says: ['hangs up right after TLS stands', 'With it the server begins to sign in'],
      plant: answers(ended('reset')),
    },
    {
      ...fault,
      name: 'standard security, and then a reset',
      says: ['hangs up at the first message of a session', 'it then ended the connection'],
      alsoFound: ['legacy-security-only'],
      plant: standardOnly(ended('reset')),
    },
    {
      ...fault,
      name: 'standard security, and then silence',
      says: ['falls silent at the first message of a session', 'it then said nothing'],
      alsoFound: ['legacy-security-only'],
      plant: standardOnly(ended('too-late')),
    },
  ],
  healthy: [
    ...(
      [
        { kind: 'refused', result: 3, bytes: Buffer.from('0300', 'hex') },
        { kind: 'disconnected', reason: 3, bytes: Buffer.from('0300', 'hex') },
        { kind: 'not-mcs', detail: 'no TPKT', bytes: Buffer.from('ff', 'hex') },
      ] as const
    ).map((settings) => ({
      name: `an answer, though an odd one (${settings.kind})`,
      kinds: [...withoutNla, ...withBoth],
      alter: answers(settings),
    })),
    { name: 'it is not offered', alter: (endpoint) => notOffered(endpoint, 'settings') },
    {
      name: 'it was not asked, and CredSSP tells that the server goes on',
      kinds: ['windows-2022-nla', 'windows-2019-without-nla', 'windows-7'],
      alter: (endpoint) => unseen(endpoint, 'not asked with --quick', 'settings'),
    },
  ],
  blind: [
    { name: 'TLS did not come up', blind: ['nla', 'settings'] },
    { name: 'nothing was seen after TLS', blind: ['settings'], kinds: withoutNla },
  ],
});
