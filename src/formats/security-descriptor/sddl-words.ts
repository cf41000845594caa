import { aceFlags, controlFlags } from './descriptor.ts';

/**
 * SDDL's names of SIDs that are the same on every machine (MS-DTYP 2.5.1.1 and sddl.h of Windows 10). The
 * names of accounts of a machine or domain (LA, LG, DA, DU, EA and so on) are not here: they say nothing
 * without that machine's SID.
 */
const sidWords: readonly (readonly [string, string])[] = [
  ['AA', 'S-1-5-32-579'],
  ['AC', 'S-1-15-2-1'],
  ['AN', 'S-1-5-7'],
  ['AO', 'S-1-5-32-548'],
  ['AS', 'S-1-18-1'],
  ['AU', 'S-1-5-11'],
  ['BA', 'S-1-5-32-544'],
  ['BG', 'S-1-5-32-546'],
  ['BO', 'S-1-5-32-551'],
  ['BU', 'S-1-5-32-545'],
  ['CD', 'S-1-5-32-574'],
  ['CG', 'S-1-3-1'],
  ['CO', 'S-1-3-0'],
  ['CY', 'S-1-5-32-569'],
  ['ED', 'S-1-5-9'],
  ['ER', 'S-1-5-32-573'],
  ['ES', 'S-1-5-32-576'],
  ['HA', 'S-1-5-32-578'],
  ['HI', 'S-1-16-12288'],
  ['IS', 'S-1-5-32-568'],
  ['IU', 'S-1-5-4'],
  ['LS', 'S-1-5-19'],
  ['LU', 'S-1-5-32-559'],
  ['LW', 'S-1-16-4096'],
  ['ME', 'S-1-16-8192'],
  ['MP', 'S-1-16-8448'],
  ['MS', 'S-1-5-32-577'],
  ['MU', 'S-1-5-32-558'],
  ['NO', 'S-1-5-32-556'],
  ['NS', 'S-1-5-20'],
  ['NU', 'S-1-5-2'],
  ['OW', 'S-1-3-4'],
  ['PO', 'S-1-5-32-550'],
  ['PS', 'S-1-5-10'],
  ['PU', 'S-1-5-32-547'],
  ['RA', 'S-1-5-32-575'],
  ['RC', 'S-1-5-12'],
  ['RD', 'S-1-5-32-555'],
  ['RE', 'S-1-5-32-552'],
  ['RM', 'S-1-5-32-580'],
  ['RU', 'S-1-5-32-554'],
  ['SI', 'S-1-16-16384'],
  ['SO', 'S-1-5-32-549'],
  ['SS', 'S-1-18-2'],
  ['SU', 'S-1-5-6'],
  ['SY', 'S-1-5-18'],
  ['UD', 'S-1-5-84-0-0-0-0-0'],
  ['WD', 'S-1-1-0'],
  ['WR', 'S-1-5-33'],
];

export const sidOfWord: ReadonlyMap<string, string> = new Map(sidWords);
export const wordOfSid: ReadonlyMap<string, string> = new Map(sidWords.map(([word, sid]) => [sid, word]));

/** Words for accounts whose SID begins with a machine's or a domain's. */
export const relativeSidWords: readonly string[] = [
  'CA',
  'CN',
  'DA',
  'DC',
  'DD',
  'DG',
  'DU',
  'EA',
  'EK',
  'KA',
  'LA',
  'LG',
  'PA',
].concat(['AP', 'RO', 'RS', 'SA']);

/** Words for a whole mask: those that toSddl writes come first for their mask. */
export const maskWords: readonly (readonly [string, number])[] = [
  ['FA', 0x1f01ff],
  ['FR', 0x120089],
  ['FW', 0x120116],
  ['FX', 0x1200a0],
  ['KA', 0xf003f],
  ['KR', 0x20019],
  ['KW', 0x20006],
  ['KX', 0x20019],
];

/** Words for single rights, in the order in which Windows writes them: by bit. */
export const rightWords: readonly (readonly [string, number])[] = [
  ['CC', 0x1],
  ['DC', 0x2],
  ['LC', 0x4],
  ['SW', 0x8],
  ['RP', 0x10],
  ['WP', 0x20],
  ['DT', 0x40],
  ['LO', 0x80],
  ['CR', 0x100],
  ['SD', 0x1_0000],
  ['RC', 0x2_0000],
  ['WD', 0x4_0000],
  ['WO', 0x8_0000],
  ['GA', 0x1000_0000],
  ['GX', 0x2000_0000],
  ['GW', 0x4000_0000],
  ['GR', 0x8000_0000],
];

/** A mandatory label's own: no write up, no read up, no execute up. */
export const labelWords: readonly (readonly [string, number])[] = [
  ['NW', 0x1],
  ['NR', 0x2],
  ['NX', 0x4],
];

export const aceFlagWords: readonly (readonly [string, number])[] = [
  ['OI', aceFlags.objectInherit],
  ['CI', aceFlags.containerInherit],
  ['NP', aceFlags.noPropagate],
  ['IO', aceFlags.inheritOnly],
  ['ID', aceFlags.inherited],
  ['CR', aceFlags.critical],
  ['SA', aceFlags.successfulAccess],
  ['FA', aceFlags.failedAccess],
];

/** The flags before a list's entries, in the order in which Windows writes them. */
export const aclFlagWords: Readonly<Record<'D' | 'S', readonly (readonly [string, number])[]>> = {
  D: [
    ['P', controlFlags.daclProtected],
    ['AR', controlFlags.daclAutoInheritRequired],
    ['AI', controlFlags.daclAutoInherited],
  ],
  S: [
    ['P', controlFlags.saclProtected],
    ['AR', controlFlags.saclAutoInheritRequired],
    ['AI', controlFlags.saclAutoInherited],
  ],
};

export const nullAclWord = 'NO_ACCESS_CONTROL';
