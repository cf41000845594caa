import { type KeyLiteral, keysFromPaths, type ValueLiteral } from '../hive/index.ts';
import type { FamilyFacts } from './families.ts';
import type { Identity } from './system.ts';

/** What the SOFTWARE hive says besides what the family decides. */
export interface SoftwareLiteral {
  readonly machineGuid: string;
  readonly installed: Date;
  /** The listener's own certificate and its `Blob`; none yet where Remote Desktop was never on. */
  readonly certificate: { readonly thumbprint: string; readonly blob: Buffer } | undefined;
}

/** The SOFTWARE hive of a healthy machine. */
export function softwareHive(facts: FamilyFacts, identity: Identity, literal: SoftwareLiteral): KeyLiteral {
  const root = keysFromPaths({
    'Microsoft\\Cryptography': { MachineGuid: literal.machineGuid },
    'Microsoft\\Cryptography\\Defaults\\Provider Types\\Type 001': {
      Name: 'Microsoft Strong Cryptographic Provider',
      TypeName: 'RSA Full (Signature and Key Exchange)',
    },
    'Microsoft\\Windows NT\\CurrentVersion': currentVersion(facts, literal),
    'Microsoft\\Windows NT\\CurrentVersion\\ProfileList': profileList,
    'Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-18': {
      Flags: 12,
      ProfileImagePath: { expand: '%systemroot%\\system32\\config\\systemprofile' },
    },
    'Microsoft\\Windows NT\\CurrentVersion\\Winlogon': { Shell: 'explorer.exe', AutoAdminLogon: '0' },
    ...networks(identity),
    'Microsoft\\Windows\\CurrentVersion': { ProgramFilesDir: 'C:\\Program Files' },
    'Microsoft\\Windows\\CurrentVersion\\Policies\\System': { EnableLUA: 1, ConsentPromptBehaviorAdmin: 5 },
    ...certificateStores(literal.certificate),
    ...policies,
  });
  return { ...root, lastWritten: identity.shutDown };
}

function currentVersion(facts: FamilyFacts, { installed }: SoftwareLiteral): Record<string, ValueLiteral> {
  const values: Record<string, ValueLiteral | undefined> = {
    BuildBranch: facts.buildBranch,
    BuildLab: `${facts.build}.${facts.buildBranch}`,
    CSDVersion: facts.build === 7601 ? 'Service Pack 1' : undefined,
    CurrentBuild: `${facts.build}`,
    CurrentBuildNumber: `${facts.build}`,
    CurrentMajorVersionNumber: facts.build >= 10240 ? 10 : undefined,
    CurrentMinorVersionNumber: facts.build >= 10240 ? 0 : undefined,
    CurrentType: 'Multiprocessor Free',
    CurrentVersion: facts.version,
    DisplayVersion: facts.displayVersion,
    EditionID: facts.edition,
    InstallationType: facts.server ? 'Server' : 'Client',
    InstallDate: Math.floor(installed.getTime() / 1000),
    PathName: 'C:\\Windows',
    ProductName: facts.productName,
    RegisteredOwner: 'Lab',
    ReleaseId: facts.release,
    SystemRoot: 'C:\\Windows',
    UBR: facts.revision,
  };
  return present(values);
}

const profileList: Record<string, ValueLiteral> = {
  Default: { expand: '%SystemDrive%\\Users\\Default' },
  ProfilesDirectory: { expand: '%SystemDrive%\\Users' },
  ProgramData: { expand: '%SystemDrive%\\ProgramData' },
  Public: { expand: '%SystemDrive%\\Users\\Public' },
};

/** The network that the machine was last on: its domain's, else a private one. */
function networks({ domain }: Identity): Record<string, Record<string, ValueLiteral>> {
  const path =
    'Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles\\{3D2A6C0B-5F0F-4C0E-9B7A-1E6B7C1F2A01}';
  const name = domain === '' ? 'Network' : domain;
  const category = domain === '' ? 1 : 2;
  return {
    [path]: {
      Category: category,
      Description: name,
      Managed: domain === '' ? 0 : 1,
      NameType: 6,
      ProfileName: name,
    },
  };
}

function certificateStores(
  certificate: SoftwareLiteral['certificate'],
): Record<string, Record<string, ValueLiteral>> {
  const stores = 'Microsoft\\SystemCertificates';
  const empty = ['My', 'CA', 'ROOT', 'Disallowed', 'TrustedPeople', 'TrustedPublisher'].flatMap((store) =>
    ['Certificates', 'CRLs', 'CTLs'].map((kind) => [`${stores}\\${store}\\${kind}`, {}] as const),
  );
  const own = `${stores}\\Remote Desktop`;
  return {
    ...Object.fromEntries(empty),
    ...(certificate && {
      [`${own}\\Certificates\\${certificate.thumbprint}`]: { Blob: certificate.blob },
      [`${own}\\CRLs`]: {},
      [`${own}\\CTLs`]: {},
    }),
  };
}

/** A machine that no policy has touched has these all the same. */
const policies: Record<string, Record<string, ValueLiteral>> = {
  'Policies\\Microsoft\\Cryptography\\Configuration\\SSL': {},
  'Policies\\Microsoft\\SystemCertificates\\Root\\Certificates': {},
  'Policies\\Microsoft\\Windows\\safer\\codeidentifiers': { authenticodeenabled: 0 },
  'Policies\\Microsoft\\Windows NT': {},
};

function present(values: Record<string, ValueLiteral | undefined>): Record<string, ValueLiteral> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, ValueLiteral] => entry[1] !== undefined),
  );
}
