import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../../model/answer.ts';
import type { Repeats, TlsSupport } from '../../model/endpoint.ts';
import type { Evidence } from '../../model/finding.ts';
import { type Text, text } from '../../text/index.ts';
import type { Ending } from '../../wire/dialogue.ts';
import { type Alert, alertName, type FirstFlight, suiteName, type TlsVersion } from '../../wire/tls/index.ts';
import { networkEvidence } from '../judgement.ts';
import { showBytes } from './evidence.ts';
import { isUnstable, type Series, seriesOf } from './repeats.ts';

/** What a ClientHello came to, as the checks tell it apart. */
export type TlsOutcome =
  | { readonly kind: 'agreed'; readonly version: TlsVersion; readonly suite: number }
  /** `after` is the version of the ServerHello that came first, if one did. */
  | { readonly kind: 'refused'; readonly alert: Alert; readonly after: TlsVersion | undefined }
  | { readonly kind: 'dropped'; readonly ending: Ending; readonly after: TlsVersion | undefined }
  /** No TLS, or none that can be read. */
  | {
      readonly kind: 'not-tls';
      readonly detail: string;
      readonly bytes: Uint8Array;
      /** It answers with a version or a suite that was not offered: those that were are refused by that. */
      readonly choosesOther: boolean;
    };

export function tlsOutcome(flight: FirstFlight): TlsOutcome {
  switch (flight.kind) {
    case 'server-hello':
      return helloOutcome(flight);
    case 'hello-retry-request':
      return { kind: 'agreed', version: 'TLS 1.3', suite: flight.suite };
    case 'alert': {
      const { level, description } = flight;
      return { kind: 'refused', alert: { level, description }, after: undefined };
    }
    case 'ended':
      return { kind: 'dropped', ending: flight.ending, after: undefined };
    case 'not-tls': {
      const { detail, bytes, chosen } = flight;
      return { kind: 'not-tls', detail, bytes, choosesOther: chosen !== undefined };
    }
  }
}

function helloOutcome(flight: Extract<FirstFlight, { kind: 'server-hello' }>): TlsOutcome {
  const { version, suite, complete, alert, ending, detail, bytes } = flight;
  if (complete) return { kind: 'agreed', version, suite };
  if (alert) return { kind: 'refused', alert, after: version };
  if (ending) return { kind: 'dropped', ending, after: version };
  return { kind: 'not-tls', detail: detail ?? 'a part of a first flight', bytes, choosesOther: false };
}

/** How the whole handshake broke although the ServerHello was well: by an alert of that name, or without one. */
export interface BrokenHandshake {
  readonly alert: string | undefined;
  readonly detail: string;
}

/**
 * Undefined where it did not break, and where that may be due to the library that tried it: it has no suite without AES
 * and ChaCha20, and then the two have nothing in common.
 */
export function brokenHandshake({ first, handshake }: TlsSupport): BrokenHandshake | undefined {
  const outcome = tlsOutcome(first.flight);
  if (handshake?.kind !== 'broken' || outcome.kind !== 'agreed') return undefined;
  if (!/AES|CHACHA20/.test(suiteName(outcome.suite))) return undefined;
  const [, alert] = /_ALERT_(\w+)$/.exec(handshake.detail) ?? [];
  return { alert: alert?.toLowerCase(), detail: handshake.detail };
}

/**
 * Whether a TLS library's whole handshake came to its end although the ClientHello that only looks was turned down: then
 * that refusal was of the ClientHello, which does not offer every group and extension, and not of TLS.
 */
export function standsAllTheSame({ first, handshake }: TlsSupport): boolean {
  return handshake?.kind === 'completed' && tlsOutcome(first.flight).kind !== 'agreed';
}

