import { type Answer, absent, known, unknown } from '../../src/model/answer.ts';
import type { Machine } from '../../src/model/machine.ts';
import type { AnswerValues, EndpointQuestionKind, Question } from '../../src/model/question.ts';
import type { Source } from '../../src/model/source.ts';
import { endpointLiterals, type PhaseLiterals } from './network-literals.ts';

/** Endpoints on which no check may find anything. */
export type EndpointKind = keyof typeof endpointLiterals;

export const endpointKinds: readonly EndpointKind[] = Object.keys(endpointLiterals) as EndpointKind[];

/** One thing that is asked of an endpoint, by its question's name without `endpoint-`. */
export type Phase = EndpointQuestionKind extends `endpoint-${infer Name}` ? Name : never;

/** What an endpoint says to each question, for a test to alter. */
export type EndpointWorld = { -readonly [Name in Phase]: Answer<AnswerValues[`endpoint-${Name}`]> };

/** In the order in which a connection comes to them; `repeats` is about all of them. */
const phases = [
  'reachability',
  'negotiation',
  'tls',
  'cipher-suites',
  'certificate',
  'nla',
  'settings',
] as const satisfies readonly Phase[];

/** A healthy endpoint of its own, whose answers may be altered at will. */
export function healthyEndpoint(kind: EndpointKind): EndpointWorld {
  const literals: PhaseLiterals = structuredClone(endpointLiterals[kind]);
  const answers = [...phases, 'repeats' as const].map((phase) => {
    const value = literals[phase];
    return [phase, value === 'not-offered' ? absent(whereOf(phase)) : known(value, whereOf(phase))];
  });
  // Nobody says which certificate it should present.
  const expectation = ['expected-certificate', absent(whereOf('expected-certificate'))];
  return Object.fromEntries([...answers, expectation]) as EndpointWorld;
}

/** The known answer of a phase; a test that expects one where there is none is wrong. */
export function seen<Name extends Phase>(
  world: EndpointWorld,
  phase: Name,
): AnswerValues[`endpoint-${Name}`] {
  const answer: Answer<AnswerValues[`endpoint-${Name}`]> = world[phase];
  if (answer.state !== 'known') throw new Error(`${phase} is ${answer.state} here`);
  return answer.value;
}

/** Makes a phase known with another value; parts that are not given stay as they are. */
export function put<Name extends Phase>(
  world: EndpointWorld,
  phase: Name,
  value: Partial<AnswerValues[`endpoint-${Name}`]>,
): void {
  const before = world[phase].state === 'known' ? seen(world, phase) : {};
  const after = Array.isArray(value) ? value : { ...before, ...value };
  Object.assign(world, { [phase]: known(after, whereOf(phase)) });
}

/** The endpoint was asked and does not have these. */
export function notOffered(world: EndpointWorld, ...which: readonly Phase[]): void {
  for (const phase of which) Object.assign(world, { [phase]: absent(whereOf(phase)) });
}

/** These could not be looked at. */
export function unseen(world: EndpointWorld, why: string, ...which: readonly Phase[]): void {
  for (const phase of which) Object.assign(world, { [phase]: unknown(whereOf(phase), why) });
}

/** The connection came as far as this phase: what comes after it is unknown. */
export function endsAt(world: EndpointWorld, last: (typeof phases)[number]): void {
  unseen(world, 'the connection did not get that far', ...phases.slice(phases.indexOf(last) + 1));
}

/** What came of like connections, in their order, half a second apart. */
export function repeated(world: EndpointWorld, asked: string, ...answers: readonly string[]): void {
  const observations = answers.map((answer, index) => ({ asked, answer, since: 20 + 500 * index }));
  put(world, 'repeats', { observations });
}

/** An endpoint as a source of answers. */
export function endpointSource(world: EndpointWorld): Source {
  return {
    kind: 'endpoint',
    machine: unknownMachine,
    answer: async (questions) => questions.map((question) => answerOf(world, question)),
  };
}

function answerOf(world: EndpointWorld, { kind }: Question): Answer<unknown> {
  const phase = kind.replace(/^endpoint-/, '');
  return world[phase as Phase] ?? unknown(kind, 'an endpoint does not show its disk');
}

/** Nothing is known of a machine that is seen from the network alone. */
const unknownMachine: Machine = {
  windows: undefined,
  build: undefined,
  role: undefined,
  computerName: undefined,
  domain: undefined,
  connectionBroker: undefined,
  controlSet: undefined,
  lastRan: undefined,
  partition: 0,
};

function whereOf(phase: Phase): string {
  const [address, words] = ['10.0.0.4:3389', wheres[phase]];
  return words === '' ? address : `${address}, ${words}`;
}

const wheres: Readonly<Record<Phase, string>> = {
  reachability: '',
  negotiation: 'Connection Request 0xB',
  tls: 'TLS ClientHello',
  'cipher-suites': 'TLS cipher suites',
  certificate: 'certificate',
  nla: 'CredSSP',
  settings: 'MCS Connect',
  repeats: '',
  'expected-certificate': 'expected certificate',
};
