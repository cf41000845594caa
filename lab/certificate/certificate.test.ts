import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithOracle, runOracle } from '../oracle.ts';
import { certificateBlob, keyFileName, labOnlyKey, listenerKey, makeCertificate } from './index.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const term = { notBefore: new Date('2026-03-01T10:20:30Z'), notAfter: new Date('2026-09-01T10:20:30Z') };
const kinds = ['rsa2048', 'rsa1024', 'rsa512', 'ec256'] as const;

describe('a lab certificate', () => {
  it.each(kinds)('is one that node reads and verifies (%s)', (key) => {
    const { der, thumbprint } = makeCertificate({ subject: 'WEB-01', ...term, key });
    const certificate = new X509Certificate(der);
    expect(certificate.subject).toBe('CN=WEB-01');
    expect(certificate.issuer).toBe('CN=WEB-01');
    expect(new Date(certificate.validFrom)).toEqual(term.notBefore);
    expect(new Date(certificate.validTo)).toEqual(term.notAfter);
    expect(certificate.verify(createPublicKey(labOnlyKey(key)))).toBe(true);
    expect(certificate.fingerprint.replaceAll(':', '')).toBe(thumbprint);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(makeCertificate({ subject: 'WEB-01', ...term, key }).der).toEqual(der);
  });

  it('can be issued by another, and be for nothing in particular', () => {
    const literal = { subject: 'WEB-01', ...term, selfSigned: false, serverAuth: false };
    const certificate = new X509Certificate(makeCertificate(literal).der);
    expect(certificate.issuer).toBe('CN=Lab Certificate Authority');
    expect(certificate.verify(createPublicKey(labOnlyKey('authority')))).toBe(true);
    expect(certificate.verify(createPublicKey(labOnlyKey('rsa2048')))).toBe(false);
    expect(certificate.keyUsage).toBeUndefined();
  });

  it('can name computers, and say that its key signs', () => {
    const names = ['web.lab.example', 'rdp.lab.example'];
    const literal = { subject: 'WEB-01', ...term, key: 'ec256', usage: 'signature', names } as const;
    const certificate = new X509Certificate(makeCertificate(literal).der);
    expect(certificate.subjectAltName).toBe('DNS:web.lab.example, DNS:rdp.lab.example');
    expect(certificate.raw.includes(Buffer.from('0603551d0f040403020780', 'hex'))).toBe(true);
  });

  it("can be the authority's own", () => {
    const subject = 'Lab Certificate Authority';
    const own = new X509Certificate(makeCertificate({ subject, ...term, key: 'authority' }).der);
    const issued = new X509Certificate(
      makeCertificate({ subject: 'WEB-01', ...term, selfSigned: false }).der,
    );
    expect(own.ca).toBe(true);
    expect(issued.checkIssued(own)).toBe(true);
    expect(issued.verify(own.publicKey)).toBe(true);
  });

  it('can outlive 2049', () => {
    const notAfter = new Date('2051-01-02T03:04:05Z');
    const { der } = makeCertificate({ subject: 'WEB-01', notBefore: term.notBefore, notAfter });
    expect(new Date(new X509Certificate(der).validTo)).toEqual(notAfter);
  });
});

describeWithOracle('openssl', ['openssl'], () => {
  it.each(kinds)('accepts a lab certificate (%s)', (key) => {
    const { der } = makeCertificate({ subject: 'r\u00e4ksm\u00f6rg\u00e5s', ...term, key, digest: 'sha1' });
    const args = ['x509', '-inform', 'DER', '-noout', '-text', '-nameopt', 'utf8'];
    const text = runOracle('openssl', args, { input: der }).toString();
    expect(text).toContain('Version: 3 (0x2)');
    expect(text).toContain('CN=r\u00e4ksm\u00f6rg\u00e5s');
    expect(text).toContain('TLS Web Server Authentication');
    expect(text).toContain('Key Encipherment, Data Encipherment');
    expect(text).toContain(key === 'ec256' ? 'ecdsa-with-SHA1' : 'sha1WithRSAEncryption');
  });

  it.each(kinds)('verifies its signature (%s)', (key) => {
    const { der } = makeCertificate({ subject: 'WEB-01', ...term, key });
    const file = path.join(folder, `${key}.pem`);
    writeFileSync(file, new X509Certificate(der).toString());
    const at = `${term.notBefore.getTime() / 1000 + 60}`;
    const args = ['verify', '-CAfile', file, '-check_ss_sig', '-partial_chain', '-attime', at, file];
    const verdict = runOracle('openssl', args);
    expect(verdict.toString()).toContain('OK');
  });
});

describe('a certificate blob', () => {
  const { der, thumbprint } = makeCertificate({ subject: 'WEB-01', ...term });

  it('is a run of properties', () => {
    const properties = new Map<number, Buffer>();
    const blob = certificateBlob(der, listenerKey);
    for (let at = 0; at < blob.length; at += 12 + blob.readUInt32LE(at + 8)) {
      expect(blob.readUInt32LE(at + 4)).toBe(1);
      properties.set(blob.readUInt32LE(at), blob.subarray(at + 12, at + 12 + blob.readUInt32LE(at + 8)));
    }
    expect(properties.get(32)).toEqual(der);
    expect(properties.get(3)?.toString('hex').toUpperCase()).toBe(thumbprint);
    const key = properties.get(2) ?? Buffer.alloc(28);
    expect([...new Uint32Array(new Uint8Array(key.subarray(0, 28)).buffer)]).toEqual([
      28, 54, 1, 0x20, 0, 0, 1,
    ]);
    expect(key.subarray(28).toString('utf16le')).toBe(`${listenerKey.container}\0${listenerKey.provider}\0`);
  });

  it('has no key without a provider', () => {
    expect(certificateBlob(der).readUInt32LE(0)).toBe(3);
  });
});

describe('a key file', () => {
  const guid = '5f5a9b3c-0c1d-4a8e-9a53-8f0a8d6c7e21';

  /** Well known from real machines: the listener's, and those that IIS and .NET bring along. */
  it.each([
    ['TSSecKeySet1', 'f686aace6942fb7f7ceb231212eef4a4'],
    ['iisConfigurationKey', '6de9cb26d2b98c01ec4e9e8b34824aa2'],
    ['iisWasKey', '76944fb33636aeddb9590521c2e8815a'],
    ['NetFrameworkConfigurationKey', 'd6d986f09a1ee04e24c949879fdb506c'],
    ['Microsoft Internet Information Server', 'c2319c42033a5ca7f44e731bfd3fa2b5'],
  ])('of %s begins %s', (container, hash) => {
    expect(keyFileName(container, guid)).toBe(`${hash}_${guid}`);
  });
});
