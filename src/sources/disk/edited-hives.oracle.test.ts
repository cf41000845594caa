import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  certificateBlob,
  keyFileName,
  listenerKey,
  makeCertificate,
} from '../../../lab/certificate/index.ts';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { makeHive } from '../../../lab/hive/index.ts';
import { temporaryFolder } from '../../../lab/images/temporary.ts';
import type { FileLiteral } from '../../../lab/ntfs/index.ts';
import { runOracle } from '../../../lab/oracle.ts';
import { examine, onlyTarget, verdicts } from '../../../lab/whole-disk/examine.ts';
import { hexLine, hivexMerge, type RegistryEdits } from '../../../lab/whole-disk/hivex.ts';
import { mountedVolume } from '../../../lab/whole-disk/mounted.ts';
import { describeWithMount } from '../../formats/ntfs/testing/mounted-volume.ts';
import type { Report } from '../../report/schema.ts';

const control = 'ControlSet001\\Control';
const services = 'ControlSet001\\Services';
const terminalServer = `${control}\\Terminal Server`;
const winStations = `${terminalServer}\\WinStations`;
const listener = `${winStations}\\RDP-Tcp`;
const schannel = `${control}\\SecurityProviders\\SCHANNEL`;
const policy = 'Policies\\Microsoft\\Windows NT\\Terminal Services';
const currentVersion = 'Microsoft\\Windows NT\\CurrentVersion';
const machineKeys = 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys';
const machineGuid = '3a8f0d5e-71c6-4d43-9c50-2f4c8ad4b111';

const expandText = 2;
const binary = 3;

function expandLine(name: string, text: string): string {
  return hexLine(name, expandText, Buffer.from(`${text}\0`, 'utf16le'));
}

const certificate = makeCertificate({
  subject: 'WKS-WIN732BITA.shieldbase.local',
  notBefore: new Date('2026-04-01'),
  notAfter: new Date('2026-10-01'),
  digest: 'sha1',
});

/** A SOFTWARE hive for the Windows 7 of the corpus, which is not in it. */
const software: RegistryEdits = {
  [currentVersion]: ['"ProductName"="Windows 7 Professional"', '"CurrentBuildNumber"="7601"'],
  [`${currentVersion}\\ProfileList`]: [expandLine('ProgramData', '%SystemDrive%\\ProgramData')],
  'Microsoft\\Cryptography': [`"MachineGuid"="${machineGuid}"`],
  [`Microsoft\\SystemCertificates\\Remote Desktop\\Certificates\\${certificate.thumbprint}`]: [
    hexLine('Blob', binary, certificateBlob(certificate.der, listenerKey)),
  ],
};

const publicRule = [
  'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=3389|App=System',
  'Name=@FirewallAPI.dll,-28753|Desc=@FirewallAPI.dll,-28756|EmbedCtxt=@FirewallAPI.dll,-28752|',
].join('|');

/** That Windows 7 has NLA off, and nothing comes in on public networks; and its certificate is none that we have. */
const mended: RegistryEdits = {
  [`${services}\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules`]: [
    `"RemoteDesktop-In-TCP_1"="${publicRule}"`,
  ],
  [listener]: ['"UserAuthentication"=dword:00000001'],
  [winStations]: [hexLine('SelfSignedCertificate', binary, Buffer.from(certificate.thumbprint, 'hex'))],
};

/** Descriptors as they lie on a volume, put together by hand: an owner, a group, and who may do what. */
const sid = {
  everyone: '010100000000000100000000',
  system: '010100000000000512000000',
  networkService: '010100000000000514000000',
  administrators: '01020000000000052000000020020000',
} as const;

function descriptor(owner: keyof typeof sid, ...entries: (readonly [keyof typeof sid, number])[]): Buffer {
  const aces = entries.map(([who, rights]) => {
    const account = Buffer.from(sid[who], 'hex');
    const ace = Buffer.alloc(8);
    ace.writeUInt16LE(8 + account.length, 2);
    ace.writeUInt32LE(rights, 4);
    return Buffer.concat([ace, account]);
  });
  const acl = Buffer.alloc(8);
  acl.writeUInt8(2, 0);
  acl.writeUInt16LE(8 + aces.reduce((sum, ace) => sum + ace.length, 0), 2);
  acl.writeUInt16LE(aces.length, 4);
  const accounts = [Buffer.from(sid[owner], 'hex'), Buffer.from(sid.system, 'hex')];
  const header = Buffer.alloc(20);
  header.writeUInt8(1, 0);
  header.writeUInt16LE(0x9004, 2);
  header.writeUInt32LE(20, 4);
  header.writeUInt32LE(20 + (accounts[0]?.length ?? 0), 8);
  header.writeUInt32LE(20 + accounts.reduce((sum, account) => sum + account.length, 0), 16);
  return Buffer.concat([header, ...accounts, acl, ...aces]);
}

