import type { EndpointLiteral } from './endpoint.ts';
import { protocol } from './rdp.ts';
import { domainMember, listenerCertificate, windowsEndpoint, workgroupMember } from './windows.ts';

const oldCertificate = { ...listenerCertificate('WIN7.lab.example'), digest: 'sha1' as const };

/** Servers with which nothing is wrong before authentication. */
export const healthy = {
  'windows-nla': () => windowsEndpoint('Windows Server 2022 that requires network level authentication'),
  'windows-tls': () =>
    windowsEndpoint('Windows Server 2022 that requires TLS but not NLA', { security: 'tls' }),
  'windows-negotiate': () =>
    windowsEndpoint('Windows Server 2022 that takes the best security that both sides have', {
      security: 'negotiate',
    }),
  'windows-standard': () =>
    windowsEndpoint('Windows Server 2022 with standard RDP security alone', { security: 'standard' }),
  'windows-11': () =>
    windowsEndpoint('Windows 11 22H2 in a workgroup that requires NLA', {
      identity: workgroupMember('DESKTOP-11', 10, 0, 22621),
    }),
  'windows-2016': () =>
    windowsEndpoint('Windows Server 2016 that requires NLA, TLS 1.0 to 1.2', {
      identity: domainMember('SRV2016', 10, 0, 14393),
      tls: {
        certificate: listenerCertificate('SRV2016.lab.example'),
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.2',
      },
    }),
  'windows-7': () =>
    windowsEndpoint('Windows 7 that requires NLA, TLS 1.0 alone, CredSSP 2', {
      identity: domainMember('WIN7', 6, 1, 7601),
      knows: protocol.tls | protocol.hybrid,
      flags: 0x01,
      tls: { certificate: oldCertificate, minVersion: 'TLSv1', maxVersion: 'TLSv1' },
      credsspVersion: 2,
      rdpVersion: 0x00080004,
    }),
} as const satisfies Record<string, () => EndpointLiteral>;
