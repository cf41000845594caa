import { expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { healthyMachine } from '../../../lab/machine/index.ts';
import { labNow } from '../../../lab/world/check-tester.ts';
import { offlineMachine } from '../../../lab/world/world.ts';
import { bufferDevice } from '../../formats/device.ts';
import { openHive } from '../../formats/regf/index.ts';
import type { Source } from '../../model/source.ts';
import { answerQuestion } from '../../sources/disk/answers.ts';
import { machineFacts } from '../../sources/disk/machine-facts.ts';
import type { OfflineMachine } from '../../sources/disk/offline-machine.ts';
import { diagnose } from '../diagnose.ts';
import { tlsChecks } from './index.ts';

describeWithCorpus('the checks of TLS on real SYSTEM hives', () => {
  it.each([
    ['win7.SYSTEM', '7'],
    ['win8-dirty-without-logs.SYSTEM', '8.1'],
    ['win10-dirty.SYSTEM', '10'],
  ] as const)('find nothing in %s', async (name, family) => {
    const system = openHive(bufferDevice(corpusFile(`hives/${name}`)));
    const software = offlineMachine(healthyMachine(family, { now: labNow }));
    const machine: OfflineMachine = {
      ...software,
      hive: (hive) => (hive === 'SYSTEM' ? system : software.hive(hive)),
    };
    const source: Source = {
      kind: 'disk',
      machine: machineFacts(machine, 1),
      answer: async (questions) => questions.map((question) => answerQuestion(machine, question)),
    };
    const { findings } = await diagnose(source, tlsChecks, labNow);
    expect(findings.filter(({ verdict }) => verdict !== 'healthy')).toEqual([]);
    expect(findings).toHaveLength(tlsChecks.length);
  });
});
