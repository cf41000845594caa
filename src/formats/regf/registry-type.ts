/** The types that values may declare, by their number in the value's cell (winnt.h, `REG_*`). */
export const registryType = {
  none: 0,
  sz: 1,
  expandSz: 2,
  binary: 3,
  dword: 4,
  dwordBigEndian: 5,
  link: 6,
  multiSz: 7,
  resourceList: 8,
  fullResourceDescriptor: 9,
  resourceRequirementsList: 10,
  qword: 11,
} as const;

/** One of the twelve numbers that have a name; values in real hives declare others too. */
export type RegistryType = (typeof registryType)[keyof typeof registryType];

const typeNames: readonly string[] = [
  'REG_NONE',
  'REG_SZ',
  'REG_EXPAND_SZ',
  'REG_BINARY',
  'REG_DWORD',
  'REG_DWORD_BIG_ENDIAN',
  'REG_LINK',
  'REG_MULTI_SZ',
  'REG_RESOURCE_LIST',
  'REG_FULL_RESOURCE_DESCRIPTOR',
  'REG_RESOURCE_REQUIREMENTS_LIST',
  'REG_QWORD',
];

/** A type as Windows writes it, `REG_DWORD`; a number without a name as `0xffff0012`. */
export function typeName(type: number): string {
  return typeNames[type] ?? `0x${type.toString(16).padStart(8, '0')}`;
}
