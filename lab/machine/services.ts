import { type KeyLiteral, keysFromPaths, type ValueLiteral } from '../hive/index.ts';
import { type FamilyFacts, isBefore8 } from './families.ts';
import { ordinaryServices } from './ordinary-services.ts';

/** A service that Remote Desktop needs, or that one of its causes turns on. */
interface NeededService {
  readonly name: string;
  readonly start: number;
  readonly group: string;
  readonly library: string;
  readonly account: string;
  readonly dependsOn: readonly string[];
  readonly main?: string;
}

/** Start types and all else as shipped (measured on 7, 8 and 10, where they agree). */
const neededServices: readonly NeededService[] = [
  {
    name: 'TermService',
    start: 3,
    group: 'NetworkService',
    library: '%SystemRoot%\\System32\\termsrv.dll',
    account: 'NT Authority\\NetworkService',
    dependsOn: ['RPCSS'],
  },
  {
    name: 'SessionEnv',
    start: 3,
    group: 'netsvcs',
    library: '%SystemRoot%\\system32\\sessenv.dll',
    account: 'localSystem',
    dependsOn: ['RPCSS', 'LanmanWorkstation'],
  },
  {
    name: 'UmRdpService',
    start: 3,
    group: 'LocalSystemNetworkRestricted',
    library: '%SystemRoot%\\System32\\umrdp.dll',
    account: 'localSystem',
    dependsOn: ['TermService', 'RDPDR'],
  },
  {
    name: 'CertPropSvc',
    start: 3,
    group: 'netsvcs',
    library: '%SystemRoot%\\System32\\certprop.dll',
    account: 'LocalSystem',
    dependsOn: ['RpcSs'],
    main: 'CertPropServiceMain',
  },
  {
    name: 'CryptSvc',
    start: 2,
    group: 'NetworkService',
    library: '%SystemRoot%\\system32\\cryptsvc.dll',
    account: 'NT Authority\\NetworkService',
    dependsOn: ['RpcSs'],
    main: 'CryptServiceMain',
  },
  {
    name: 'gpsvc',
    start: 2,
    group: 'netsvcs',
    library: '%SystemRoot%\\System32\\gpsvc.dll',
    account: 'LocalSystem',
    dependsOn: ['RPCSS', 'Mup'],
    main: 'GroupPolicyClientServiceMain',
  },
  {
    name: 'MpsSvc',
    start: 2,
    group: 'LocalServiceNoNetwork',
    library: '%SystemRoot%\\system32\\mpssvc.dll',
    account: 'NT Authority\\LocalService',
    dependsOn: ['mpsdrv', 'bfe'],
  },
  {
    name: 'BFE',
    start: 2,
    group: 'LocalServiceNoNetwork',
    library: '%SystemRoot%\\System32\\bfe.dll',
    account: 'NT AUTHORITY\\LocalService',
    dependsOn: ['RpcSs'],
    main: 'BfeServiceMain',
  },
  {
    name: 'LanmanServer',
    start: 2,
    group: 'netsvcs',
    library: '%SystemRoot%\\system32\\srvsvc.dll',
    account: 'LocalSystem',
    dependsOn: ['SamSS', 'Srv2'],
  },
  {
    name: 'SharedAccess',
    start: 3,
    group: 'netsvcs',
    library: '%SystemRoot%\\System32\\ipnathlp.dll',
    account: 'LocalSystem',
    dependsOn: ['BFE'],
  },
];

/** A service of the kernel: a driver, by its start type and its file. */
const drivers: readonly (readonly [name: string, start: number, file: string])[] = [
  ['mpsdrv', 3, 'mpsdrv.sys'],
  ['rdpbus', 3, 'rdpbus.sys'],
  ['RDPDR', 3, 'rdpdr.sys'],
  ['RdpVideoMiniport', 3, 'rdpvideominiport.sys'],
  ['Tcpip', 0, 'tcpip.sys'],
];

/** Only Windows 7 and Server 2008 R2 have Remote Desktop's own device drivers. */
const driversBefore8: typeof drivers = [
  ['RDPCDD', 1, 'rdpcdd.sys'],
  ['RDPWD', 3, 'rdpwd.sys'],
  ['TDTCP', 3, 'tdtcp.sys'],
  ['TermDD', 1, 'termdd.sys'],
  ['tssecsrv', 3, 'tssecsrv.sys'],
];

/** `Services`, without the settings that some of them keep there. */
export function serviceKeys(facts: FamilyFacts): KeyLiteral {
  const paths: Record<string, Record<string, ValueLiteral>> = {};
  for (const { name, start, type, image, library } of ordinaryServices) {
    paths[name] = {
      ErrorControl: 1,
      ImagePath: { expand: imagePath(type, image) },
      Start: start,
      Type: type,
    };
    if (library !== '')
      paths[`${name}\\Parameters`] = { ServiceDll: { expand: `%SystemRoot%\\System32\\${library}` } };
  }
  for (const [name, start, file] of isBefore8(facts) ? [...drivers, ...driversBefore8] : drivers) {
    paths[name] = { ErrorControl: 1, ImagePath: { expand: imagePath(1, file) }, Start: start, Type: 1 };
  }
  for (const service of neededServices) Object.assign(paths, neededServiceKeys(service, facts));
  paths['KeyIso'] = keyIsolation;
  return keysFromPaths(paths);
}

/** CNG Key Isolation lives in lsass. */
const keyIsolation: Record<string, ValueLiteral> = {
  DependOnService: ['RpcSs'],
  DisplayName: '@keyiso.dll,-100',
  ErrorControl: 1,
  ImagePath: { expand: '%SystemRoot%\\system32\\lsass.exe' },
  ObjectName: 'LocalSystem',
  Start: 3,
  Type: 0x20,
};

function neededServiceKeys(
  service: NeededService,
  facts: FamilyFacts,
): Record<string, Record<string, ValueLiteral>> {
  const needsDriver = service.name === 'TermService' && isBefore8(facts);
  return {
    [service.name]: {
      DependOnService: needsDriver ? [...service.dependsOn, 'TermDD'] : service.dependsOn,
      ErrorControl: 1,
      FailureActions: failureActions,
      ImagePath: { expand: `%SystemRoot%\\System32\\svchost.exe -k ${service.group}` },
      ObjectName: service.account,
      ServiceSidType: 1,
      Start: service.start,
      Type: 0x20,
    },
    [`${service.name}\\Parameters`]: {
      ServiceDll: { expand: service.library },
      ServiceDllUnloadOnStop: 1,
      ...(service.main === undefined ? {} : { ServiceMain: service.main }),
    },
  };
}

/** Restart twice, each a minute later (measured: TermService's). */
const failureActions = Buffer.from(
  '80510100000000000000000003000000140000000100000060ea00000100000060ea00000000000060ea0000',
  'hex',
);

function imagePath(type: number, image: string): string {
  if (type <= 2) return `System32\\drivers\\${image}`;
  return image.includes('\\') ? `%SystemRoot%\\${image}` : `%SystemRoot%\\System32\\svchost.exe -k ${image}`;
}
