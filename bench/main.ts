import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { diskRows } from './disk.ts';
import { endpointPage } from './endpoint.ts';
import { markdownTable } from './table.ts';

// npm run bench [disk | endpoint [part]]: rdpmend beside its peers, in one run, as tables for docs/performance.md.

const folder = process.env['RDPMEND_BENCH'] ?? path.join(tmpdir(), 'rdpmend-bench');
const processor = cpus()[0]?.model ?? 'unknown processor';
const machine = `${cpus().length} cores of ${processor}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}`;

const benches: Readonly<Record<string, (parts: readonly string[]) => Promise<string>>> = {
  disk: async () => markdownTable(await diskRows(folder)),
  endpoint: endpointPage,
};

const [name = 'disk', ...parts] = process.argv.slice(2);
const bench = benches[name];
if (!bench) throw new Error(`there is no bench ${name}; there are ${Object.keys(benches).join(' and ')}`);
process.stdout.write(`Measured on ${machine}.\n\n${await bench(parts)}\n`);
