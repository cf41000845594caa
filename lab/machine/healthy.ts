import { type Certificate, certificateBlob, listenerKey, makeCertificate } from '../certificate/index.ts';
import { copyOf } from './copy.ts';
import { type FamilyFacts, familyFacts, isBefore8, type WindowsFamily } from './families.ts';
import type { MachineLiteral } from './literal.ts';
import { keyFolders, listenerKeyFile, strangersKeyFile } from './machine-keys.ts';
import { softwareHive } from './software.ts';
import { systemHive } from './system.ts';

/** What may differ between healthy machines of one family. */
export interface MachineOptions {
  /** When it is looked at, an hour after it was shut down, amid its certificate's term. Today unless told. */
  now?: Date;
  /** `LAB-` and the family unless told. */
  computerName?: string;
  /** The DNS name of the domain that it has joined; none unless told. */
  domain?: string;
  /** Whether Remote Desktop is on; so unless told. Where it never was there is no certificate yet. */
  rdpEnabled?: boolean;
}

/** The GUID by which every lab machine names its keys. */
export const labMachineGuid = '0b6a3f1e-52c7-4d0e-8f4b-9c3d7e5a1b26';

const made = new Map<string, MachineLiteral>();

/**
 * A machine in perfect health, on which Remote Desktop works, in the state in which its build is shipped but
 * for that. The literal is the caller's to alter.
 */
export function healthyMachine(family: WindowsFamily, options: MachineOptions = {}): MachineLiteral {
  const given = {
    now: options.now ?? today(),
    computerName: options.computerName ?? `LAB-${family.replace('.', '-')}`,
    domain: options.domain ?? '',
    rdpEnabled: options.rdpEnabled ?? true,
  };
  const identity = JSON.stringify([family, given]);
  const machine = made.get(identity) ?? makeMachine(familyFacts(family), family, given);
  made.set(identity, machine);
  return copyOf(machine);
}

function makeMachine(
  facts: FamilyFacts,
  family: WindowsFamily,
  options: Required<MachineOptions>,
): MachineLiteral {
  const { now, rdpEnabled: enabled } = options;
  const certificate = enabled ? selfSigned(facts, options) : undefined;
  const identity = { ...options, shutDown: new Date(now.getTime() - 3_600_000) };
  return {
    system: systemHive(family, identity, {
      enabled,
      selfSignedCertificate: certificate && Buffer.from(certificate.thumbprint, 'hex'),
    }),
    software: softwareHive(facts, identity, {
      machineGuid: labMachineGuid,
      installed: daysFrom(now, -400),
      certificate: certificate && {
        thumbprint: certificate.thumbprint,
        blob: certificateBlob(certificate.der, listenerKey),
      },
    }),
    files: [...(enabled ? [listenerKeyFile(facts, labMachineGuid)] : []), strangersKeyFile(labMachineGuid)],
    folders: [...keyFolders],
  };
}

/** As Windows makes it: for the computer's full name, six months long, signed with SHA-1 before Windows 8. */
function selfSigned(facts: FamilyFacts, options: Required<MachineOptions>): Certificate {
  const { computerName, domain, now } = options;
  return makeCertificate({
    subject: domain === '' ? computerName : `${computerName}.${domain}`,
    notBefore: daysFrom(now, -60),
    notAfter: daysFrom(now, 123),
    digest: isBefore8(facts) ? 'sha1' : 'sha256',
  });
}

function today(): Date {
  return new Date(new Date().setUTCHours(0, 0, 0, 0));
}

function daysFrom(date: Date, days: number): Date {
  return new Date(date.getTime() + days * 86_400_000);
}
