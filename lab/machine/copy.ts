import type { KeyLiteral, ValueLiteral } from '../hive/index.ts';
import type { MachineLiteral } from './literal.ts';

/** A machine that shares nothing with another: whatever a test does to it, the other stays as it is. */
export function copyOf(machine: MachineLiteral): MachineLiteral {
  return {
    system: copyOfKey(machine.system),
    software: copyOfKey(machine.software),
    files: machine.files.map((file) => ({ ...file, data: Buffer.from(file.data) })),
    ...(machine.folders && { folders: machine.folders.map((folder) => ({ ...folder })) }),
  };
}

function copyOfKey(key: KeyLiteral): KeyLiteral {
  const copy = { ...key };
  if (key.values) copy.values = mapped(key.values, copyOfValue);
  if (key.keys) copy.keys = mapped(key.keys, copyOfKey);
  if (key.security) copy.security = Buffer.from(key.security);
  return copy;
}

function copyOfValue(value: ValueLiteral): ValueLiteral {
  if (typeof value !== 'object') return value;
  if (Buffer.isBuffer(value)) return Buffer.from(value);
  if ('data' in value) return { ...value, data: Buffer.from(value.data) };
  return 'expand' in value ? { ...value } : [...value];
}

function mapped<T>(record: Readonly<Record<string, T>>, copy: (item: T) => T): Record<string, T> {
  const result: Record<string, T> = {};
  for (const name of Object.keys(record)) result[name] = copy(record[name] as T);
  return result;
}
