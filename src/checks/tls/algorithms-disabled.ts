import { type Change, setDword } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import type { Certainty, Evidence } from '../../model/finding.ts';
import { registryKey } from '../../model/question.ts';
import { dword, findKey, findValue, type RegistryKey } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen } from '../judgement.ts';
import { nothingInCommon } from '../symptoms/tls-fails.ts';
import { possibleBuilds, schannelKey, serverState, unknownBuild } from './protocols.ts';

/** What Schannel wants in `Enabled` for an algorithm that is on; it ships without the value, which is on as well. */
const on = 0xffffffff;

/** Algorithms of one kind, of which TLS needs at least one. */
interface Group {
  readonly key: 'Ciphers' | 'Hashes' | 'KeyExchangeAlgorithms';
  readonly members: readonly string[];
  /** Those that are turned on again. */
  readonly needed: readonly string[];
  /** Only TLS 1.2 and later need one of them. */
  readonly from12: boolean;
  /** A value that is neither 0 nor 0xffffffff is reported to turn it off as well. */
  readonly oddIsOff: boolean;
  readonly certainty: Certainty;
}

const groups: readonly Group[] = [
  {
    key: 'Ciphers',
    members: ['AES 128/128', 'AES 256/256'],
    needed: ['AES 128/128', 'AES 256/256'],
    from12: false,
    oddIsOff: true,
    certainty: 'proven',
  },
  {
    // No suite authenticates with SHA-512, so it makes up for neither of the two.
    key: 'Hashes',
    members: ['SHA256', 'SHA384'],
    needed: ['SHA256', 'SHA384'],
    from12: true,
    oddIsOff: false,
    // Suites with SHA-1 remain, and what Schannel makes of them with TLS 1.2 is not proven.
    certainty: 'likely',
  },
  {
    key: 'KeyExchangeAlgorithms',
    members: ['Diffie-Hellman', 'PKCS', 'ECDH'],
    needed: ['PKCS', 'ECDH'],
    from12: false,
    oddIsOff: false,
    certainty: 'proven',
  },
];

export const algorithmsDisabled = defineCheck({
  id: 'algorithms-disabled',
  questions: { schannel: registryKey(schannelKey, 3) },
  symptom: nothingInCommon,
  judge({ schannel }, { machine }) {
    if (schannel.state !== 'known') return healthyIfSeen(schannel);
    const off = groups.filter((group) => isOff(schannel.value, group));
    const serving12 = possibleBuilds(machine.build).map((build) => serves12(schannel.value, build));
    const mattering = off.filter(({ from12 }) => !from12 || serving12.every(Boolean));
    if (mattering.length === 0) {
      const inDoubt = off.length > 0 && serving12.some(Boolean);
      return inDoubt ? { verdict: 'unknown', unseen: [unknownBuild] } : healthy;
    }
    return fault({
      certainty: mattering.some((group) => certaintyOf(schannel.value, group) === 'proven')
        ? 'proven'
        : 'likely',
      title: text('algorithms-disabled.title'),
      explanation: text('algorithms-disabled.explanation'),
      evidence: mattering.flatMap((group) => evidence(schannel.value, schannel.where, group)),
      remedy: {
        consent: 'none',
        changes: mattering.flatMap(turnOn),
        summary: text('algorithms-disabled.remedy'),
      },
    });
  },
});

function enabled(schannel: RegistryKey, group: Group, member: string): number | undefined {
  const groupKey = findKey(schannel, group.key);
  const algorithm = groupKey && findKey(groupKey, member);
  return algorithm && dword(findValue(algorithm, 'Enabled'));
}

function isOff(schannel: RegistryKey, group: Group): boolean {
  return group.members.every((member) => {
    const value = enabled(schannel, group, member);
    return value === 0 || (group.oddIsOff && value !== undefined && value !== on);
  });
}

function certaintyOf(schannel: RegistryKey, group: Group): Certainty {
  const allZero = group.members.every((member) => enabled(schannel, group, member) === 0);
  return allZero ? group.certainty : 'likely';
}

function serves12(schannel: RegistryKey, build: number): boolean {
  return serverState(findKey(schannel, 'Protocols'), 'TLS 1.2', build) === 'on';
}

function evidence(schannel: RegistryKey, where: string, group: Group): readonly Evidence[] {
  return group.members.map((member) =>
    evidenceOf(
      `${where}\\${group.key}\\${member}\\Enabled`,
      String(enabled(schannel, group, member)),
      text('algorithms-disabled.expected'),
    ),
  );
}

function turnOn(group: Group): readonly Change[] {
  return group.needed.map((member) => setDword(`${schannelKey}\\${group.key}\\${member}`, 'Enabled', on));
}
