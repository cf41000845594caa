import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { demoEndpoint } from './endpoint.ts';

// npm run demo: starts the demo endpoint and unpacks the demo disk, asks what a client's number means, and has the program
// look at both. All that is looked at is broken on purpose: finding its faults is what the demo is for.

const program = path.resolve(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-demo-'));
const explained = 0;
const faultFound = 1;

const endpoint = await demoEndpoint();
try {
  const packed = readFileSync(path.join(import.meta.dirname, 'os-disk.vhd.zst'));
  writeFileSync(path.join(folder, 'os-disk.vhd'), zstdDecompressSync(packed));
  await show(['explain', '0x904'], explained);
  await show(['diagnose', `${endpoint.host}:${endpoint.port}`], faultFound);
  await show(['diagnose', 'os-disk.vhd'], faultFound);
} finally {
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the program as a user would; any other end than the expected one fails the demo. */
async function show(args: readonly string[], expected: number): Promise<void> {
  process.stdout.write(`$ rdpmend ${args.join(' ')}\n\n`);
  const code = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', resolve);
  });
  process.stdout.write('\n');
  if (code !== expected) throw new Error(`rdpmend ${args.join(' ')} ended with ${code}, not ${expected}`);
}
