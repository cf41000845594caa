import { type KeyLiteral, keysFromPaths, type ValueLiteral } from '../hive/index.ts';
import { type FamilyFacts, isBefore8 } from './families.ts';

/** What of a listener is the same in every family (measured on 7, 8 and 10). */
const listener: Readonly<Record<string, ValueLiteral>> = {
  AudioEnumeratorDll: 'rdpendp.dll',
  Callback: 0,
  CallbackNumber: '',
  CdClass: 0,
  CdDLL: '',
  CdFlag: 0,
  CdName: '',
  CfgDll: 'RDPCFGEX.DLL',
  ColorDepth: 5,
  Comment: '',
  Domain: '',
  DrawGdiplusSupportLevel: 1,
  fAllowSecProtocolNegotiation: 1,
  fAutoClientDrives: 1,
  fAutoClientLpts: 1,
  fDisableAudioCapture: 0,
  fDisableCam: 0,
  fDisableCcm: 0,
  fDisableCdm: 0,
  fDisableClip: 0,
  fDisableCpm: 0,
  fDisableEncryption: 1,
  fDisableExe: 0,
  fDisableLPT: 0,
  fEnableWinStation: 1,
  fForceClientLptDef: 1,
  fHomeDirectoryMapRoot: 0,
  fInheritAutoClient: 1,
  fInheritAutoLogon: 1,
  fInheritCallback: 0,
  fInheritCallbackNumber: 1,
  fInheritColorDepth: 0,
  fInheritInitialProgram: 1,
  fInheritMaxDisconnectionTime: 1,
  fInheritMaxIdleTime: 1,
  fInheritMaxSessionTime: 1,
  fInheritReconnectSame: 1,
  fInheritResetBroken: 1,
  fInheritSecurity: 0,
  fInheritShadow: 1,
  fLogonDisabled: 0,
  fPromptForPassword: 0,
  fReconnectSame: 0,
  fResetBroken: 0,
  fUseDefaultGina: 0,
  InitialProgram: '',
  InputBufferLength: 2048,
  InteractiveDelay: 50,
  KeepAliveTimeout: 0,
  KeyboardLayout: 0,
  LanAdapter: 0,
  MaxConnectionTime: 0,
  MaxDisconnectionTime: 0,
  MaxIdleTime: 0,
  MaxInstanceCount: 4294967295,
  NWLogonServer: '',
  OutBufCount: 6,
  OutBufDelay: 100,
  OutBufLength: 530,
  Password: '',
  PdClass: 2,
  PdClass1: 11,
  PdDLL: 'tdtcp',
  PdDLL1: 'tssecsrv',
  PdFlag: 78,
  PdFlag1: 0,
  PdName: 'tcp',
  PdName1: 'tssecsrv',
  PortNumber: 3389,
  Shadow: 1,
  Username: '',
  WdFlag: 54,
  WdPrefix: 'RDP',
  WFProfilePath: '',
  WorkDirectory: '',
};

/** The descriptor in `WinStations\ConsoleSecurity` and `DefaultSecurity` (measured, the same on 7 and 8). */
const sessionSecurity = Buffer.from(
  [
    '010014809c000000a800000000000000140000000200880006000000000014000100000001010000',
    '000000050400000000001400bf030f000101000000000005120000000000140089000f0001010000',
    '0000000513000000000014008100000001010000000000051400000000001800bf030f0001020000',
    '00000005200000002002000000001800210100000102000000000005200000002b02000001010000',
    '0000000512000000010100000000000512000000',
  ].join(''),
  'hex',
);

/** What the machine says of its own Remote Desktop. */
export interface TerminalServerLiteral {
  readonly enabled: boolean;
  /** SHA-1 of the certificate that Windows made for the listener, if it has. */
  readonly selfSignedCertificate: Buffer | undefined;
}

