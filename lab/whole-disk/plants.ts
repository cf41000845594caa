import { fromSddl } from '../../src/formats/security-descriptor/index.ts';
import { keyAt } from '../hive/index.ts';
import {
  deleteKey,
  deleteValue,
  type MachineLiteral,
  machineKeysFolder,
  setValue,
} from '../machine/index.ts';
import { listenerKeyFile, pin, replaceSelfSigned } from '../world/certificates.ts';

/** The smallest thing that sets off one check, in every family of Windows. */
export interface Plant {
  readonly check: string;
  /** `fault` unless told. */
  readonly verdict?: 'risk';
  /** What this world rightly sets off as well, as `verdicts` has it. */
  readonly alsoFound?: readonly string[];
  plant(machine: MachineLiteral): void;
}

const control = 'ControlSet001\\Control';
const services = 'ControlSet001\\Services';
const terminalServer = `${control}\\Terminal Server`;
const listener = `${terminalServer}\\WinStations\\RDP-Tcp`;
const schannel = `${control}\\SecurityProviders\\SCHANNEL`;
const protocols = `${schannel}\\Protocols`;
const firewallRules = `${services}\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules`;
const policy = 'Policies\\Microsoft\\Windows NT\\Terminal Services';

const inTerm = { notBefore: new Date('2026-04-01'), notAfter: new Date('2026-10-01') };
const outOfTerm = { notBefore: new Date('2022-01-01'), notAfter: new Date('2022-07-01') };

function start(service: string, type: number) {
  return ({ system }: MachineLiteral): void => setValue(system, `${services}\\${service}`, 'Start', type);
}

function listenerValue(name: string, value: number) {
  return ({ system }: MachineLiteral): void => setValue(system, listener, name, value);
}

const listenerPlants: readonly Plant[] = [
  {
    check: 'remote-connections-denied',
    plant: ({ system }) => setValue(system, terminalServer, 'fDenyTSConnections', 1),
  },
  { check: 'listener-missing', plant: ({ system }) => deleteKey(system, listener) },
  { check: 'rdp-service-disabled', plant: start('TermService', 4) },
  {
    check: 'terminal-server-dll-replaced',
    plant: ({ system }) =>
      setValue(system, `${services}\\TermService\\Parameters`, 'ServiceDll', { expand: 'C:\\rdpwrap.dll' }),
  },
  { check: 'listener-value-invalid', plant: listenerValue('SecurityLayer', 7) },
  { check: 'security-negotiation-off', plant: listenerValue('fAllowSecProtocolNegotiation', 0) },
  { check: 'nla-off', verdict: 'risk', plant: listenerValue('UserAuthentication', 0) },
  { check: 'listener-port-moved', plant: listenerValue('PortNumber', 3390) },
  {
    check: 'firewall-blocks-rdp',
    plant: ({ system }) =>
      setValue(system, firewallRules, 'B', 'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=3389|'),
  },
  { check: 'firewall-service-disabled', plant: start('mpssvc', 4) },
];

