import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { diskRows } from './disk.ts';
import { markdownTable } from './table.ts';

// npm run bench: rdpmend beside its peers, in one run, as a table for docs/performance.md.

const folder = process.env['RDPMEND_BENCH'] ?? path.join(tmpdir(), 'rdpmend-bench');
const processor = cpus()[0]?.model ?? 'unknown processor';
const machine = `${cpus().length} cores of ${processor}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}`;

process.stdout.write(`Measured on ${machine}.\n\n${markdownTable(await diskRows(folder))}\n`);
