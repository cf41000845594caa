/** What a condition's bytes begin with: MS-DTYP 2.4.4.17. */
export const conditionSignature: Buffer = Buffer.from('artx', 'latin1');

// The tokens of a condition, in postfix order: MS-DTYP 2.4.4.17.4 to 2.4.4.17.8.
export const token = {
  padding: 0x00,
  /** 0x01 to 0x04: an integer of 8 to 64 bits, all stored in 64, then its sign's and its base's byte. */
  int8: 0x01,
  int64: 0x04,
  /** Length in bytes (u32), then UTF-16LE. */
  string: 0x10,
  /** Length (u32), then bytes. */
  octets: 0x18,
  /** Length in bytes (u32), then tokens of literals. */
  composite: 0x50,
  /** Length (u32), then a SID. */
  sid: 0x51,
} as const;

export const sign = { plus: 1, minus: 2, none: 3 } as const;
export const base = { octal: 1, decimal: 2, hexadecimal: 3 } as const;

/** Tokens of an attribute's name, as a string's, with the prefix that SDDL gives each. */
export const attributePrefixes: ReadonlyMap<number, string> = new Map([
  [0xf8, ''],
  [0xf9, '@User.'],
  [0xfa, '@Resource.'],
  [0xfb, '@Device.'],
]);

/** Operators written before their one operand, which is an attribute or, for the member ones, SIDs. */
export const prefixOperators: ReadonlyMap<number, string> = new Map([
  [0x87, 'Exists'],
  [0x8d, 'Not_Exists'],
  [0x89, 'Member_of'],
  [0x8a, 'Device_Member_of'],
  [0x8b, 'Member_of_Any'],
  [0x8c, 'Device_Member_of_Any'],
  [0x90, 'Not_Member_of'],
  [0x91, 'Not_Device_Member_of'],
  [0x92, 'Not_Member_of_Any'],
  [0x93, 'Not_Device_Member_of_Any'],
]);

/** Operators written between an attribute and what it is compared with. */
export const infixOperators: ReadonlyMap<number, string> = new Map([
  [0x80, '=='],
  [0x81, '!='],
  [0x82, '<'],
  [0x83, '<='],
  [0x84, '>'],
  [0x85, '>='],
  [0x86, 'Contains'],
  [0x88, 'Any_of'],
  [0x8e, 'Not_Contains'],
  [0x8f, 'Not_Any_of'],
]);

export const logical = { and: 0xa0, or: 0xa1, not: 0xa2 } as const;

/** Deeper nesting than any real condition has. */
export const deepestCondition = 64;

/** The characters that an attribute's name has as they are; others are `%` and four hexadecimal digits. */
const plainNameCharacter = /[A-Za-z0-9:./_]/;

export function encodeName(name: string): string {
  return [...Array(name.length).keys()]
    .map((at) => name.charAt(at))
    .map((character) =>
      plainNameCharacter.test(character)
        ? character
        : `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .join('');
}

export function decodeName(text: string): string {
  return text.replace(/%([0-9a-f]{4})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
