import { expect, it } from 'vitest';
import {
  encryptionLevelName,
  encryptionMethodNames,
  failureName,
  mcsReasonName,
  mcsResultName,
  protocolNames,
  rdpVersionName,
  responseFlagNames,
} from './index.ts';

it.each([
  [protocolNames(0), ['standard RDP security']],
  [protocolNames(3), ['TLS', 'CredSSP']],
  [protocolNames(8), ['CredSSP with early user authorization']],
  [protocolNames(0x14), ['RDSTLS', 'Entra ID']],
  [protocolNames(0x80000001), ['TLS', '0x80000000']],
  [responseFlagNames(0), []],
  [
    responseFlagNames(0x0b),
    ['EXTENDED_CLIENT_DATA_SUPPORTED', 'DYNVC_GFX_PROTOCOL_SUPPORTED', 'RESTRICTED_ADMIN_MODE_SUPPORTED'],
  ],
  [responseFlagNames(0x30), ['REDIRECTED_AUTHENTICATION_MODE_SUPPORTED', '0x20']],
  [encryptionMethodNames(0), ['ENCRYPTION_METHOD_NONE']],
  [
    encryptionMethodNames(0x1b),
    [
      'ENCRYPTION_METHOD_40BIT',
      'ENCRYPTION_METHOD_128BIT',
      'ENCRYPTION_METHOD_56BIT',
      'ENCRYPTION_METHOD_FIPS',
    ],
  ],
  [encryptionLevelName(3), 'ENCRYPTION_LEVEL_HIGH'],
  [encryptionLevelName(9), '9'],
  [failureName(5), 'HYBRID_REQUIRED_BY_SERVER'],
  [failureName(77), '77'],
  [mcsResultName(15), 'rt-user-rejected'],
  [mcsResultName(16), '16'],
  [mcsReasonName(3), 'rn-user-requested'],
  [mcsReasonName(7), '7'],
  [rdpVersionName(0x00080001), 'RDP 4.0'],
  [rdpVersionName(0x00080004), 'RDP 5.0 to 8.1'],
  [rdpVersionName(0x00080005), 'RDP 10.0'],
  [rdpVersionName(0x00080011), 'RDP 10.12'],
  [rdpVersionName(0x00080012), '0x00080012'],
  [rdpVersionName(0x00080002), '0x00080002'],
])('%j is %j', (name, expected) => {
  expect(name).toEqual(expected);
});
