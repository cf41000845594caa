import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { type CompiledBundle, compileBundle, compiledFile } from './compiled-bundle.ts';

// The last step of the build: runs each command once, and keeps the code that V8 compiled on the way.

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-build-'));
const disk = path.join(folder, 'os-disk.vhd');
writeFileSync(disk, zstdDecompressSync(readFileSync(path.join(root, 'lab/demo/os-disk.vhd.zst'))));

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
process.argv = [process.argv[0] ?? 'node', 'rdpmend', '--version'];
keepCompiled('program.js', (program) => program.run());
await keepCompiled('diagnose.js', async (diagnose) => {
  const { diagnoseCommand } = diagnose.run() as typeof import('../cli/diagnose.ts');
  // The demo disk is broken on purpose.
  if ((await diagnoseCommand([disk], {})) !== 1)
    throw new Error('the built program does not find the faults of the demo disk');
});
keepCompiled('explain.js', (explain) => {
  const { explainCommand } = explain.run() as typeof import('../cli/explain.ts');
  if (explainCommand(['0x904'], {}) !== 0) throw new Error('the built program does not explain 0x904');
});
process.stdout.write = write;
rmSync(folder, { recursive: true, force: true });

async function keepCompiled(name: string, run: (bundle: CompiledBundle) => unknown): Promise<void> {
  const file = path.join(root, 'dist', name);
  const bundle = compileBundle(file);
  await run(bundle);
  writeFileSync(compiledFile(file), bundle.script.createCachedData());
}