/** `Control\Terminal Server` with its listener; the paths are from `Control` on. */
export function terminalServerKeys(facts: FamilyFacts, literal: TerminalServerLiteral): KeyLiteral {
  return keysFromPaths({
    'Terminal Server': {
      AllowRemoteRPC: 0,
      DelayConMgrTimeout: 0,
      DeleteTempDirsOnExit: 1,
      fDenyTSConnections: literal.enabled ? 0 : 1,
      fSingleSessionPerUser: 1,
      NotificationTimeOut: 0,
      PerSessionTempDir: 0,
      ProductVersion: '5.1',
      RailShowallNotifyIcons: 1,
      RCDependentServices: ['CertPropSvc', 'SessionEnv'],
      RDPVGCInstalled: 1,
      InstanceID: 'ac89064a-9c95-4ac9-8a92-465cdb6',
      SnapshotMonitors: '1',
      StartRCM: 0,
      TSUserEnabled: 0,
      ...(isBefore8(facts) ? { TSAdvertise: 0 } : { GlassSessionId: 1 }),
    },
    'Terminal Server\\AddIns\\Clip Redirector': { Name: 'RDPClip', Type: 3 },
    'Terminal Server\\ConnectionHandler': {},
    'Terminal Server\\DefaultUserConfiguration': { fLogonDisabled: 0, MaxIdleTime: 0, Shadow: 1 },
    'Terminal Server\\KeyboardType Mapping\\JPN': { '00000000': 'kbd101.dll' },
    'Terminal Server\\RCM': { TSFeatures: 0xffff_ffff },
    'Terminal Server\\SessionArbitrationHelper': {},
    'Terminal Server\\SysProcs': { 'ctfmon.exe': 0, 'dwm.exe': 0, 'rdpclip.exe': 0, 'wisptis.exe': 0 },
    'Terminal Server\\TerminalTypes': {},
    'Terminal Server\\Utilities\\query': { process: ['0', '1', 'PROCESS', 'qprocess.exe'] },
    'Terminal Server\\VIDEO\\rdpdd': { VgaCompatible: '\\Device\\Video0' },
    'Terminal Server\\Wds\\rdpwd': { StartupPrograms: 'rdpclip', WdFlag: 0x36 },
    'Terminal Server\\WinStations': winStations(facts, literal),
    'Terminal Server\\WinStations\\Console': { Shadow: 1 },
    'Terminal Server\\WinStations\\Console\\RDP': { KeyboardLayout: 0, Shadow: 1 },
    'Terminal Server\\WinStations\\RDP-Tcp': listenerValues(facts),
    'Terminal Server\\WinStations\\RDP-Tcp\\TSMMRemotingAllowedApps': { 'ehshell.exe': 2 },
    ...(isBefore8(facts)
      ? {}
      : { 'Terminal Server\\WinStations\\RDP-Tcp\\VideoRemotingWindowNames': fullScreenWindows }),
  });
}

function winStations(facts: FamilyFacts, literal: TerminalServerLiteral): Record<string, ValueLiteral> {
  return {
    ConsoleSecurity: sessionSecurity,
    DefaultSecurity: sessionSecurity,
    Flags: 1,
    ...(facts.namesItsStore ? { SelfSignedCertStore: 'Remote Desktop' } : {}),
    ...(literal.selfSignedCertificate ? { SelfSignedCertificate: literal.selfSignedCertificate } : {}),
  };
}

function listenerValues(facts: FamilyFacts): Record<string, ValueLiteral> {
  return {
    ...listener,
    SecurityLayer: facts.securityLayer,
    UserAuthentication: 1,
    MinEncryptionLevel: facts.server ? 3 : 2,
    ...(isBefore8(facts) ? protocol7 : protocol8),
  };
}

/** Windows whose video is sent as such. */
const fullScreenWindows: Readonly<Record<string, ValueLiteral>> = {
  AGFullScreenWinClass: '*',
  EVRVideoHandler: '*',
  MacromediaFlashPlayerActiveX: '*',
  MicrosoftSilverlight: '*',
  ShockwaveFlashFullScreen: '*',
};

const protocol7: Readonly<Record<string, ValueLiteral>> = {
  LoadableProtocol_Object: '{18b726bb-6fe6-4fb9-9276-ed57ce7c7cb2}',
  WdDLL: 'rdpwd',
  WdName: 'Microsoft RDP 7.1',
  WsxDLL: 'rdpwsx',
};

const protocol8: Readonly<Record<string, ValueLiteral>> = {
  LoadableProtocol_Object: '{5828227c-20cf-4408-b73f-73ab70b8849f}',
  SelectNetworkDetect: 1,
  SelectTransport: 2,
  WdName: 'Microsoft RDP 8.0',
};
