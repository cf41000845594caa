import type { Behaviour, Pace } from './connection.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { windows, windowsFront } from './windows.ts';

/** The same, at another pace. */
export function paced(pace: Pace, behaviour: Behaviour): Behaviour {
  return async (connection) => {
    connection.pace = pace;
    await behaviour(connection);
  };
}

/** The same, after a while. */
export function late(milliseconds: number, behaviour: Behaviour): Behaviour {
  return async (connection) => {
    await connection.pause(milliseconds);
    await behaviour(connection);
  };
}

const nla = windowsFront(windows());
const confirmLength = 19;

/** Servers that are healthy and slow. */
export const slow = {
  'byte-a-second': () => ({
    about: 'a byte a second',
    serve: paced({ bytes: 1, every: 1000 }, nla),
  }),
  'slow-negotiation': () => ({
    about: 'a byte every 50 ms of the Connection Confirm, which takes a second, and then as it should be',
    serve: paced({ bytes: 1, every: 50, first: confirmLength }, nla),
  }),
  'in-pieces': () => ({
    about: 'everything in pieces of nine bytes, a millisecond apart',
    serve: paced({ bytes: 9, every: 1 }, nla),
  }),
  late: () => ({ about: 'two seconds before it reads anything', serve: late(2000, nla) }),
} as const satisfies Record<string, () => EndpointLiteral>;