const all = 0x1f01ff;
const read = 0x120089;
const folderSecurity = descriptor('system', ['everyone', 0x12019f], ['administrators', all]);
const keySecurity = descriptor('system', ['networkService', read], ['system', all], ['administrators', read]);

function keyFile(security: Buffer, guid = machineGuid): FileLiteral {
  return {
    path: `${machineKeys}\\${keyFileName(listenerKey.container, guid)}`,
    data: Buffer.alloc(2048, 1),
    security,
  };
}

interface Edits {
  readonly system?: RegistryEdits;
  readonly software?: RegistryEdits;
  readonly key?: FileLiteral;
  readonly folder?: Buffer;
}

function edited(hive: Buffer, edits: RegistryEdits): Buffer {
  using folder = temporaryFolder();
  const file = folder.write('hive', hive);
  hivexMerge(file, edits);
  return readFileSync(file);
}

const config = 'Windows/System32/config';

function soundMachine() {
  const system = edited(corpusFile('hives/win7.SYSTEM'), mended);
  const hives = { system, software: edited(makeHive({}), software) };
  return { ...hives, volume: volumeWith(hives) };
}

function volumeWith(hives: { system: Buffer; software: Buffer }, { key, folder }: Edits = {}): Buffer {
  const files = [
    { path: `${config}/SYSTEM`.replaceAll('/', '\\'), data: hives.system },
    { path: `${config}/SOFTWARE`.replaceAll('/', '\\'), data: hives.software },
    { path: machineKeys, security: folder ?? folderSecurity },
    key ?? keyFile(keySecurity),
  ];
  return mountedVolume(files, { sizeInBytes: 15 * 2 ** 20 });
}

let sound: ReturnType<typeof soundMachine> | undefined;

/** The Windows 7 of the corpus, in health, with what `edits` change of it, on a volume of ntfs-3g's. */
async function examined(edits: Edits = {}): Promise<Report> {
  using folder = temporaryFolder();
  sound ??= soundMachine();
  const isAsItWas = !edits.key && !edits.folder;
  const volume = folder.write('volume', isAsItWas ? sound.volume : volumeWith(sound, edits));
  for (const name of ['system', 'software'] as const) {
    if (!edits[name]) continue;
    const hive = folder.write('hive', edited(sound[name], edits[name]));
    runOracle('ntfscp', ['-q', volume, hive, `${config}/${name.toUpperCase()}`]);
  }
  return await examine(volume);
}

interface Fault extends Edits {
  readonly found: readonly string[];
  readonly saw: string;
}

const off = '"Start"=dword:00000004';

