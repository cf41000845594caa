import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { fuzz } from '../../../lab/fuzz/fuzz.ts';
import { target } from '../../../lab/fuzz/targets/certificate-store.ts';
import { FormatError } from '../errors.ts';
import {
  authorityDer,
  makeBlob,
  makeKeyProvider,
  remoteDesktopDer,
  sameNameDer,
  selfSignedDer,
} from './blobs.fixture.ts';
import {
  type KeyProvider,
  keyFile,
  keyFileHash,
  keyFileName,
  keyFolder,
  readCertificate,
  readCertificateBlob,
} from './index.ts';

const rsaFolder = 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys';
const cngFolder = 'ProgramData\\Microsoft\\Crypto\\Keys';
const enhanced = 'Microsoft Enhanced Cryptographic Provider v1.0';
const softwareKsp = 'Microsoft Software Key Storage Provider';

function refusal(act: () => unknown): FormatError {
  try {
    act();
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a blob', () => {
  const provider = makeKeyProvider({ container: 'TSSecKeySet1', provider: enhanced, type: 1, keySpec: 1 });
  const sha1 = createHash('sha1').update(selfSignedDer).digest();
  const blob = makeBlob([
    [3, sha1],
    [2, provider],
    [11, Buffer.from('friendly\0', 'utf16le')],
    [32, selfSignedDer],
  ]);

  it('is read', () => {
    const read = readCertificateBlob(blob);
    expect(read.der).toEqual(selfSignedDer);
    expect(read.sha1).toEqual(sha1);
    expect(read.keyProvider).toEqual({
      container: 'TSSecKeySet1',
      provider: enhanced,
      type: 1,
      flags: 0x20,
      keySpec: 1,
      usesMachineKeys: true,
    });
    expect([...read.properties.keys()]).toEqual([3, 2, 11, 32]);
  });

  it('may lack everything', () => {
    const empty = { der: undefined, sha1: undefined, keyProvider: undefined, properties: new Map() };
    expect(readCertificateBlob(Buffer.alloc(0))).toEqual(empty);
  });

  it('keeps the first of a property that comes twice', () => {
    const twice = makeBlob([
      [32, selfSignedDer],
      [32, authorityDer],
    ]);
    expect(readCertificateBlob(twice).der).toEqual(selfSignedDer);
  });

  it("tells an account's key from a machine's, and a name that is not there", () => {
    const mine = makeKeyProvider({ container: 'k', provider: softwareKsp, flags: 0x40 });
    mine.writeUInt32LE(0, 0);
    const { keyProvider } = readCertificateBlob(makeBlob([[2, mine]]));
    expect(keyProvider).toMatchObject({
      container: '',
      provider: softwareKsp,
      usesMachineKeys: false,
      flags: 0x40,
    });
  });

  it.each([
    [
      'cut in its certificate',
      blob.subarray(0, -1),
      /^property 32 at \d+ of the certificate blob has \d+ bytes/,
    ],
    ['cut in a header', blob.subarray(0, 40), /ends within a property's header at 32$/],
    ['of one byte', Buffer.alloc(1), /ends within a property's header at 0$/],
    ['with a length of 4 GiB', Buffer.concat([Buffer.alloc(8), Buffer.alloc(4, 0xff)]), /4294967295 bytes/],
    ['with a SHA-1 of 19 bytes', makeBlob([[3, Buffer.alloc(19)]]), /SHA-1 has 19 bytes/],
    ['with a short key provider', makeBlob([[2, Buffer.alloc(27)]]), /property has 27 bytes/],
    [
      'with an endless container name',
      makeBlob([[2, Buffer.alloc(64, 1)]]),
      /container's name at 16843009 does not end/,
    ],
    [
      'with an endless provider name',
      makeBlob([[2, provider.subarray(0, -2)]]),
      /provider's name at 54 does not end/,
    ],
  ])('is refused: %s', (_, bytes, message) => {
    const error = refusal(() => readCertificateBlob(bytes));
    expect(error.kind).toBe('damaged');
    expect(error.message).toMatch(message);
  });
});

describe('a certificate', () => {
  it("tells its facts: the listener's own", () => {
    expect(readCertificate(selfSignedDer)).toEqual({
      subject: 'CN=WIN-RDP01',
      issuer: 'CN=WIN-RDP01',
      notBefore: new Date('2026-11-21T02:54:43Z'),
      notAfter: new Date('2027-05-22T02:54:43Z'),
      selfSigned: true,
      publicKey: { type: 'rsa', bits: 2048 },
      signatureAlgorithm: 'sha256WithRSAEncryption',
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      serverAuthentication: true,
      thumbprint: '065B331EFA1FE3908FF9B390E55A142B67C11F44',
    });
  });

  it('tells its facts: one of an authority', () => {
    expect(readCertificate(remoteDesktopDer)).toMatchObject({
      subject: 'CN=rdp.example.test, O=Example',
      issuer: 'CN=Example CA, O=Example\\, Inc., C=SE',
      selfSigned: false,
      publicKey: { type: 'ec', bits: 256 },
      extendedKeyUsage: ['1.3.6.1.4.1.311.54.1.2'],
      serverAuthentication: false,
    });
  });

  it('without an extended usage does not say what it may not do', () => {
    const facts = readCertificate(authorityDer);
    expect(facts).toMatchObject({ selfSigned: true, publicKey: { type: 'ec', bits: 384 } });
    expect(facts.extendedKeyUsage).toBeUndefined();
    expect(facts.serverAuthentication).toBeUndefined();
  });

  it('is not self-signed by a name alone', () => {
    expect(readCertificate(sameNameDer)).toMatchObject({
      subject: 'CN=Same',
      issuer: 'CN=Same',
      selfSigned: false,
    });
  });

  it('is read though its key is of no known kind', () => {
    const odd = Buffer.from(selfSignedDer);
    const rsa = Buffer.from('2a864886f70d010101', 'hex');
    odd.writeUInt8(0x7d, odd.indexOf(rsa) + rsa.length - 1);
    expect(readCertificate(odd)).toMatchObject({
      publicKey: { type: 'unknown', bits: 0 },
      selfSigned: false,
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    [
      'PEM',
      Buffer.from(
        `-----BEGIN CERTIFICATE-----\n${selfSignedDer.toString('base64')}\n-----END CERTIFICATE-----\n`,
      ),
    ],
    ['a cut one', selfSignedDer.subarray(0, 300)],
    ['a bare sequence', Buffer.of(0x30, 0x00)],
  ])('is refused: %s', (_, der) => {
    expect(refusal(() => readCertificate(der)).kind).toBe('damaged');
  });
});

describe('a key file', () => {
  it.each([
    // Names and files that public listings of MachineKeys give together.
    ['TSSecKeySet1', 'f686aace6942fb7f7ceb231212eef4a4'],
    ['iisConfigurationKey', '6de9cb26d2b98c01ec4e9e8b34824aa2'],
    ['iisWasKey', '76944fb33636aeddb9590521c2e8815a'],
    ['NetFrameworkConfigurationKey', 'd6d986f09a1ee04e24c949879fdb506c'],
    ['Microsoft Internet Information Server', 'c2319c42033a5ca7f44e731bfd3fa2b5'],
    ['MS IIS DCOM Server', '7a436fe806e483969f48a894af2fe9a1'],
    ['WMSvc Certificate Key Container', 'bedbf0b4da5f8061b6444baedf4c00b1'],
    ['MyCoolContainer', '52ab417621a9d74c73e3e0f1bc374e0a'],
  ])('of a CSP is named by its container: %s', (container, hash) => {
    expect(keyFileHash(container)).toBe(hash);
    expect(keyFileHash(container.toUpperCase(), 'csp')).toBe(hash);
    expect(keyFileName(container, 'guid')).toBe(`${hash}_guid`);
  });

  it.each([
    // Key files of Windows 10 and 11 that hold these names.
    ['Microsoft Connected Devices Platform device certificate', 'de7cf8a7901d2ad13e5c67c29e5d1662'],
    ['Google Chromekey1', '7096db7aeb75c0d3497ecd56d355a695'],
  ])('of CNG is named otherwise: %s', (container, hash) => {
    expect(keyFileHash(container, 'cng')).toBe(hash);
    expect(keyFileName(container, 'guid', 'cng')).toBe(`${hash}_guid`);
    expect(keyFileHash(container)).not.toBe(hash);
  });

  it.each([
    [softwareKsp, cngFolder],
    [softwareKsp.toUpperCase(), cngFolder],
    [enhanced, rsaFolder],
    ['Microsoft RSA SChannel Cryptographic Provider', rsaFolder],
    ['Microsoft Enhanced RSA and AES Cryptographic Provider', rsaFolder],
    ['Microsoft Strong Cryptographic Provider', rsaFolder],
    [
      'Microsoft Base DSS and Diffie-Hellman Cryptographic Provider',
      'ProgramData\\Microsoft\\Crypto\\DSS\\MachineKeys',
    ],
    ['Microsoft Platform Crypto Provider', undefined],
    ['Microsoft Smart Card Key Storage Provider', undefined],
    ['Microsoft Base Smart Card Crypto Provider', undefined],
    ['nCipher Security World Key Storage Provider', undefined],
    ['', undefined],
  ])('lies where its provider keeps it: %s', (provider, folder) => {
    expect(keyFolder(provider)).toBe(folder);
  });

  const machineKey: KeyProvider = {
    container: 'TSSecKeySet1',
    provider: enhanced,
    type: 1,
    flags: 0x20,
    keySpec: 1,
    usesMachineKeys: true,
  };
  const google = {
    ...machineKey,
    container: 'Google Chromekey1',
    provider: softwareKsp,
    type: 0,
    keySpec: 0,
  };
  it.each([
    ['a CSP', machineKey, { folder: rsaFolder, storage: 'csp', hash: 'f686aace6942fb7f7ceb231212eef4a4' }],
    ['CNG', google, { folder: cngFolder, storage: 'cng', hash: '7096db7aeb75c0d3497ecd56d355a695' }],
    ['an account', { ...machineKey, usesMachineKeys: false }, undefined],
    ['a TPM', { ...google, provider: 'Microsoft Platform Crypto Provider' }, undefined],
    ['a name beyond ASCII', { ...machineKey, container: 'clé' }, undefined],
    ['no name', { ...machineKey, container: '' }, undefined],
  ])('of %s is told, or not, from its provider alone', (_, provider, expected) => {
    expect(keyFile(provider)).toEqual(expected);
  });

  it('is not told by a guess', () => {
    expect(refusal(() => keyFileHash('clé')).kind).toBe('unsupported');
  });
});

describeWithCorpus("the certificates of a real account's hive", () => {
  it('are read, each with the thumbprint that its store noted', () => {
    const hive = corpusFile('hives/usrclass-dirty.dat');
    const facts = blobsOf(hive).map((blob) => {
      const { der, sha1, properties } = readCertificateBlob(blob);
      if (!der) throw new Error('no certificate');
      const { thumbprint, subject, publicKey } = readCertificate(der);
      expect(thumbprint).toBe(sha1?.toString('hex').toUpperCase());
      return [thumbprint, subject.split(',', 2).at(-1), publicKey.bits, properties.size];
    });
    expect(facts).toEqual([
      ['292A611AF0D7294B074F3DFCF13F7392843311AB', ' CN=IE Instrumentation', 2048, 8],
      ['AD898AC73DF333EB60AC1F5FC6C4B2219DDB79B7', ' OU=Microsoft IT', 4096, 8],
    ]);
  });
});

/** The data of all values named `Blob`, found by their cells. */
function blobsOf(hive: Buffer): Buffer[] {
  const blobs: Buffer[] = [];
  for (let at = hive.indexOf('Blob'); at >= 0; at = hive.indexOf('Blob', at + 1)) {
    if (hive.toString('latin1', at - 20, at - 18) !== 'vk') continue;
    const data = 0x1000 + hive.readUInt32LE(at - 12) + 4;
    blobs.push(hive.subarray(data, data + hive.readUInt32LE(at - 16)));
  }
  return blobs;
}

it('survives mutated blobs', () => {
  expect(() => fuzz(target, 500, 1)).not.toThrow();
});
