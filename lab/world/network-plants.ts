import type { Negotiation } from '../../src/wire/rdp/index.ts';
import { matrix } from './network-answers.ts';
import { type EndpointWorld, endsAt, notOffered, put } from './network-world.ts';

const requests = [0xb, 0, 1, 3, 2, 8, 4, 0x10] as const;

/** An endpoint that gives every Connection Request this answer, and to which nothing more can be said. */
export function answersAlways(endpoint: EndpointWorld, negotiation: Negotiation): void {
  put(endpoint, 'negotiation', matrix(requests.map((requested) => [requested, negotiation])));
  endsAt(endpoint, 'negotiation');
}

/** An endpoint whose answers lead to no TLS, though it answers: what it makes of each request is told. */
export function negotiatesNoTls(endpoint: EndpointWorld, answer: (requested: number) => Negotiation): void {
  put(endpoint, 'negotiation', matrix(requests.map((requested) => [requested, answer(requested)])));
  notOffered(endpoint, 'tls', 'cipher-suites', 'certificate', 'nla', 'settings');
}

/** Another answer to some of the requests. */
export function answersInstead(
  endpoint: EndpointWorld,
  answers: Readonly<Record<number, Negotiation>>,
): void {
  if (endpoint.negotiation.state !== 'known') throw new Error('nothing is known of the negotiation here');
  const attempts = endpoint.negotiation.value.attempts.map((attempt) => ({
    ...attempt,
    negotiation: answers[attempt.requested] ?? attempt.negotiation,
  }));
  put(endpoint, 'negotiation', { attempts });
}