const faults: readonly Fault[] = [
  {
    system: { [terminalServer]: ['"fDenyTSConnections"=dword:00000001'] },
    found: ['fault remote-connections-denied'],
    saw: '1',
  },
  {
    software: { [policy]: ['"fDenyTSConnections"=dword:00000001'] },
    found: ['fault remote-connections-denied', 'risk group-policy-reapplies'],
    saw: '1',
  },
  { system: { [`${services}\\TermService`]: [off] }, found: ['fault rdp-service-disabled'], saw: '4' },
  { system: { [`${services}\\gpsvc`]: [off] }, found: ['fault group-policy-service-disabled'], saw: '4' },
  { system: { [`${services}\\CryptSvc`]: [off] }, found: ['fault certificate-service-disabled'], saw: '4' },
  {
    system: {
      [`${services}\\TermService\\Parameters`]: [expandLine('ServiceDll', 'C:\\rdpwrap\\rdpwrap.dll')],
    },
    found: ['fault terminal-server-dll-replaced'],
    saw: '"C:\\rdpwrap\\rdpwrap.dll"',
  },
  {
    system: { [listener]: ['"SecurityLayer"=dword:00000009'] },
    found: ['fault listener-value-invalid'],
    saw: '9',
  },
  {
    system: { [listener]: ['"PortNumber"=dword:00000d3e'] },
    found: ['fault listener-port-moved'],
    saw: '3390',
  },
  { system: { [`-${listener}`]: [] }, found: ['fault listener-missing'], saw: 'the key is not there' },
  {
    system: { [`${schannel}\\Protocols\\TLS 1.0\\Server`]: ['"Enabled"=dword:00000000'] },
    found: ['fault no-tls-version-enabled'],
    saw: '0',
  },
  {
    system: { [`${schannel}\\Protocols\\TLS 1.2\\Server`]: ['"Enabled"=dword:00000000'] },
    found: ['fault tls-1.2-server-disabled'],
    saw: '0',
  },
  {
    system: { [`-${schannel}\\Hashes`]: [] },
    found: ['fault schannel-damaged'],
    saw: 'the key is not there',
  },
  {
    system: { [`${control}\\SecurityProviders`]: ['"SecurityProviders"="msv1_0.dll"'] },
    found: ['fault credssp-provider-missing'],
    saw: '"msv1_0.dll"',
  },
  {
    software: {
      'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002': [
        '"Functions"="TLS_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P256"',
      ],
    },
    found: ['fault cipher-suite-policy-unusable', 'risk group-policy-reapplies'],
    saw: 'TLS_AES_256_GCM_SHA384',
  },
  {
    system: { [winStations]: ['"SelfSignedCertStore"="My"'] },
    found: ['fault certificate-store-redirected'],
    saw: '"My"',
  },
  {
    software: { [`${currentVersion}\\ProfileList`]: [expandLine('ProgramData', 'E:\\Data')] },
    found: [
      'fault program-data-redirected',
      'unknown certificate-key-missing',
      'unknown certificate-key-of-another-machine',
      'unknown certificate-key-unreadable',
    ],
    saw: '"E:\\Data"',
  },
  {
    key: keyFile(descriptor('system', ['system', all], ['administrators', all])),
    found: ['fault certificate-key-unreadable'],
    saw: 'SY',
  },
  {
    key: keyFile(keySecurity, '00000000-1111-2222-3333-444444444444'),
    found: ['fault certificate-key-of-another-machine'],
    saw: '00000000-1111-2222-3333-444444444444',
  },
  {
    folder: descriptor('administrators', ['administrators', all], ['system', all]),
    found: ['risk machine-keys-folder-changed'],
    saw: 'BA',
  },
];

/** A fault's name in the list of tests: what is edited. */
const named = faults.map((fault) => ({
  ...fault,
  edit: [...Object.keys({ ...fault.system, ...fault.software }), ...(fault.key ? ['the key'] : [])].join(
    ', ',
  ),
}));

describeWithCorpus('a real Windows 7', () => {
  describeWithMount('edited by hivexregedit', ['hivexregedit', 'ntfscp'], () => {
    it('is healthy before anything is', async () => {
      const report = await examined();
      expect(verdicts(report)).toEqual([]);
      expect(onlyTarget(report).machine).toMatchObject({
        windows: 'Windows 7 Professional',
        build: 7601,
        computerName: 'WKS-WIN732BITA',
        domain: 'shieldbase.local',
      });
    });

    it.each(named)('$found by $edit', async ({ found, saw, ...edits }) => {
      const report = await examined(edits);
      expect(verdicts(report)).toEqual(found);
      expect(JSON.stringify(report.findings)).toContain(JSON.stringify(saw).slice(1, -1));
    });

    it.each([
      [1, '"fDenyTSConnections"=dword:00000000', '"fDenyTSConnections"=dword:00000001', []],
      [
        2,
        '"fDenyTSConnections"=dword:00000000',
        '"fDenyTSConnections"=dword:00000001',
        ['remote-connections-denied'],
      ],
      [2, '"fDenyTSConnections"=dword:00000001', '"fDenyTSConnections"=dword:00000000', []],
    ])('starts with control set %d', async (current, first, second, denied) => {
      const system = {
        Select: [`"Current"=dword:0000000${current}`],
        [terminalServer]: [first],
        'ControlSet002\\Control\\Terminal Server': [second],
      };
      const report = await examined({ system });
      expect(onlyTarget(report).machine.controlSet).toBe(`ControlSet00${current}`);
      expect(report.findings.map(({ check }) => check).filter((check) => /denied$/.test(check))).toEqual(
        denied,
      );
    });
  });
});