const tlsPlants: readonly Plant[] = [
  { check: 'schannel-damaged', plant: ({ system }) => deleteKey(system, schannel) },
  {
    check: 'credssp-provider-missing',
    plant: ({ system }) => deleteValue(system, `${control}\\SecurityProviders`, 'SecurityProviders'),
  },
  {
    check: 'cipher-suites-damaged',
    plant: ({ system }) => deleteKey(system, `${control}\\Cryptography\\Configuration\\Local\\SSL\\00010002`),
  },
  {
    check: 'no-tls-version-enabled',
    plant({ system }) {
      for (const version of ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'])
        setValue(system, `${protocols}\\${version}\\Server`, 'Enabled', 0);
    },
  },
  {
    check: 'tls-1.2-server-disabled',
    plant: ({ system }) => setValue(system, `${protocols}\\TLS 1.2\\Server`, 'Enabled', 0),
  },
  {
    check: 'algorithms-disabled',
    plant({ system }) {
      for (const cipher of ['AES 128/128', 'AES 256/256'])
        setValue(system, `${schannel}\\Ciphers\\${cipher}`, 'Enabled', 0);
    },
  },
  {
    check: 'cipher-suite-policy-unusable',
    plant: ({ software }) =>
      setValue(software, 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002', 'Functions', ''),
  },
  {
    check: 'fips-conflict',
    plant(machine) {
      setValue(machine.system, `${control}\\Lsa\\FipsAlgorithmPolicy`, 'Enabled', 1);
      replaceSelfSigned(machine, { subject: 'LAB', ...inTerm, key: 'rsa1024' });
    },
  },
  {
    check: 'legacy-tls-enabled',
    verdict: 'risk',
    plant: ({ system }) => setValue(system, `${protocols}\\TLS 1.0\\Server`, 'Enabled', 1),
  },
];

const certificatePlants: readonly Plant[] = [
  {
    check: 'certificate-expired',
    plant: (machine) => replaceSelfSigned(machine, { subject: 'LAB', ...outOfTerm }),
  },
  {
    check: 'certificate-key-missing',
    plant(machine) {
      const key = listenerKeyFile(machine);
      machine.files = machine.files.filter((file) => file !== key);
    },
  },
  {
    check: 'certificate-key-unreadable',
    plant(machine) {
      listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)';
    },
  },
  {
    check: 'certificate-key-of-another-machine',
    plant(machine) {
      const key = listenerKeyFile(machine);
      key.path = key.path.replace(/_.*$/, '_11111111-2222-3333-4444-555555555555');
    },
  },
  {
    check: 'machine-keys-folder-changed',
    verdict: 'risk',
    plant({ folders = [] }) {
      for (const folder of folders)
        if (folder.path === machineKeysFolder) folder.sddl = 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
    },
  },
  {
    check: 'pinned-certificate-unusable',
    plant: (machine) => pin(machine, '00112233445566778899AABBCCDDEEFF00112233'),
  },
  {
    check: 'certificate-store-denied',
    plant({ software }) {
      const store = keyAt(software, 'Microsoft\\SystemCertificates\\Remote Desktop');
      store.security = fromSddl('O:SYG:SYD:PAI(D;CI;KA;;;SY)(A;CI;KA;;;SY)(A;CI;KA;;;BA)');
    },
  },
  {
    check: 'certificate-store-redirected',
    plant: ({ system }) => setValue(system, `${terminalServer}\\WinStations`, 'SelfSignedCertStore', 'My'),
  },
  {
    check: 'program-data-redirected',
    // The keys lie on another volume then, if anywhere.
    alsoFound: ['missing', 'of-another-machine', 'unreadable'].map(
      (what) => `unknown certificate-key-${what}`,
    ),
    plant: ({ software }) =>
      setValue(software, 'Microsoft\\Windows NT\\CurrentVersion\\ProfileList', 'ProgramData', {
        expand: 'D:\\ProgramData',
      }),
  },
  { check: 'certificate-service-disabled', plant: start('KeyIso', 4) },
];

const policyPlants: readonly Plant[] = [
  {
    check: 'negotiation-test-left-on',
    plant({ software }) {
      setValue(software, policy, 'SecurityLayer', 0);
      setValue(software, policy, 'UserAuthentication', 0);
    },
  },
  { check: 'group-policy-service-disabled', plant: start('gpsvc', 4) },
  {
    check: 'group-policy-reapplies',
    verdict: 'risk',
    alsoFound: ['fault remote-connections-denied'],
    plant({ system, software }) {
      setValue(system, `${services}\\Tcpip\\Parameters`, 'Domain', 'corp.example');
      setValue(software, policy, 'fDenyTSConnections', 1);
    },
  },
];

/** One plant for every check that a disk can set off. */
export const plants: readonly Plant[] = [
  ...listenerPlants,
  ...tlsPlants,
  ...certificatePlants,
  ...policyPlants,
];