/** What a ClientHello came to, as evidence says it. */
export function sawOutcome(outcome: TlsOutcome): Text {
  switch (outcome.kind) {
    case 'agreed':
      return text('saw.tls-agreed', { version: outcome.version, suite: suiteName(outcome.suite) });
    case 'refused':
      return sawAlert(outcome.alert, outcome.after);
    case 'dropped':
      return sawEnding(outcome.ending, outcome.after);
    case 'not-tls':
      return text('saw.tls-other-bytes', { detail: outcome.detail, bytes: showBytes(outcome.bytes) });
  }
}

/** The alert's name in IANA's registry; `unknown` where it has none. */
export function nameOfAlert(description: number): string {
  const name = alertName(description);
  return name === `alert ${description}` ? 'unknown' : name;
}

function sawAlert({ description }: Alert, after: TlsVersion | undefined): Text {
  const alert = { name: nameOfAlert(description), number: description };
  return after === undefined
    ? text('saw.tls-alert', alert)
    : text('saw.tls-alert-after', { version: after, ...alert });
}

function sawEnding(ending: Ending, after: TlsVersion | undefined): Text {
  return after === undefined
    ? text('saw.tls-ending', { ending })
    : text('saw.tls-ending-after', { version: after, ending });
}

/**
 * What the fullest ClientHello came to, and then each version alone where that was asked: one line for all of them where
 * they came to the same.
 */
export function tlsEvidence({ first, alone }: TlsSupport, where: string): readonly Evidence[] {
  const together = sawOutcome(tlsOutcome(first.flight));
  const apart = alone.map(({ versions, flight }) => ({ versions, saw: sawOutcome(tlsOutcome(flight)) }));
  const alike = apart.length > 0 && apart.every(({ saw }) => isDeepStrictEqual(saw, together));
  const lines = alike
    ? [helloEvidence(`${where}, each version alone`, together)]
    : apart.map(({ versions, saw }) => helloEvidence(`${where}, ${versions.join(', ')} alone`, saw));
  return [helloEvidence(where, together), ...lines];
}

function helloEvidence(where: string, saw: Text): Evidence {
  return networkEvidence(where, saw, text('expected.tls-server-hello'));
}

/** The versions that were accepted where they were offered alone, oldest first. */
export function acceptedAlone({ alone }: TlsSupport): readonly TlsVersion[] {
  return alone.flatMap(({ versions, flight }) => {
    const outcome = tlsOutcome(flight);
    return outcome.kind === 'agreed' && versions.includes(outcome.version) ? [outcome.version] : [];
  });
}

const oldestFirst: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

/** The versions that are known to be accepted, oldest first; none where a handshake with all of them fails. */
export function acceptedVersions(tls: TlsSupport): readonly TlsVersion[] {
  const outcome = tlsOutcome(tls.first.flight);
  if (outcome.kind !== 'agreed' || brokenHandshake(tls)) return [];
  const accepted = [outcome.version, ...acceptedAlone(tls)];
  return oldestFirst.filter((version) => accepted.includes(version));
}

/** How often the fullest ClientHello was sent, if it came to the same each time; 0 where the answers differ. */
export function alikeAnswers(repeats: Answer<Repeats>): number {
  const series = helloSeries(repeats);
  const kinds = new Set(series?.answers.map(([answer]) => kindOf(answer)));
  return kinds.size === 1 ? (series?.answers.reduce((sum, [, times]) => sum + times, 0) ?? 0) : 0;
}

/** Whether an end arrives as a reset may depend on what was still under way. */
function kindOf(answer: string): string {
  return answer === 'reset' ? 'closed' : answer;
}

/** Whether the same ClientHello was answered at one time and not at another. */
export function answersDiffer(repeats: Answer<Repeats>): boolean {
  const series = helloSeries(repeats);
  return series !== undefined && isUnstable(series);
}

function helloSeries(repeats: Answer<Repeats>): Series | undefined {
  if (repeats.state !== 'known') return undefined;
  return seriesOf(repeats.value).find(({ asked }) => asked.includes('ClientHello'));
}
