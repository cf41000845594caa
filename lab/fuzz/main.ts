import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fuzz } from './fuzz.ts';
import type { FuzzTarget } from './target.ts';

// npm run fuzz [-- <target> [count [seed]]]: mutated inputs for every parser, or for one.

const [wanted, count = '200000', seed = `${Date.now() % 1_000_000}`] = process.argv.slice(2);
const folder = path.join(import.meta.dirname, 'targets');

for (const file of readdirSync(folder).sort()) {
  const { target } = (await import(path.join(folder, file))) as { target: FuzzTarget };
  if (wanted !== undefined && wanted !== target.name) continue;
  const start = performance.now();
  const { inputs, read, refused, slowestMilliseconds } = fuzz(target, Number(count), Number(seed));
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(
    `${target.name}: ${inputs} inputs from seed ${seed}, ${read} read, ${refused} refused, slowest ${slowestMilliseconds.toFixed(0)} ms, ${seconds.toFixed(0)} s\n`,
  );
}
