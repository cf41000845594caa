import type { Behaviour } from './connection.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { domainMember, windows, windowsFront } from './windows.ts';

const nla = windowsFront(windows());

function nlaOf(computer: string): Behaviour {
  return windowsFront(windows({ identity: domainMember(computer, 10, 0, 20348) }));
}

const reset: Behaviour = async (connection) => connection.reset();
const silence: Behaviour = (connection) => connection.silence();

/** One behaviour or the other, by which connection it is, counted from 1. */
export function when(
  troubled: (number: number) => boolean,
  trouble: Behaviour,
  otherwise: Behaviour = nla,
): Behaviour {
  return (connection) => (troubled(connection.number) ? trouble : otherwise)(connection);
}

/** No more than so many at once: those beyond wait, unanswered, until another one is over. */
export function atMost(most: number, behaviour: Behaviour): Behaviour {
  const waiting: (() => void)[] = [];
  let open = 0;
  return async (connection) => {
    if (open >= most) await new Promise<void>((admitted) => waiting.push(admitted));
    open += 1;
    connection.whenOver(() => {
      open -= 1;
      waiting.shift()?.();
    });
    await behaviour(connection);
  };
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function atRandom(seed: number, share: number): (number: number) => boolean {
  const random = randomFrom(seed);
  return () => random() < share;
}

/** Servers that answer one time and not another. */
export const unstable = {
  'two-at-a-time': () => ({
    about: 'answers two connections at a time; others wait until one of them ends',
    serve: atMost(2, nla),
  }),
  'every-third-resets': () => ({
    about: 'resets every third connection',
    serve: when((number) => number % 3 === 0, reset),
  }),
  'every-fifth-silent': () => ({
    about: 'stays silent on every fifth connection',
    serve: when((number) => number % 5 === 0, silence),
  }),
  'resets-at-random': () => ({
    about: 'resets a third of the connections, always the same ones',
    serve: when(atRandom(3389, 1 / 3), reset),
  }),
  'works-twice': () => ({
    about: 'answers two connections and resets all others',
    serve: when((number) => number > 2, reset),
  }),
  'works-later': () => ({
    about: 'resets five connections and answers all others',
    serve: when((number) => number <= 5, reset),
  }),
  'two-machines': () => ({
    about: 'two machines behind one address, in turn, with a name and a certificate of their own',
    serve: when((number) => number % 2 === 0, nlaOf('SRV-B'), nlaOf('SRV-A')),
  }),
} as const satisfies Record<string, () => EndpointLiteral>;
