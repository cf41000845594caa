import { fileTimeOf } from '../../formats/file-time.ts';
import { decodeNumber, decodeString } from '../../formats/regf/index.ts';
import type { Machine, MachineRole } from '../../model/machine.ts';
import { ifReadable } from './if-readable.ts';
import type { OfflineMachine } from './offline-machine.ts';
import { controlSetName, findKey } from './registry.ts';

const versionKey = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const firstWindows11Build = 22000;

/** By `ProductType`. */
const roles: ReadonlyMap<string, MachineRole> = new Map([
  ['WINNT', 'workstation'],
  ['SERVERNT', 'server'],
  ['LANMANNT', 'domain-controller'],
]);

/** What an installation at rest says of itself; what cannot be read is undefined. */
export function machineFacts(machine: OfflineMachine, partition: number): Machine {
  const build = numberFrom(readString(machine, versionKey, 'CurrentBuildNumber'));
  const productType = readString(
    machine,
    'SYSTEM\\CurrentControlSet\\Control\\ProductOptions',
    'ProductType',
  );
  return {
    windows: productName(machine, build),
    build,
    role: roles.get(productType?.toUpperCase() ?? ''),
    computerName: readString(
      machine,
      'SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName',
      'ComputerName',
    ),
    domain: domainOf(machine),
    connectionBroker: ifReadable(() => hasConnectionBroker(machine)),
    controlSet: ifReadable(() => controlSetName(machine.hive('SYSTEM'))),
    lastRan: ifReadable(() => lastRan(machine)),
    partition,
  };
}

/** Windows 11 still calls itself Windows 10 in `ProductName`; the build tells. */
function productName(machine: OfflineMachine, build: number | undefined): string | undefined {
  const name = readString(machine, versionKey, 'ProductName');
  if (build === undefined || build < firstWindows11Build) return name;
  return name?.replace(/^Windows 10\b/, 'Windows 11');
}

/**
 * The domain as TCP/IP knows it. A machine that is joined to none has an empty value, or none; a name that
 * was only set by hand looks the same as one that was joined.
 */
function domainOf(machine: OfflineMachine): string | undefined {
  return ifReadable(() => {
    const { key } = findKey(machine, 'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters');
    const names = ['Domain', 'NV Domain'].map((name) => {
      const value = key?.value(name);
      return value && decodeString(value);
    });
    return names.find((name) => name !== undefined && name !== '') ?? '';
  });
}

/**
 * When Windows was last shut down, or last wrote its SYSTEM hive if that was later: 8.1 and newer leave the date in the
 * hive's base block as it was.
 */
function lastRan(machine: OfflineMachine): Date {
  const { key } = findKey(machine, 'SYSTEM\\CurrentControlSet\\Control\\Windows');
  const shutdown = key?.value('ShutdownTime');
  const { lastWritten } = machine.hive('SYSTEM').state;
  if (shutdown?.size !== 8) return lastWritten;
  const shutDown = fileTimeOf(shutdown.data().readBigUInt64LE());
  return shutDown > lastWritten ? shutDown : lastWritten;
}

/** The role's service is `Tssdis`. */
function hasConnectionBroker(machine: OfflineMachine): boolean {
  const { key } = findKey(machine, 'SYSTEM\\CurrentControlSet\\Services\\Tssdis');
  const start = key?.value('Start');
  return start !== undefined && decodeNumber(start) !== undefined;
}

function readString(machine: OfflineMachine, path: string, name: string): string | undefined {
  return ifReadable(() => {
    const { key } = findKey(machine, path);
    const value = key?.value(name);
    return value && decodeString(value);
  });
}

function numberFrom(digits: string | undefined): number | undefined {
  return digits !== undefined && /^\d{1,6}$/.test(digits) ? Number(digits) : undefined;
}
