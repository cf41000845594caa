import { describe, expect, it } from 'vitest';
import { labNow } from '../../../lab/world/check-tester.ts';
import { labCertificate } from '../../../lab/world/network-answers.ts';
import { absent, known, unknown } from '../../model/answer.ts';
import type { ExpectedCertificate, PresentedChain } from '../../model/endpoint.ts';
import { say } from '../../text/index.ts';
import { diagnose } from '../diagnose.ts';
import { certificateChanged } from './certificate-changed.ts';

const chain: PresentedChain = { certificates: [labCertificate], keyProven: true };
const another = 'AB'.repeat(20);

async function judged(
  expected: ExpectedCertificate | undefined,
  presented: PresentedChain | 'unseen' = chain,
) {
  const answers: Record<string, unknown> = {
    'endpoint-certificate':
      presented !== 'unseen' ? known(presented, '10.0.0.4:3389') : unknown('10.0.0.4:3389', 'planted'),
    'endpoint-expected-certificate': expected ? known(expected, 'HKLM\\...') : absent('10.0.0.4:3389'),
  };
  const { findings } = await diagnose(
    {
      kind: 'endpoint',
      machine: {
        windows: undefined,
        build: undefined,
        role: undefined,
        computerName: undefined,
        domain: undefined,
        connectionBroker: undefined,
        controlSet: undefined,
        lastRan: undefined,
        partition: undefined,
      },
      answer: async (questions) => questions.map(({ kind }) => answers[kind] as never),
    },
    [certificateChanged],
    labNow,
  );
  return findings[0];
}

describe('certificate-changed', () => {
  it.each([
    ['nobody says which one it should be', undefined],
    ['it is the one that the disk says', { thumbprint: labCertificate.thumbprint, saidBy: 'disk' }],
    ['it is the one that the user says', { thumbprint: labCertificate.thumbprint, saidBy: 'user' }],
  ] as const)('is quiet: %s', async (_, expected) => {
    expect(await judged(expected)).toEqual({ check: 'certificate-changed', verdict: 'healthy' });
  });

  it.each([
    ['user', 'proven', ['endpoint']],
    ['disk', 'likely', ['endpoint', 'disk']],
  ] as const)('finds one that differs from what the %s says', async (saidBy, certainty, sources) => {
    const finding = await judged({ thumbprint: another, saidBy });
    expect(finding).toMatchObject({ verdict: 'risk', certainty });
    if (finding?.verdict !== 'risk') throw new Error('no risk');
    expect(finding.evidence.map(({ source }) => source)).toEqual(sources);
    const [{ saw, expected } = { saw: '', expected: undefined }] = finding.evidence;
    expect(typeof saw === 'string' ? saw : say(saw)).toContain(labCertificate.thumbprint);
    expect(expected && say(expected)).toBe(another);
  });

  it('says that it could not look', async () => {
    const finding = await judged({ thumbprint: another, saidBy: 'user' }, 'unseen');
    expect(finding?.verdict).toBe('unknown');
  });
});
