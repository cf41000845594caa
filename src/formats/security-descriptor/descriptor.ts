/** A security descriptor (MS-DTYP 2.4.6). */
export interface SecurityDescriptor {
  /** The control bits, `controlFlags`, as they stand in the descriptor. */
  readonly control: number;
  /** The resource manager's byte; of meaning only where the control bit says so. */
  readonly resourceManagerControl: number;
  /** As `S-1-...`; undefined where the descriptor names none. */
  readonly owner: string | undefined;
  readonly group: string | undefined;
  /** An access check takes `absent` and `null` alike: everything is granted. An empty list grants nothing. */
  readonly dacl: Acl | 'null' | 'absent';
  readonly sacl: Acl | 'null' | 'absent';
}

export interface Acl {
  /** 2, or 4 where object entries are in it. */
  readonly revision: number;
  readonly aces: readonly Ace[];
}

export type Ace = TrusteeAce | UnknownAce;

export type AceKind =
  | 'allow'
  | 'deny'
  | 'audit'
  | 'alarm'
  | 'mandatory-label'
  | 'resource-attribute'
  | 'scoped-policy'
  | 'trust-label'
  | 'access-filter';

/** An entry of any of the kinds that name a SID. */
export interface TrusteeAce {
  readonly kind: AceKind;
  /** The type byte. */
  readonly type: number;
  /** `aceFlags`. */
  readonly flags: number;
  /** Access mask, unsigned. */
  readonly mask: number;
  readonly sid: string;
  /** Whether it holds only where its condition, in `data`, does. */
  readonly callback: boolean;
  /** For entries about parts of a directory object: the GUIDs in lower case. */
  readonly object?: ObjectTypes;
  /** What follows the SID: a condition, a resource attribute; mostly empty. */
  readonly data: Buffer;
}

export interface ObjectTypes {
  readonly type: string | undefined;
  readonly inheritedType: string | undefined;
}

/** An entry of a type that is not known here, kept as it is. */
export interface UnknownAce {
  readonly kind: 'unknown';
  readonly type: number;
  readonly flags: number;
  /** What follows the entry's header of 4 bytes. */
  readonly body: Buffer;
}

// The descriptor's header: MS-DTYP 2.4.6. Offsets are from the descriptor's start; 0 means there is none.
export const descriptorLayout = {
  revision: 0, // u8, 1
  resourceManagerControl: 1, // u8
  control: 2, // u16
  owner: 4, // u32
  group: 8, // u32
  sacl: 12, // u32
  dacl: 16, // u32
  end: 20,
} as const;

// An access control list: MS-DTYP 2.4.5.
export const aclLayout = {
  revision: 0, // u8
  size: 2, // u16, with this header
  count: 4, // u16
  end: 8,
} as const;

// An entry: MS-DTYP 2.4.4.1, and 2.4.4.2 for those with a mask.
export const aceLayout = {
  type: 0, // u8
  flags: 1, // u8
  size: 2, // u16, with this header
  mask: 4, // u32
  sid: 8,
  // Object entries (2.4.4.3) have their flags before the GUIDs that these announce, and then the SID.
  objectFlags: 8, // u32
  guids: 12,
} as const;

export const objectTypePresent = 1;
export const inheritedObjectTypePresent = 2;

/** The control bits: MS-DTYP 2.4.6. */
export const controlFlags = {
  ownerDefaulted: 0x0001,
  groupDefaulted: 0x0002,
  daclPresent: 0x0004,
  daclDefaulted: 0x0008,
  saclPresent: 0x0010,
  saclDefaulted: 0x0020,
  daclAutoInheritRequired: 0x0100,
  saclAutoInheritRequired: 0x0200,
  daclAutoInherited: 0x0400,
  saclAutoInherited: 0x0800,
  daclProtected: 0x1000,
  saclProtected: 0x2000,
  resourceManagerControlValid: 0x4000,
  selfRelative: 0x8000,
} as const;

/** The flags of an entry: MS-DTYP 2.4.4.1, and `critical` and `trustProtected` from winnt.h of Windows 10. */
export const aceFlags = {
  objectInherit: 0x01,
  containerInherit: 0x02,
  noPropagate: 0x04,
  inheritOnly: 0x08,
  inherited: 0x10,
  critical: 0x20,
  successfulAccess: 0x40,
  failedAccess: 0x80,
} as const;

interface AceForm {
  readonly kind: AceKind;
  /** As SDDL names it. */
  readonly sddl: string;
  readonly object?: true;
  readonly callback?: true;
}

/** The types of entries: MS-DTYP 2.4.4.1 with the letters of 2.5.1.1; 20 and 21 are from winnt.h. */
export const aceForms: ReadonlyMap<number, AceForm> = new Map<number, AceForm>([
  [0x00, { kind: 'allow', sddl: 'A' }],
  [0x01, { kind: 'deny', sddl: 'D' }],
  [0x02, { kind: 'audit', sddl: 'AU' }],
  [0x03, { kind: 'alarm', sddl: 'AL' }],
  [0x05, { kind: 'allow', sddl: 'OA', object: true }],
  [0x06, { kind: 'deny', sddl: 'OD', object: true }],
  [0x07, { kind: 'audit', sddl: 'OU', object: true }],
  [0x08, { kind: 'alarm', sddl: 'OL', object: true }],
  [0x09, { kind: 'allow', sddl: 'XA', callback: true }],
  [0x0a, { kind: 'deny', sddl: 'XD', callback: true }],
  [0x0b, { kind: 'allow', sddl: 'ZA', object: true, callback: true }],
  [0x0c, { kind: 'deny', sddl: 'ZD', object: true, callback: true }],
  [0x0d, { kind: 'audit', sddl: 'XU', callback: true }],
  [0x0e, { kind: 'alarm', sddl: 'XL', callback: true }],
  [0x0f, { kind: 'audit', sddl: 'ZU', object: true, callback: true }],
  [0x10, { kind: 'alarm', sddl: 'ZL', object: true, callback: true }],
  [0x11, { kind: 'mandatory-label', sddl: 'ML' }],
  [0x12, { kind: 'resource-attribute', sddl: 'RA' }],
  [0x13, { kind: 'scoped-policy', sddl: 'SP' }],
  [0x14, { kind: 'trust-label', sddl: 'TL' }],
  [0x15, { kind: 'access-filter', sddl: 'FL', callback: true }],
]);
