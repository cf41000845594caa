import { type MachineLiteral, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { replaceListenerCertificate } from './certificate.fixture.ts';
import { fipsConflict } from './fips-conflict.ts';

const fips = 'ControlSet001\\Control\\Lsa\\FipsAlgorithmPolicy';
const listener = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp';
const suites = 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const localSuites = 'ControlSet001\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
const from10 = ['10', '2016', '2019', '2022', '11', '2025'] as const;

/** One of each kind is enough where Windows' families do not differ. */
const some = ['2008R2', '2012R2', '2022'] as const;

function turnOnFips({ system }: MachineLiteral): void {
  setValue(system, fips, 'Enabled', 1);
}

describeCheck(fipsConflict, {
  troubles: [
    {
      name: 'suites that need a curve, and none of FIPS',
      verdict: 'fault',
      certainty: 'likely',
      families: from10,
      plant(machine) {
        turnOnFips(machine);
        setValue(machine.software, suites, 'EccCurves', ['curve25519', 'brainpoolP256r1']);
        setValue(machine.software, suites, 'Functions', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');
      },
    },
    {
      name: "the same in Windows' own lists, FIPS by device management",
      verdict: 'fault',
      certainty: 'likely',
      families: from10,
      plant(machine) {
        setValue(machine.system, fips, 'MDMEnabled', 1);
        setValue(machine.system, localSuites, 'EccCurves', ['curve25519']);
        setValue(machine.system, localSuites, 'Functions', ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']);
      },
    },
    {
      name: 'the older value of FIPS mode, and an RSA key of 1024 bits',
      verdict: 'fault',
      certainty: 'likely',
      families: some,
      plant(machine) {
        setValue(machine.system, 'ControlSet001\\Control\\Lsa', 'FIPSAlgorithmPolicy', 1);
        replaceListenerCertificate(machine, 'rsa1024');
      },
    },
    {
      name: 'an RSA key of 1024 bits',
      verdict: 'fault',
      certainty: 'likely',
      plant(machine) {
        turnOnFips(machine);
        replaceListenerCertificate(machine, 'rsa1024');
      },
    },
  ],
  healthy: [
    { name: 'FIPS mode on a machine as it ships', alter: turnOnFips },
    {
      name: 'whatever the encryption level: FIPS mode sets it',
      families: some,
      alter(machine) {
        turnOnFips(machine);
        setValue(machine.system, listener, 'MinEncryptionLevel', 1);
      },
    },
    {
      name: 'no curve of FIPS, but suites that need none',
      families: from10,
      alter(machine) {
        turnOnFips(machine);
        setValue(machine.software, suites, 'EccCurves', ['curve25519']);
        setValue(
          machine.software,
          suites,
          'Functions',
          'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256',
        );
      },
    },
    {
      name: 'curves of FIPS, in another case',
      families: from10,
      alter(machine) {
        turnOnFips(machine);
        setValue(machine.software, suites, 'EccCurves', ['curve25519', 'nistP384']);
        setValue(machine.software, suites, 'Functions', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');
      },
    },
    {
      name: 'a certificate on the curve P-256',
      alter(machine) {
        turnOnFips(machine);
        replaceListenerCertificate(machine, 'ec256');
      },
    },
    {
      name: 'all of it without FIPS mode',
      families: from10,
      alter(machine) {
        setValue(machine.system, fips, 'Enabled', 0);
        setValue(machine.software, suites, 'EccCurves', ['curve25519']);
        setValue(machine.software, suites, 'Functions', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');
        replaceListenerCertificate(machine, 'rsa1024');
      },
    },
  ],
  blind: [
    { name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } },
    { name: 'FIPS mode, and no SOFTWARE hive', blind: { hives: ['SOFTWARE'] }, alter: turnOnFips },
  ],
});
