// Audits one endpoint again and again, and writes what is left of it. Run with --expose-gc: node leaks.ts PORT
import { openEndpoint } from '../../src/sources/endpoint/index.ts';

export interface LeaksSeen {
  /** What keeps a process alive, before the first audit and after the last. */
  readonly resources: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Bytes of heap in use, and of buffers outside it, after a few audits and after all. */
  readonly memory: { readonly early: number; readonly late: number };
}

const early = 40;
const all = 200;
/** One in so many is a whole audit, the others are quick. */
const wholeOnes = 40;

function inUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What is closed is gone a few turns later. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

async function auditTimes(port: string, from: number, to: number): Promise<number> {
  for (let time = from; time < to; time++) {
    await openEndpoint(`127.0.0.1:${port}`, { timeout: 8000, quick: time % wholeOnes !== 0 });
  }
  await settle();
  return inUse();
}

const [port = ''] = process.argv.slice(2);
// A pipe counts from when it is first looked at.
if (!process.stdout.writable || !process.stderr.writable) process.exit(1);
const before = process.getActiveResourcesInfo();
const memory = { early: await auditTimes(port, 0, early), late: await auditTimes(port, early, all) };
const seen: LeaksSeen = { resources: { before, after: process.getActiveResourcesInfo() }, memory };
process.stdout.write(JSON.stringify(seen));
