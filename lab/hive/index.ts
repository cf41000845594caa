/** Registry hives made from literals, clean or dirty, for tests, the demo and the benchmarks. */

export { findKey, type KeyLiteral, keyAt, keysFromPaths, type ValueLiteral } from './literal.ts';
export { type DirtyHive, type DirtyOptions, makeDirty } from './logs.ts';
export { type HiveOptions, makeHive } from './write.ts';
