import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressReach } from '../../model/endpoint.ts';
import { TargetProblem } from '../../model/target-problem.ts';
import { text } from '../../text/index.ts';
import { askFirst } from './audit.ts';
import { clock, inTime } from './clock.ts';
import { connect } from './connection.ts';
import { hasTime, observe, type Place, remember } from './place.ts';
import type { Asked } from './questions.ts';

/** More than any machine has; a name with more is a farm's. */
const mostAddresses = 8;

/** The addresses that a name leads to, in the system's order. Throws `TargetProblem` where there are none. */
export async function resolve(host: string, until: number): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const found = await inTime(
    lookup(host, { all: true, order: 'verbatim' }).catch((error: NodeJS.ErrnoException) => error),
    until,
  );
  if (found === undefined) throw new TargetProblem(text('problem.name-timed-out'));
  if (found instanceof Error) throw new TargetProblem(nameProblem(found), { cause: found });
  return [...new Set(found.map(({ address }) => address))].slice(0, mostAddresses);
}

function nameProblem({ code = '', message }: NodeJS.ErrnoException) {
  if (code === 'ENOTFOUND' || code === 'ENODATA') return text('problem.name-not-found');
  return text('problem.name-unresolved', { detail: code || message });
}

/** Its turn had not come when the time was up. */
const notTried = { tcp: 'not-tried', milliseconds: 0, detail: 'the time was up' } as const;

/** How an address was reached and, where it was, what came of the first question. */
export interface Reached {
  readonly reach: AddressReach;
  readonly first: Asked | undefined;
}

/** Connects to an address, given up after `patience` milliseconds, and asks the first question on that connection. */
export function reach(place: Place, patience: number): Promise<Reached> {
  return place.slots.use(async () => {
    const { address, port, until } = place;
    const family = isIP(address) === 6 ? 'IPv6' : 'IPv4';
    if (!hasTime(place)) return { reach: { address, family, ...notTried }, first: undefined };
    const connectUntil = Math.min(until, clock() + patience);
    const { tcp, milliseconds, detail, connection } = await connect(address, port, connectUntil);
    const outcome: AddressReach = { address, family, tcp, milliseconds, detail };
    if (!connection) return { reach: outcome, first: undefined };
    remember(place, milliseconds);
    observe(place, 'TCP', tcp);
    try {
      return { reach: outcome, first: await askFirst(place, connection) };
    } finally {
      await (hasTime(place) ? connection.finish() : connection.close());
    }
  });
}
