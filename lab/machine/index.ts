/** Windows machines as literals: healthy ones of every supported family, for a test to break. */

export { shippedCipherSuites } from './cipher-suites.ts';
export { type FamilyFacts, familyFacts, type WindowsFamily, windowsFamilies } from './families.ts';
export { healthyMachine, labMachineGuid, type MachineOptions } from './healthy.ts';
export {
  deleteKey,
  deleteValue,
  type FileLiteral,
  type FolderLiteral,
  getValue,
  type MachineLiteral,
  setValue,
} from './literal.ts';
export { cngKeysFolder, machineKeysFolder, serviceSid } from './machine-keys.ts';
