import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { checks } from '../src/checks/index.ts';

const root = path.resolve(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

it('shows the report of the demo disk as it prints', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-readme-'));
  try {
    const packed = readFileSync(path.join(root, 'lab/demo/os-disk.vhd.zst'));
    writeFileSync(path.join(folder, 'os-disk.vhd'), zstdDecompressSync(packed));
    const program = path.join(root, 'src/cli/main.ts');
    const { stdout } = spawnSync(process.execPath, [program, 'diagnose', 'os-disk.vhd'], { cwd: folder });
    expect(readme).toContain(`\`\`\`\n${stdout}\`\`\`\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('counts the checks', () => {
  expect(readme).toContain(`rdpmend looks for ${checks.length} causes`);
});
