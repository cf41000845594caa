import { absent, known, unknown } from '../../model/answer.ts';
import type { AddressReach, Reachability } from '../../model/endpoint.ts';
import type { EndpointQuestionKind, Question } from '../../model/question.ts';
import type { Source } from '../../model/source.ts';
import { TargetProblem } from '../../model/target-problem.ts';
import { text } from '../../text/index.ts';
import { serverNameOf } from '../../wire/tls/index.ts';
import { type EndpointName, endpointName, showAddress } from './address.ts';
import { audit } from './audit.ts';
import { clock } from './clock.ts';
import { machineOf } from './machine.ts';
import { nothingObserved, type Observed, type OfOneAddress, observedOf } from './observed.ts';
import type { Place } from './place.ts';
import { type Reached, reach, resolve } from './reach.ts';
import { Slots } from './slots.ts';

export type { Observed } from './observed.ts';

export interface EndpointOptions {
  /** For everything together, in milliseconds. */
  readonly timeout: number;
  /** Asks only what a verdict needs. */
  readonly quick: boolean;
  /** SHA-1 in upper-case hex of the certificate that the user says it should present. */
  readonly expectCertificate?: string | undefined;
}

/** One address of an endpoint, as a source of answers. */
export interface EndpointAddress extends Source {
  readonly kind: 'endpoint';
  /** Undefined where no address could be connected to: it speaks for all of them. */
  readonly address: string | undefined;
  readonly observed: Observed;
}

/** An endpoint that was looked at. */
export interface EndpointTarget {
  /** As the user named it. */
  readonly name: string;
  readonly port: number;
  readonly addresses: readonly AddressReach[];
  /** A source for each address that could be connected to, or one for none of them. */
  readonly sources: readonly [EndpointAddress, ...EndpointAddress[]];
}

/** More at once look, to a server with a short backlog, like what breaks it. */
const mostConnections = 3;
/** Of several addresses one may be dead: long enough for two lost SYNs, and then the others are looked at. */
const deadAddress = 3500;

/** How long a connection to one of so many addresses is waited for: half of the time is left for those that are there. */
function connectPatience(timeout: number, addresses: number): number {
  if (addresses === 1) return timeout;
  const turns = Math.ceil(addresses / mostConnections);
  return Math.min(deadAddress, timeout / 2 / turns);
}

/**
 * Looks at an endpoint through every address of its name, within one deadline. It sends no credentials and signs nobody in.
 * Throws `TargetProblem` where there is nothing to connect to.
 */
export async function openEndpoint(target: string, options: EndpointOptions): Promise<EndpointTarget> {
  const name = endpointName(target);
  const began = clock();
  const addresses = await resolve(name.host, began + options.timeout);
  const places = placesOf(name, addresses, began, options);
  const patience = connectPatience(options.timeout, places.length);
  const looked = await Promise.all(places.map((place) => look(place, patience)));
  const reached = looked.map(({ reached }) => reached.reach);
  requireTried(reached);
  const open = looked.flatMap(({ place, reached, observed }) =>
    observed ? [{ address: place.address, reach: reached.reach, observed }] : [],
  );
  const [first, ...rest] = open;
  const { expectCertificate } = options;
  // The first speaks for all addresses, and so for those that are dead; each other one for itself alone.
  const whole = { name: name.host, port: name.port, addresses: reached };
  const firstSource = sourceOf(
    whole,
    first?.address,
    first?.observed ?? nothingObserved(target),
    expectCertificate,
  );
  const others = rest.map(({ address, reach, observed }) =>
    sourceOf({ ...whole, addresses: [reach] }, address, observed, expectCertificate),
  );
  return { name: target, port: name.port, addresses: reached, sources: [firstSource, ...others] };
}

function placesOf(
  { host, port }: EndpointName,
  addresses: readonly string[],
  began: number,
  { timeout, quick }: EndpointOptions,
): Place[] {
  const slots = new Slots(mostConnections);
  return addresses.map((address) => ({
    address,
    port,
    shown: showAddress(address, port),
    serverName: serverNameOf(host),
    slots,
    began,
    until: began + timeout,
    quick,
    observations: [],
    slowest: 0,
  }));
}

interface Looked {
  readonly place: Place;
  readonly reached: Reached;
  /** Undefined where the address could not be connected to. */
  readonly observed: OfOneAddress | undefined;
}

async function look(place: Place, patience: number): Promise<Looked> {
  const reached = await reach(place, patience);
  if (!reached.first) return { place, reached, observed: undefined };
  return { place, reached, observed: observedOf(place, await audit(place, reached.first)) };
}

/** Where not one address could even be tried from here, nothing was looked at. */
function requireTried(reached: readonly AddressReach[]): void {
  if (reached.some(({ tcp }) => tcp !== 'not-tried')) return;
  throw new TargetProblem(text('problem.no-route', { detail: reached[0]?.detail ?? '' }));
}

function sourceOf(
  reachability: Reachability,
  address: string | undefined,
  ofAddress: OfOneAddress,
  expected: string | undefined,
): EndpointAddress {
  const { name, port } = reachability;
  const where = showAddress(address ?? name, port);
  const observed: Observed = {
    ...ofAddress,
    'endpoint-reachability': known(reachability, where),
    'endpoint-expected-certificate': expected
      ? known({ thumbprint: expected, saidBy: 'user' }, '--expect-certificate')
      : absent(where),
  };
  return {
    kind: 'endpoint',
    address,
    machine: machineOf(observed),
    observed,
    answer: async (questions) => questions.map((question) => answerTo(observed, question)),
  };
}

function answerTo(observed: Observed, { kind }: Question) {
  if (Object.hasOwn(observed, kind)) return observed[kind as EndpointQuestionKind];
  return unknown(kind, 'a network does not show it');
}
