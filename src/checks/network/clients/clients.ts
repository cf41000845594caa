import type { Client, TlsOffer } from './client.ts';
import {
  opensslSuites,
  windows7Suites,
  windows10Suites,
  windows11Suites,
  windowsAppSuites,
} from './offered-suites.ts';

/** TLS with CredSSP and early authorization: PROTOCOL_SSL, PROTOCOL_HYBRID, PROTOCOL_HYBRID_EX. */
const withEarlyAuthorization = 0x0b;
/** TLS with CredSSP: PROTOCOL_SSL, PROTOCOL_HYBRID. */
const withCredssp = 0x03;

/** Version 5 of CredSSP came with the correction of CVE-2018-0886. */
const correctedCredssp = 5;

/** Standard RDP security where the endpoint allows nothing else (SSL_NOT_ALLOWED_BY_SERVER). */
const retryOfWindows = { codes: [2], requests: [0], believed: true };
const retryOfFreerdp = { codes: undefined, requests: [1, 0], believed: false };

/** TLS 1.0 and 1.1 are in OpenSSL 3's ClientHello up to FreeRDP 3.26, and then fail: its security level forbids them. */
const opensslOffer: TlsOffer = {
  versions: { 'TLS 1.0': 'no', 'TLS 1.1': 'no', 'TLS 1.2': 'yes', 'TLS 1.3': 'yes' },
  suites: opensslSuites,
  otherSuites: 'no',
};

/** What the named clients can negotiate as they are installed; the sources are in `docs/clients.md`. */
export const clients: readonly Client[] = [
  {
    name: 'windows-7',
    request: withCredssp,
    requestBelieved: true,
    retry: retryOfWindows,
    standardSecurity: 'yes',
    tls: {
      // 1.1 and 1.2 are off by default, and Remote Desktop needs the update 3080079 for them.
      versions: { 'TLS 1.0': 'yes', 'TLS 1.1': 'unknown', 'TLS 1.2': 'unknown', 'TLS 1.3': 'no' },
      suites: windows7Suites,
      otherSuites: 'no',
    },
    rsa: { refusedBelow: 0, unknownBelow: 1024 },
    otherKeys: 'unknown',
    leastCredssp: correctedCredssp,
  },
  {
    name: 'windows-10',
    request: withEarlyAuthorization,
    requestBelieved: false,
    retry: retryOfWindows,
    standardSecurity: 'yes',
    tls: {
      versions: { 'TLS 1.0': 'yes', 'TLS 1.1': 'yes', 'TLS 1.2': 'yes', 'TLS 1.3': 'no' },
      suites: windows10Suites,
      otherSuites: 'no',
    },
    rsa: { refusedBelow: 1024, unknownBelow: 1024 },
    otherKeys: 'unknown',
    leastCredssp: correctedCredssp,
  },
  {
    name: 'windows-11',
    request: withEarlyAuthorization,
    requestBelieved: false,
    retry: retryOfWindows,
    standardSecurity: 'believed',
    tls: {
      // Later releases are announced to have 1.0 and 1.1 off by default; which, no source says for certain.
      versions: { 'TLS 1.0': 'unknown', 'TLS 1.1': 'unknown', 'TLS 1.2': 'yes', 'TLS 1.3': 'believed' },
      suites: windows11Suites,
      otherSuites: 'no',
    },
    rsa: { refusedBelow: 1024, unknownBelow: 1024 },
    otherKeys: 'unknown',
    leastCredssp: correctedCredssp,
  },
  {
    name: 'windows-app',
    request: withEarlyAuthorization,
    requestBelieved: true,
    retry: 'unknown',
    standardSecurity: 'unknown',
    tls: {
      versions: { 'TLS 1.0': 'unknown', 'TLS 1.1': 'unknown', 'TLS 1.2': 'believed', 'TLS 1.3': 'unknown' },
      suites: windowsAppSuites,
      otherSuites: 'unknown',
    },
    rsa: { refusedBelow: 0, unknownBelow: 2048 },
    otherKeys: 'unknown',
    leastCredssp: undefined,
  },
  {
    name: 'freerdp',
    request: withCredssp,
    requestBelieved: false,
    retry: retryOfFreerdp,
    standardSecurity: 'yes',
    tls: opensslOffer,
    rsa: { refusedBelow: 0, unknownBelow: 0 },
    otherKeys: 'believed',
    leastCredssp: 2,
  },
  {
    name: 'guacamole',
    request: withCredssp,
    requestBelieved: false,
    retry: retryOfFreerdp,
    standardSecurity: 'yes',
    tls: {
      ...opensslOffer,
      // Whoever packages it chooses the FreeRDP and the OpenSSL that it is built with.
      versions: { 'TLS 1.0': 'unknown', 'TLS 1.1': 'unknown', 'TLS 1.2': 'yes', 'TLS 1.3': 'believed' },
    },
    rsa: { refusedBelow: 0, unknownBelow: 0 },
    otherKeys: 'believed',
    leastCredssp: 2,
  },
];
