import type { PageOptions } from '../report/terminal.ts';

const widest = 100;
const narrowest = 40;
const usual = 80;

/** A terminal that tells no width, or none that can be read, gets the usual one. */
export function pageOptions(): PageOptions {
  const { stdout } = process;
  const told = stdout.isTTY ? stdout.columns : usual;
  const width = told >= narrowest ? Math.min(told, widest) : usual;
  return { width, colour: stdout.isTTY === true && stdout.hasColors() };
}
