// biome-ignore-all lint/style/noRestrictedImports: only tests use this, and they may make files
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe } from 'vitest';
import { describeWithOracle, runOracle } from '../../../../lab/oracle.ts';

const programs = ['mkntfs', 'ntfs-3g', 'umount', 'python3'];
const mountingIsPossible = process.getuid?.() === 0 && existsSync('/dev/fuse');

/** A `describe` for tests that have ntfs-3g make their volumes; skipped by name where nothing can be mounted. */
export function describeWithMount(name: string, others: readonly string[], body: () => void): void {
  if (mountingIsPossible) describeWithOracle(name, [...programs, ...others], body);
  else describe.skip(`${name} (skipped: mounting needs root and /dev/fuse)`, body);
}

/** What a volume is to be made from. */
export interface VolumeRecipe {
  readonly sizeInBytes: number;
  readonly mkntfs?: readonly string[];
  readonly mountOptions?: string;
  /** Puts files below the mount point. */
  fill(folder: string): void;
}

/** Formats an image, mounts it by ntfs-3g, lets it be filled, unmounts it, and gives `use` the image's path. */
export function withVolume<T>(recipe: VolumeRecipe, use: (imagePath: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'ntfs-volume-'));
  try {
    const image = path.join(folder, 'volume.img');
    writeFileSync(image, '');
    truncateSync(image, recipe.sizeInBytes);
    const place = ['-p', '0', '-H', '0', '-S', '0'];
    runOracle('mkntfs', ['-q', '-F', ...place, ...(recipe.mkntfs ?? []), image]);
    fillMounted(image, recipe);
    return use(image);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bytes of such a volume. */
export function makeVolume(recipe: VolumeRecipe): Buffer {
  return withVolume(recipe, (image) => readFileSync(image));
}

/** Sets an extended attribute, by which ntfs-3g takes what POSIX has no word for, of many files. */
export function setExtendedAttributes(name: string, values: ReadonlyMap<string, Buffer>): void {
  const lines = [...values].map(([file, value]) => `${value.toString('hex')} ${file}\n`);
  const script =
    'import os, sys\nfor line in sys.stdin:\n' +
    '  value, path = line.rstrip("\\n").split(" ", 1)\n' +
    '  os.setxattr(path, sys.argv[1], bytes.fromhex(value))';
  runOracle('python3', ['-c', script, name], { input: lines.join('') });
}

/** The same extended attribute of many files, as ntfs-3g answers it. */
export function extendedAttributes(name: string, files: readonly string[]): Buffer[] {
  const script =
    'import os, sys\nfor line in sys.stdin: print(os.getxattr(line.rstrip("\\n"), sys.argv[1]).hex())';
  const input = files.map((file) => `${file}\n`).join('');
  const lines = runOracle('python3', ['-c', script, name], { input })
    .toString('latin1')
    .trimEnd()
    .split('\n');
  return lines.map((hex) => Buffer.from(hex, 'hex'));
}

function fillMounted(image: string, recipe: VolumeRecipe): void {
  withMounted(image, recipe.mountOptions ?? 'streams_interface=windows,compression', recipe.fill);
}

/** Mounts an image by ntfs-3g, gives `use` the mount point, and unmounts it. */
export function withMounted<T>(image: string, options: string, use: (folder: string) => T): T {
  const mountPoint = `${image}.mounted`;
  mkdirSync(mountPoint, { recursive: true });
  runOracle('ntfs-3g', [image, mountPoint, '-o', options]);
  try {
    return use(mountPoint);
  } finally {
    runOracle('umount', [mountPoint]);
    waitUntilClosed(image);
  }
}

/** ntfs-3g writes its last when the mount is gone already. */
function waitUntilClosed(image: string): void {
  for (let tries = 0; tries < 200 && isServed(image); tries++) spawnSync('sleep', ['0.05']);
}

function isServed(image: string): boolean {
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'latin1');
      return command.includes('ntfs-3g') && command.includes(image);
    } catch {
      return false;
    }
  });
}
