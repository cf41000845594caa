import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { demoEndpoint } from '../lab/demo/endpoint.ts';
import { runProgram } from '../lab/program/run.ts';
import { checks } from '../src/checks/index.ts';

const root = path.resolve(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

it('shows the report of the demo disk as it prints', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-readme-'));
  try {
    const packed = readFileSync(path.join(root, 'lab/demo/os-disk.vhd.zst'));
    writeFileSync(path.join(folder, 'os-disk.vhd'), zstdDecompressSync(packed));
    const { stdout } = await runProgram(['diagnose', 'os-disk.vhd'], folder);
    expect(readme).toContain(`\`\`\`\n${stdout}\`\`\`\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** What differs from run to run: the port, and how long each answer took. */
function timeless(words: string): string {
  return words.replace(/\(\d+(?:\.\d)? ms\)/g, '(N ms)').replace(/127\.0\.0\.1:\d+/g, 'ADDRESS:PORT');
}

it('shows the report of the demo endpoint as it prints', async () => {
  const endpoint = await demoEndpoint();
  try {
    const { stdout } = await runProgram(['diagnose', `${endpoint.host}:${endpoint.port}`]);
    expect(timeless(readme)).toContain(`\`\`\`\n${timeless(stdout)}\`\`\`\n`);
  } finally {
    await endpoint.close();
  }
});

it('counts the checks', () => {
  // One that concludes from the others is no cause.
  const causes = new Set(checks.map(({ id }) => id).filter((id) => id !== 'healthy-from-here'));
  expect(readme).toContain(`rdpmend looks for ${causes.size} causes`);
});
