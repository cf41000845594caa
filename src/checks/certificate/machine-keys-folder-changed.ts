import {
  type Ace,
  controlFlags,
  parseSddl,
  type SecurityDescriptor,
  toSddl,
} from '../../formats/security-descriptor/index.ts';
import { defineCheck } from '../../model/check.ts';
import { isShippedProgramData, profileListKey } from '../../model/program-data.ts';
import { fileSecurity, registryValue } from '../../model/question.ts';
import { stringOf } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, healthy, healthyIfSeen, risk } from '../judgement.ts';

const folder = 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys';

/** What Windows ships, the same in every build: everyone may add a key, administrators manage them all. */
const shipped = 'O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)';

export const machineKeysFolderChanged = defineCheck({
  id: 'machine-keys-folder-changed',
  questions: { security: fileSecurity(folder), programData: registryValue(profileListKey, 'ProgramData') },
  judge({ security, programData }, { findings }) {
    if (programData.state === 'unknown') return healthyIfSeen(programData);
    // The folder that counts lies where ProgramData was moved to, which this volume does not show.
    if (programData.state === 'known' && !isShippedProgramData(stringOf(programData.value) ?? ''))
      return healthy;
    if (security.state !== 'known') return healthyIfSeen(security);
    if (isShipped(security.value)) return healthy;
    // With a key that cannot be read beside it, the folder is part of what broke, and of what is restored.
    const keyIsBroken = findings.some(
      ({ check, verdict }) => check === 'certificate-key-unreadable' && verdict === 'fault',
    );
    return risk({
      certainty: 'proven',
      title: text('machine-keys-folder-changed.title'),
      explanation: text('machine-keys-folder-changed.explanation'),
      evidence: [
        evidenceOf(security.where, toSddl(security.value), text('expected.value', { value: shipped })),
      ],
      remedy: {
        consent: keyIsBroken ? 'none' : 'ask',
        changes: [{ kind: 'set-file-security', path: folder, sddl: shipped }],
        summary: text('machine-keys-folder-changed.remedy'),
      },
    });
  },
});

/** The same owner and protection, and the same entries in whatever order: all of them allow. */
function isShipped(descriptor: SecurityDescriptor): boolean {
  return summary(descriptor) === summary(parseSddl(shipped));
}

function summary({ owner, dacl, control }: SecurityDescriptor): string {
  const isProtected = (control & controlFlags.daclProtected) !== 0;
  const entries = typeof dacl === 'string' ? [dacl] : dacl.aces.map(entryText).sort();
  return [owner, isProtected, ...entries].join('\n');
}

function entryText(ace: Ace): string {
  return ace.kind === 'unknown' ? `unknown ${ace.type}` : `${ace.kind} ${ace.flags} ${ace.mask} ${ace.sid}`;
}
