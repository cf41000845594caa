import type { NlaAttempt, SettingsAttempt } from '../model/endpoint.ts';
import {
  failureName,
  mcsReasonName,
  mcsResultName,
  type Negotiation,
  protocolNames,
  rdpVersionName,
} from '../wire/rdp/index.ts';
import { alertName, type FirstFlight, suiteName } from '../wire/tls/index.ts';

// What came of each phase in a few words. Names of protocols and answers are the specifications' own, in every language.

const endings = { closed: 'closed', reset: 'reset', 'too-late': 'no answer in time' } as const;

/** What came of a Connection Request. */
export function negotiationAnswer(negotiation: Negotiation): string {
  switch (negotiation.kind) {
    case 'selected':
      return protocolNames(negotiation.selected).join(', ');
    case 'failed':
      return failureName(negotiation.code);
    case 'no-data':
      return 'confirmed without negotiation data';
    case 'disconnected':
      return `MCS disconnect, ${mcsReasonName(negotiation.reason)}`;
    case 'not-rdp':
      return negotiation.service ?? negotiation.detail;
    case 'ended':
      return endings[negotiation.ending];
  }
}

/** What came of a ClientHello. */
export function flightAnswer(flight: FirstFlight): string {
  switch (flight.kind) {
    case 'server-hello':
      return `${flight.version}, ${suiteName(flight.suite)}${rest(flight)}`;
    case 'hello-retry-request':
      return `TLS 1.3, ${suiteName(flight.suite)}`;
    case 'alert':
      return `alert ${flight.description} ${alertName(flight.description)}`;
    case 'not-tls':
      return flight.detail;
    case 'ended':
      return endings[flight.ending];
  }
}

function rest({ alert, ending }: Extract<FirstFlight, { kind: 'server-hello' }>): string {
  if (alert) return `, then alert ${alert.description} ${alertName(alert.description)}`;
  return ending ? `, then ${endings[ending]}` : '';
}

/** What came of CredSSP. */
export function credsspAnswer({ credssp }: NlaAttempt): string {
  switch (credssp.kind) {
    case 'challenge':
      return `CredSSP ${credssp.version}, NTLM challenge`;
    case 'refused':
      return `CredSSP ${credssp.version}, status 0x${(credssp.status >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
    case 'no-challenge':
      return `CredSSP ${credssp.version}, no NTLM challenge`;
    case 'not-credssp':
      return credssp.detail;
    case 'ended':
      return endings[credssp.ending];
  }
}

/** What came of MCS Connect. */
export function settingsAnswer({ settings }: SettingsAttempt): string {
  switch (settings.kind) {
    case 'connected':
      return rdpVersionName(settings.version);
    case 'refused':
      return `refused, ${mcsResultName(settings.result)}`;
    case 'disconnected':
      return `MCS disconnect, ${mcsReasonName(settings.reason)}`;
    case 'not-mcs':
      return settings.detail;
    case 'ended':
      return endings[settings.ending];
  }
}
