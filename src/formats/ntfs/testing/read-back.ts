import type { NtfsFile, NtfsVolume } from '../index.ts';
import { featureFiles } from './feature-volume.ts';

/** The whole of a stream. */
export function contentOf(file: NtfsFile, stream?: string): Buffer {
  const device = file.open(stream);
  return device.read(0, device.size);
}

/** The paths of all files below a directory, the system files aside. */
export function pathsOf(directory: NtfsFile, prefix = ''): string[] {
  return directory.entries().flatMap(({ name, isDirectory }) => {
    if (name === '.' || (prefix === '' && name.startsWith('$'))) return [];
    const child = directory.entry(name);
    if (child === undefined) throw new Error(`${prefix}${name} is listed but not found`);
    return isDirectory ? pathsOf(child, `${prefix}${name}\\`) : [`${prefix}${name}`];
  });
}

/** In what a volume differs from the feature volume; nothing for one that is read right. */
export function differences(volume: NtfsVolume): string[] {
  const expected = featureFiles.map((file) => file.path).sort();
  const found = pathsOf(volume.root).sort();
  const unlisted = expected.filter((path) => !found.includes(path)).map((path) => `${path} is not listed`);
  const unexpected = found.filter((path) => !expected.includes(path)).map((path) => `${path} is too many`);
  return [...unlisted, ...unexpected, ...featureFiles.flatMap((file) => differencesOf(volume, file))];
}

function differencesOf(volume: NtfsVolume, expected: (typeof featureFiles)[number]): string[] {
  const file = volume.find(expected.path);
  if (file === undefined) return [`${expected.path} is not found`];
  const streams: Record<string, Buffer> = { '': expected.bytes, ...expected.streams };
  const names = file.streams().map(({ name }) => name);
  if (file.size !== expected.bytes.length) return [`${expected.path} has ${file.size} bytes`];
  if (names.sort().join() !== Object.keys(streams).sort().join()) return [`${expected.path} has ${names}`];
  return Object.entries(streams).flatMap(([name, bytes]) =>
    contentOf(file, name).equals(bytes) ? [] : [`${expected.path}:${name} has other bytes`],
  );
}
