import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';
import { readCertificate } from './index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeWithOracle('certificates of openssl', ['openssl'], () => {
  it.each([
    ['rsa', ['rsa:2048'], { type: 'rsa', bits: 2048 }],
    ['ec', ['ec', '-pkeyopt', 'ec_paramgen_curve:secp521r1'], { type: 'ec', bits: 521 }],
    ['ed25519', ['ed25519'], { type: 'ed25519', bits: 256 }],
  ])('read as openssl shows them: %s', (name, algorithm, publicKey) => {
    const file = path.join(folder, `${name}.der`);
    const subject = '/C=SE/O=Åre, Example/CN=host';
    const made = ['-nodes', '-keyout', path.join(folder, 'key'), '-outform', 'DER', '-out', file, '-utf8'];
    const usage = ['-addext', 'extendedKeyUsage=clientAuth,serverAuth'];
    runOracle('openssl', [
      'req',
      '-x509',
      '-newkey',
      ...algorithm,
      ...made,
      ...usage,
      '-subj',
      subject,
      '-days',
      '9',
    ]);
    const shown = (...args: string[]) =>
      runOracle('openssl', ['x509', '-inform', 'DER', '-in', file, '-noout', ...args])
        .toString()
        .trim();
    const facts = readCertificate(readFileSync(file));
    expect(facts).toMatchObject({ publicKey, selfSigned: true, serverAuthentication: true });
    expect(`SHA1 Fingerprint=${facts.thumbprint.replace(/..(?=.)/g, '$&:')}`).toBe(shown('-fingerprint'));
    expect(facts.subject.replaceAll(', ', ',')).toBe(
      shown('-subject', '-nameopt', 'esc_2253,esc_ctrl,utf8,sep_comma_plus,dn_rev,sname')
        .replace('subject=', '')
        .replaceAll(', ', ','),
    );
    expect(`notBefore=${facts.notBefore.toISOString()}`).toBe(iso(shown('-startdate')));
    expect(`notAfter=${facts.notAfter.toISOString()}`).toBe(iso(shown('-enddate')));
  });
});

function iso(line: string): string {
  const [name = '', date = ''] = line.split('=');
  return `${name}=${new Date(date).toISOString()}`;
}
