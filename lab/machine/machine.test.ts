import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findKey, type KeyLiteral } from '../hive/index.ts';
import {
  deleteKey,
  deleteValue,
  getValue,
  healthyMachine,
  labMachineGuid,
  machineKeysFolder,
  serviceSid,
  setValue,
  windowsFamilies,
} from './index.ts';

const now = new Date('2026-06-15T12:00:00Z');
const terminalServer = 'ControlSet001\\Control\\Terminal Server';
const rules = 'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
const store = 'Microsoft\\SystemCertificates\\Remote Desktop\\Certificates';

describe.each(windowsFamilies)('a healthy machine (%s)', (family) => {
  const { system, software, files, folders } = healthyMachine(family, { now });

  it('lets Remote Desktop in', () => {
    expect(getValue(system, terminalServer, 'fDenyTSConnections')).toBe(0);
    expect(getValue(system, `${terminalServer}\\WinStations\\RDP-Tcp`, 'PortNumber')).toBe(3389);
    const admitting = Object.values(findKey(system, rules)?.values ?? {}).filter((rule) => {
      return /\|Active=TRUE\|Dir=In\|Protocol=6\|.*LPort=3389\|/.test(`${rule}`);
    });
    expect(admitting.length).toBe(family === '7' ? 2 : 1);
  });

  it('has its certificate, and the key to it', () => {
    const [thumbprint = '', key] = Object.entries(findKey(software, store)?.keys ?? {})[0] ?? [];
    const blob = key?.values?.['Blob'] as Buffer;
    const der = blob.subarray(blob.lastIndexOf(Buffer.from('2000000001000000', 'hex')) + 12);
    const certificate = new X509Certificate(der);
    expect(certificate.fingerprint.replaceAll(':', '')).toBe(thumbprint);
    expect(new Date(certificate.validFrom) < now && now < new Date(certificate.validTo)).toBe(true);
    const pinned = getValue(system, `${terminalServer}\\WinStations`, 'SelfSignedCertificate');
    expect(pinned).toEqual(Buffer.from(thumbprint, 'hex'));
    const name = `f686aace6942fb7f7ceb231212eef4a4_${labMachineGuid}`;
    expect(files.map((file) => file.path)).toContain(`${machineKeysFolder}\\${name}`);
    expect(folders?.map((folder) => folder.path)).toContain(machineKeysFolder);
    expect(getValue(software, 'Microsoft\\Cryptography', 'MachineGuid')).toBe(labMachineGuid);
  });

  it('has the services that Remote Desktop needs, none of them disabled', () => {
    const needed = ['TermService', 'SessionEnv', 'UmRdpService', 'CertPropSvc', 'KeyIso', 'CryptSvc'];
    const starts = [...needed, 'gpsvc', 'mpssvc', 'BFE'].map((name) => {
      return getValue(system, `ControlSet001\\Services\\${name}`, 'Start');
    });
    expect(starts).toEqual([3, 3, 3, 3, 3, 2, 2, 2, 2]);
  });

  it('is no smaller than is needed to get lost in', () => {
    expect(Object.keys(findKey(system, 'ControlSet001\\Services')?.keys ?? {}).length).toBeGreaterThan(90);
    expect(Object.keys(findKey(system, rules)?.values ?? {}).length).toBeGreaterThan(80);
  });

  it('belongs to its caller', () => {
    setValue(system, terminalServer, 'fDenyTSConnections', 1);
    const another = healthyMachine(family, { now });
    expect(getValue(another.system, terminalServer, 'fDenyTSConnections')).toBe(0);
    expect(another.files[0]?.data).not.toBe(files[0]?.data);
  });
});

describe('a machine on which Remote Desktop was never on', () => {
  const { system, software, files } = healthyMachine('11', { now, rdpEnabled: false });

  it('denies connections, and has neither rules that admit nor a certificate', () => {
    expect(getValue(system, terminalServer, 'fDenyTSConnections')).toBe(1);
    expect(getValue(system, rules, 'RemoteDesktop-UserMode-In-TCP')).toContain('|Active=FALSE|');
    expect(findKey(software, store)).toBeUndefined();
    expect(files.some((file) => file.path.includes('f686aace'))).toBe(false);
  });
});

describe('a machine of a domain', () => {
  it('says so where Windows does', () => {
    const { system } = healthyMachine('2022', { now, computerName: 'WEB-01', domain: 'corp.example' });
    const parameters = 'ControlSet001\\Services\\Tcpip\\Parameters';
    expect(getValue(system, parameters, 'NV Domain')).toBe('corp.example');
    expect(getValue(system, 'ControlSet001\\Control\\ComputerName\\ComputerName', 'ComputerName')).toBe(
      'WEB-01',
    );
    expect(getValue(healthyMachine('2022', { now }).system, parameters, 'Domain')).toBe('');
  });
});

describe('altering a literal', () => {
  const hive = (): KeyLiteral => ({ keys: { Control: { values: { Name: 1 }, keys: { Lsa: {} } } } });

  it('does not regard case', () => {
    const root = hive();
    setValue(root, 'CONTROL', 'NAME', 2);
    setValue(root, 'control\\lsa\\New', 'Value', 'x');
    expect(root).toEqual({
      keys: {
        Control: { values: { Name: 2 }, keys: { Lsa: { keys: { New: { values: { Value: 'x' } } } } } },
      },
    });
    deleteValue(root, 'control', 'name');
    deleteKey(root, 'control\\LSA');
    expect(root).toEqual({ keys: { Control: { values: {}, keys: {} } } });
  });

  it('refuses to delete what is not there', () => {
    expect(() => deleteValue(hive(), 'Control', 'Nome')).toThrow('there is no value Control\\Nome');
    expect(() => deleteKey(hive(), 'Control\\Lso')).toThrow('there is no key Control\\Lso');
    expect(() => deleteKey(hive(), 'Cantrol')).toThrow('there is no key Cantrol');
  });
});

describe('the SID of a service', () => {
  it('is the one that every Windows has', () => {
    expect(serviceSid('TrustedInstaller')).toBe(
      'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
    );
  });
});
