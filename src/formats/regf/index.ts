/** Windows registry hives: what README.md beside this file shows. */
export type { ValueContent } from './edit-values.ts';
export { type Hive, type HiveState, openHive } from './hive.ts';
export { type HiveEditor, type HiveEditorOptions, openHiveEditor } from './hive-editor.ts';
export { checkHive, type HiveIntegrity } from './hive-integrity.ts';
export type { Key } from './key.ts';
export { keyBelow, requireNoLink } from './key-path.ts';
export { quoteName } from './names.ts';
export { type RegistryType, registryType, typeName } from './registry-type.ts';
export type { Value } from './value.ts';
export { decodeNumber, decodeString, decodeStrings } from './value-text.ts';
