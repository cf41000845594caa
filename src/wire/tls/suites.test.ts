import { describe, expect, test } from 'vitest';
import { shippedCipherSuites } from '../../../lab/machine/cipher-suites.ts';
import {
  alertName,
  askedSuites,
  groupName,
  suiteFacts,
  suiteName,
  tlsVersions,
  versionNumber,
  versionOf,
} from './index.ts';

describe('names', () => {
  test.each([
    [0x1302, 'TLS_AES_256_GCM_SHA384'],
    [0xc030, 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
    [0xc013, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'],
    [0x000a, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
    [0xcca8, 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
    [0x0064, 'TLS_RSA_EXPORT1024_WITH_RC4_56_SHA'],
    [0x00ff, 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV'],
    [0x5600, 'TLS_FALLBACK_SCSV'],
    [0xd005, 'TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256'],
    [0x1a1a, '0x1a1a'],
    [0x00fe, '0x00fe'],
  ])('suite %i is %s', (suite, name) => expect(suiteName(suite)).toBe(name));

  test.each([
    [0, 'close_notify'],
    [40, 'handshake_failure'],
    [70, 'protocol_version'],
    [71, 'insufficient_security'],
    [80, 'internal_error'],
    [112, 'unrecognized_name'],
    [255, 'alert 255'],
  ])('alert %i is %s', (description, name) => expect(alertName(description)).toBe(name));

  test.each([
    [1, 'sect163k1'],
    [14, 'sect571r1'],
    [19, 'secp192r1'],
    [23, 'secp256r1'],
    [24, 'secp384r1'],
    [25, 'secp521r1'],
    [26, 'brainpoolP256r1'],
    [29, 'x25519'],
    [41, 'curveSM2'],
    [260, 'ffdhe8192'],
    [4588, 'X25519MLKEM768'],
    [65535, 'group 65535'],
  ])('group %i is %s', (group, name) => expect(groupName(group)).toBe(name));
});

describe('versions', () => {
  test.each(tlsVersions)('%s has a number and back', (version) => {
    expect(versionOf(versionNumber(version))).toBe(version);
  });

  test.each([0x0300, 0x0305, 0x7f1c, 0xfefd])('%i is none of TLS', (number) => {
    expect(versionOf(number)).toBeUndefined();
  });
});

describe('facts', () => {
  test.each([
    [0x1301, 'any', 'any', 'aes-gcm', true, true],
    [0x1305, 'any', 'any', 'aes-ccm', true, true],
    [0xc030, 'ecdhe', 'rsa', 'aes-gcm', true, true],
    [0xc009, 'ecdhe', 'ecdsa', 'aes-cbc', true, false],
    [0xcca9, 'ecdhe', 'ecdsa', 'chacha20', true, true],
    [0xc0af, 'ecdhe', 'ecdsa', 'aes-ccm', true, true],
    [0x0039, 'dhe', 'rsa', 'aes-cbc', true, false],
    [0x0013, 'dhe', 'dss', '3des', true, false],
    [0x002f, 'rsa', 'rsa', 'aes-cbc', false, false],
    [0x0005, 'rsa', 'rsa', 'rc4', false, false],
    [0x0009, 'rsa', 'rsa', 'des', false, false],
    [0x0003, 'rsa', 'rsa', 'export', false, false],
    [0x0063, 'dhe', 'dss', 'export', true, false],
    [0x003b, 'rsa', 'rsa', 'null', false, false],
    [0x0034, 'dhe', 'anon', 'aes-cbc', true, false],
    [0xc018, 'ecdhe', 'anon', 'aes-cbc', true, false],
    [0xc02d, 'ecdh', 'ecdsa', 'aes-gcm', false, true],
    [0x00a8, 'psk', 'psk', 'aes-gcm', false, true],
    [0x0041, 'rsa', 'rsa', 'camellia', false, false],
    [0xc061, 'ecdhe', 'rsa', 'aria', true, true],
    [0x0096, 'rsa', 'rsa', 'seed', false, false],
    [0x0007, 'rsa', 'rsa', 'idea', false, false],
    [0x001e, 'other', 'other', 'des', false, false],
  ])('of %i', (suite, keyExchange, authentication, encryption, forwardSecrecy, aead) => {
    expect(suiteFacts(suite)).toEqual({ keyExchange, authentication, encryption, forwardSecrecy, aead });
  });

  test.each([0x00ff, 0x5600, 0x1a1a])('none of %i', (suite) => expect(suiteFacts(suite)).toBeUndefined());
});

describe('asked suites', () => {
  const asked = Object.values(askedSuites).flat();

  test.each(tlsVersions)('of %s are there once each', (version) => {
    expect(new Set(askedSuites[version]).size).toBe(askedSuites[version].length);
  });

  test('are as many as servers take', () => {
    const counts = tlsVersions.map((version) => askedSuites[version].length);
    expect(counts).toEqual([57, 57, 119, 5]);
    expect(askedSuites['TLS 1.2'].length + askedSuites['TLS 1.3'].length + 1).toBeLessThan(128);
  });

  test('have neither authenticated encryption nor SHA-2 before TLS 1.2', () => {
    const wrong = askedSuites['TLS 1.0'].filter(
      (suite) => suiteFacts(suite)?.aead || /SHA\d/.test(suiteName(suite)),
    );
    expect(wrong.map(suiteName)).toEqual([]);
  });

  test.each(Object.entries(shippedCipherSuites))('have every suite that Windows %s ships', (_, shipped) => {
    const names = new Set(asked.map(suiteName));
    const needsNoSecret = shipped.filter((name) => !/^SSL_CK|_PSK_/.test(name));
    expect(needsNoSecret.length).toBeGreaterThan(10);
    expect(needsNoSecret.filter((name) => !names.has(name.replace(/_P\d+$/, '')))).toEqual([]);
  });

  test('of Windows come, with the signal before them, among the first 64', () => {
    const first = new Set(askedSuites['TLS 1.2'].slice(0, 63).map(suiteName));
    const shipped = new Set(Object.values(shippedCipherSuites).flat());
    const of12 = [...shipped].filter((name) => name.includes('_WITH_') && !/^SSL_CK|_PSK_/.test(name));
    expect(of12.filter((name) => !first.has(name.replace(/_P\d+$/, '')))).toEqual([]);
  });

  test('begin with what gives forward secrecy, and what encrypts nothing comes after all that does in Windows', () => {
    const kinds = askedSuites['TLS 1.2'].slice(0, 62).map((suite) => suiteFacts(suite)?.encryption);
    expect(kinds.indexOf('null')).toBeGreaterThan(kinds.lastIndexOf('export'));
    expect(askedSuites['TLS 1.2'].slice(0, 21).every((suite) => suiteFacts(suite)?.forwardSecrecy)).toBe(
      true,
    );
  });
});
