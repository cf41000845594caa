import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

// npm run demo: unpacks the demo disk into a folder of its own, and has the program examine it.

const program = path.resolve(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-demo-'));
try {
  const packed = readFileSync(path.join(import.meta.dirname, 'os-disk.vhd.zst'));
  writeFileSync(path.join(folder, 'os-disk.vhd'), zstdDecompressSync(packed));
  process.stdout.write('$ rdpmend diagnose os-disk.vhd\n\n');
  const { status, error } = spawnSync(process.execPath, [program, 'diagnose', 'os-disk.vhd'], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (error) throw error;
  // The disk is broken on purpose: finding its faults is what the demo is for.
  process.exitCode = status === 1 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
