import { fileTime } from '../hive/base-block.ts';
import { type KeyLiteral, keysFromPaths } from '../hive/index.ts';
import { type FamilyFacts, familyFacts, isBefore8, type WindowsFamily } from './families.ts';
import { firewallKeys } from './firewall.ts';
import { merged } from './merged.ts';
import { tlsKeys } from './schannel.ts';
import { serviceKeys } from './services.ts';
import { type TerminalServerLiteral, terminalServerKeys } from './terminal-server.ts';

/** What a machine is called, where it belongs, and when it last ran. */
export interface Identity {
  readonly computerName: string;
  /** Empty: it belongs to no domain. */
  readonly domain: string;
  readonly shutDown: Date;
}

/** The SYSTEM hive of a healthy machine. */
export function systemHive(
  family: WindowsFamily,
  identity: Identity,
  terminalServer: TerminalServerLiteral,
): KeyLiteral {
  const facts = familyFacts(family);
  const control = merged(
    controlKeys(facts, identity),
    tlsKeys(family),
    terminalServerKeys(facts, terminalServer),
  );
  const services = merged(
    serviceKeys(facts),
    firewallKeys(facts, terminalServer.enabled),
    networkKeys(identity),
  );
  const root = keysFromPaths({
    Select: { Current: 1, Default: 1, Failed: 0, LastKnownGood: 1 },
    'ControlSet001\\Enum': {},
    'ControlSet001\\Hardware Profiles\\0001': { FriendlyName: 'New Hardware Profile' },
    'ControlSet001\\Policies': {},
    MountedDevices: { '\\DosDevices\\C:': Buffer.from('4d5a90000000100000000000', 'hex') },
    Setup: { OOBEInProgress: 0, SetupPhase: 0, SetupType: 0, SystemSetupInProgress: 0 },
    WPA: {},
  });
  // Windows 7 writes the key's name in lower case.
  const servicesName = isBefore8(facts) ? 'services' : 'Services';
  const controlSet = { keys: { Control: control, [servicesName]: services } };
  return merged(root, { keys: { ControlSet001: controlSet }, lastWritten: identity.shutDown });
}

function controlKeys(facts: FamilyFacts, { computerName, shutDown }: Identity): KeyLiteral {
  return keysFromPaths({
    '': {
      CurrentUser: 'USERNAME',
      PreshutdownOrder: ['wuauserv', 'gpsvc', 'trustedinstaller'],
      WaitToKillServiceTimeout: facts.server ? '20000' : '5000',
    },
    'ComputerName\\ComputerName': { '': 'mnmsrvc', ComputerName: computerName },
    CrashControl: {
      AutoReboot: 1,
      CrashDumpEnabled: isBefore8(facts) ? 2 : 7,
      DumpFile: { expand: '%SystemRoot%\\MEMORY.DMP' },
      DumpFilters: ['dumpfve.sys'],
      LogEvent: 1,
      MinidumpDir: { expand: '%SystemRoot%\\Minidump' },
      MinidumpsCount: 50,
      Overwrite: 1,
    },
    Lsa: {
      'Authentication Packages': ['msv1_0'],
      auditbasedirectories: 0,
      auditbaseobjects: 0,
      Bounds: Buffer.from('0030000000200000', 'hex'),
      crashonauditfail: 0,
      disabledomaincreds: 0,
      everyoneincludesanonymous: 0,
      forceguest: 0,
      fullprivilegeauditing: Buffer.from([0]),
      LimitBlankPasswordUse: 1,
      NoLmHash: 1,
      'Notification Packages': facts.server ? ['rassfm', 'scecli'] : ['scecli'],
      restrictanonymous: 0,
      restrictanonymoussam: 1,
      SecureBoot: 1,
      'Security Packages': ['kerberos', 'msv1_0', 'schannel', 'wdigest', 'tspkg', 'pku2u'],
    },
    'Lsa\\FipsAlgorithmPolicy': { Enabled: 0 },
    'Lsa\\MSV1_0': { NtlmMinClientSec: 0x2000_0000, NtlmMinServerSec: 0x2000_0000 },
    ProductOptions: {
      ProductSuite: facts.server ? ['Terminal Server', 'DataCenter'] : ['Terminal Server'],
      ProductType: facts.server ? 'ServerNT' : 'WinNT',
    },
    'Session Manager': { BootExecute: ['autocheck autochk *'], NumberOfInitialSessions: 2 },
    'Session Manager\\Environment': {
      ComSpec: { expand: '%SystemRoot%\\system32\\cmd.exe' },
      OS: 'Windows_NT',
      windir: { expand: '%SystemRoot%' },
    },
    'Session Manager\\Memory Management': { PagingFiles: ['?:\\pagefile.sys'] },
    'Session Manager\\Power': isBefore8(facts) || facts.server ? {} : { HiberbootEnabled: 1 },
    TimeZoneInformation: { TimeZoneKeyName: 'UTC', Bias: 0 },
    Windows: {
      CSDVersion: isBefore8(facts) ? 0x100 : 0,
      Directory: { expand: '%SystemRoot%' },
      ErrorMode: 0,
      NoInteractiveServices: isBefore8(facts) ? 0 : 1,
      ShutdownTime: fileTimeBytes(shutDown),
      SystemDirectory: { expand: '%SystemRoot%\\system32' },
    },
  });
}

function fileTimeBytes(date: Date): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(fileTime(date));
  return bytes;
}

function networkKeys({ computerName, domain }: Identity): KeyLiteral {
  return keysFromPaths({
    'Tcpip\\Parameters': {
      DataBasePath: { expand: '%SystemRoot%\\System32\\drivers\\etc' },
      Domain: domain,
      ForwardBroadcasts: 0,
      Hostname: computerName,
      ICSDomain: 'mshome.net',
      IPEnableRouter: 0,
      NameServer: '',
      'NV Hostname': computerName,
      SyncDomainWithMembership: 1,
      ...(domain === '' ? {} : { 'NV Domain': domain }),
    },
    ...(domain === '' ? {} : { Netlogon: { Start: 2 } }),
    'LanmanServer\\Parameters': {
      autodisconnect: 15,
      enablesecuritysignature: 0,
      requiresecuritysignature: 0,
    },
  });
}
