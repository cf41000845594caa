import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { endpoints, startEndpoint } from '../../lab/endpoint/index.ts';
import { compileBundle, compiledFile, loadedBundles } from './compiled-bundle.ts';

// The last step of the build: runs each command once, and keeps the code that V8 compiled on the way.

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-build-'));
const disk = path.join(folder, 'os-disk.vhd');
writeFileSync(disk, zstdDecompressSync(readFileSync(path.join(root, 'lab/demo/os-disk.vhd.zst'))));
const endpoint = await startEndpoint(endpoints['windows-nla']());

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
process.argv = [process.argv[0] ?? 'node', 'rdpmend', '--version'];
load('program.js');
const { diagnoseCommand } = load('diagnose.js') as typeof import('../cli/diagnose.ts');
// The demo disk is broken on purpose.
expectCode(await diagnoseCommand([disk], {}), 1, 'does not find the faults of the demo disk');
const address = `${endpoint.host}:${endpoint.port}`;
expectCode(await diagnoseCommand([address], {}), 0, 'finds faults in a healthy endpoint');
const { explainCommand } = load('explain.js') as typeof import('../cli/explain.ts');
expectCode(explainCommand(['0x904'], {}), 0, 'does not explain 0x904');
process.stdout.write = write;
await endpoint.close();
rmSync(folder, { recursive: true, force: true });

for (const { file, script } of loadedBundles()) writeFileSync(compiledFile(file), script.createCachedData());

function load(name: string): unknown {
  return compileBundle(path.join(root, 'dist', name)).run();
}

function expectCode(code: number, expected: number, otherwise: string): void {
  if (code !== expected) throw new Error(`the built program ${otherwise}`);
}
