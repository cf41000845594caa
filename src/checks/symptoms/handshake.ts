import type { TlsAttempt } from '../../model/endpoint.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Text } from '../../text/index.ts';
import type { TlsVersion } from '../../wire/tls/index.ts';
import { networkEvidence } from '../judgement.ts';
import { sawOutcome, tlsOutcome } from '../network/first-flight.ts';

/** The version of a whole first flight; undefined where there was none. */
export function agreedOn({ flight }: TlsAttempt): TlsVersion | undefined {
  const outcome = tlsOutcome(flight);
  return outcome.kind === 'agreed' ? outcome.version : undefined;
}

/** unrecognized_name: the alert is about the name that was asked for (RFC 6066, section 3). */
const aboutTheName: readonly number[] = [112];
/** protocol_version and insufficient_security: they are about versions and suites (RFC 8446, section 6.2). */
const aboutAlgorithms: readonly number[] = [70, 71];

/**
 * Whether a server that speaks TLS would not go on: an alert, an end, or a choice that was not offered. Silence is left out,
 * which a path that loses packets makes as well, and so is what is no TLS.
 */
export function isTurnedDown({ flight }: TlsAttempt, { forItsKey = false } = {}): boolean {
  const outcome = tlsOutcome(flight);
  switch (outcome.kind) {
    case 'refused': {
      const others = forItsKey ? [...aboutTheName, ...aboutAlgorithms] : aboutTheName;
      return !others.includes(outcome.alert.description);
    }
    case 'dropped':
      return outcome.ending !== 'too-late';
    case 'not-tls':
      return outcome.choosesOther && !forItsKey;
    case 'agreed':
      return false;
  }
}

/** What a ClientHello came to. */
export function helloEvidence(where: string, { flight }: TlsAttempt, expected: Text): Evidence {
  return networkEvidence(where, sawOutcome(tlsOutcome(flight)), expected);
}
