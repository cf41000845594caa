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

/** What a client and a server of one build have in common; the older ones keep no name of their release. */
const build7601 = {
  build: 7601,
  revision: undefined,
  version: '6.1',
  release: undefined,
  displayVersion: undefined,
  buildBranch: 'win7sp1_gdr',
  firewallVersion: 10,
  securityLayer: 1,
  namesItsStore: true,
} as const;

const build9600 = {
  ...build7601,
  build: 9600,
  version: '6.3',
  buildBranch: 'winblue_ltsb',
  firewallVersion: 22,
} as const;

const from10 = { version: '6.3', securityLayer: 2, displayVersion: undefined } as const;

const client = { edition: 'Professional', server: false } as const;
const datacenter = { edition: 'ServerDatacenter', server: true } as const;

/**
 * Measured for 7 and, in its shape, for 10; the firewall versions of 2016 and from 2019 on are unproven.
 * Windows 11 does call itself Windows 10 here.
 */
const facts: Readonly<Record<WindowsFamily, FamilyFacts>> = {
  '7': { ...build7601, ...client, productName: 'Windows 7 Professional' },
  '2008R2': {
    ...build7601,
    productName: 'Windows Server 2008 R2 Standard',
    edition: 'ServerStandard',
    server: true,
  },
  '8.1': { ...build9600, ...client, productName: 'Windows 8.1 Pro', revision: 19747 },
  '2012R2': {
    ...build9600,
    ...datacenter,
    productName: 'Windows Server 2012 R2 Datacenter',
    revision: 21620,
    securityLayer: 2,
  },
  '10': {
    ...from10,
    ...client,
    productName: 'Windows 10 Pro',
    build: 19045,
    revision: 4291,
    release: '2009',
    displayVersion: '22H2',
    buildBranch: 'vb_release',
    firewallVersion: 30,
    namesItsStore: false,
  },
  '2016': {
    ...from10,
    ...datacenter,
    productName: 'Windows Server 2016 Datacenter',
    build: 14393,
    revision: 6897,
    release: '1607',
    buildBranch: 'rs1_release',
    firewallVersion: 26,
    namesItsStore: true,
  },
  '2019': {
    ...from10,
    ...datacenter,
    productName: 'Windows Server 2019 Datacenter',
    build: 17763,
    revision: 5696,
    release: '1809',
    buildBranch: 'rs5_release',
    firewallVersion: 29,
    namesItsStore: true,
  },
  '2022': {
    ...from10,
    ...datacenter,
    productName: 'Windows Server 2022 Datacenter',
    build: 20348,
    revision: 2402,
    release: '2009',
    displayVersion: '21H2',
    buildBranch: 'fe_release',
    firewallVersion: 31,
    namesItsStore: true,
  },
  '11': {
    ...from10,
    ...client,
    productName: 'Windows 10 Pro',
    build: 22631,
    revision: 3447,
    release: '2009',
    displayVersion: '23H2',
    buildBranch: 'ni_release',
    firewallVersion: 32,
    namesItsStore: false,
  },
  '2025': {
    ...from10,
    ...datacenter,
    productName: 'Windows Server 2025 Datacenter',
    build: 26100,
    revision: 2033,
    release: '2009',
    displayVersion: '24H2',
    buildBranch: 'ge_release',
    firewallVersion: 33,
    namesItsStore: true,
  },
};

export function familyFacts(family: WindowsFamily): FamilyFacts {
  return facts[family];
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
