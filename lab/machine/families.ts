/** The builds of Windows that the lab makes machines of, oldest first, clients beside servers. */
export const windowsFamilies = [
  '7',
  '2008R2',
  '8.1',
  '2012R2',
  '10',
  '2016',
  '2019',
  '2022',
  '11',
  '2025',
] as const;

export type WindowsFamily = (typeof windowsFamilies)[number];

/** What sets one family apart from another, as far as its registry shows it. */
export interface FamilyFacts {
  readonly productName: string;
  readonly edition: string;
  readonly server: boolean;
  readonly build: number;
  /** Update build revision; Windows 7 keeps none. */
  readonly revision: number | undefined;
  /** `CurrentVersion`: 6.1 on 7, 6.3 from 8.1 on for ever. */
  readonly version: string;
  /** `ReleaseId` and `DisplayVersion`, where the build has them. */
  readonly release: string | undefined;
  readonly displayVersion: string | undefined;
  readonly buildBranch: string;
  /** The version that firewall rules begin with; also `PolicyVersion`, as 0x02 and this byte. */
  readonly firewallVersion: number;
  /** The listener's `SecurityLayer`: 1 negotiates, 2 is TLS. */
  readonly securityLayer: number;
  /** Whether `WinStations\SelfSignedCertStore` is there; two of five real hives go without it. */
  readonly namesItsStore: boolean;
}

type Row = readonly [
  productName: string,
  edition: string,
  build: number,
  revision: number | undefined,
  version: string,
  release: string | undefined,
  displayVersion: string | undefined,
  buildBranch: string,
  firewallVersion: number,
  securityLayer: number,
  namesItsStore: boolean,
];

/**
 * Measured for 7 and, in its shape, for 10; the firewall versions of 2016 and from 2019 on are unproven.
 * Windows 11 does call itself Windows 10 here.
 */
const rows: Readonly<Record<WindowsFamily, Row>> = {
  '7': [
    'Windows 7 Professional',
    'Professional',
    7601,
    undefined,
    '6.1',
    undefined,
    undefined,
    'win7sp1_gdr',
    10,
    1,
    true,
  ],
  '2008R2': [
    'Windows Server 2008 R2 Standard',
    'ServerStandard',
    7601,
    undefined,
    '6.1',
    undefined,
    undefined,
    'win7sp1_gdr',
    10,
    1,
    true,
  ],
  '8.1': [
    'Windows 8.1 Pro',
    'Professional',
    9600,
    19747,
    '6.3',
    undefined,
    undefined,
    'winblue_ltsb',
    22,
    1,
    true,
  ],
  '2012R2': [
    'Windows Server 2012 R2 Datacenter',
    'ServerDatacenter',
    9600,
    21620,
    '6.3',
    undefined,
    undefined,
    'winblue_ltsb',
    22,
    2,
    true,
  ],
  '10': ['Windows 10 Pro', 'Professional', 19045, 4291, '6.3', '2009', '22H2', 'vb_release', 30, 2, false],
  '2016': [
    'Windows Server 2016 Datacenter',
    'ServerDatacenter',
    14393,
    6897,
    '6.3',
    '1607',
    undefined,
    'rs1_release',
    26,
    2,
    true,
  ],
  '2019': [
    'Windows Server 2019 Datacenter',
    'ServerDatacenter',
    17763,
    5696,
    '6.3',
    '1809',
    undefined,
    'rs5_release',
    29,
    2,
    true,
  ],
  '2022': [
    'Windows Server 2022 Datacenter',
    'ServerDatacenter',
    20348,
    2402,
    '6.3',
    '2009',
    '21H2',
    'fe_release',
    31,
    2,
    true,
  ],
  '11': ['Windows 10 Pro', 'Professional', 22631, 3447, '6.3', '2009', '23H2', 'ni_release', 32, 2, false],
  '2025': [
    'Windows Server 2025 Datacenter',
    'ServerDatacenter',
    26100,
    2033,
    '6.3',
    '2009',
    '24H2',
    'ge_release',
    33,
    2,
    true,
  ],
};

export function familyFacts(family: WindowsFamily): FamilyFacts {
  const [productName, edition, build, revision, version, release, displayVersion, ...rest] = rows[family];
  const [buildBranch, firewallVersion, securityLayer, namesItsStore] = rest;
  const server = edition.startsWith('Server');
  const named = { productName, edition, server, build, revision, version, release, displayVersion };
  return { ...named, buildBranch, firewallVersion, securityLayer, namesItsStore };
}

/** Windows 7 and Server 2008 R2. */
export function isBefore8({ build }: FamilyFacts): boolean {
  return build < 9200;
}

/** Windows 10, Server 2016 and all later. */
export function isFrom10({ build }: FamilyFacts): boolean {
  return build >= 10240;
}

/** From this build on SessionEnv, and no longer Administrators, stands on the listener's key (reported). */
export function isFrom2019({ build }: FamilyFacts): boolean {
  return build >= 17763;
}
