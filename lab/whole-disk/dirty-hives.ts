import { type DirtyOptions, makeDirty, makeHive } from '../hive/index.ts';
import { healthyMachine, type MachineLiteral, setValue } from '../machine/index.ts';
import { labNow } from '../world/check-tester.ts';
import type { HiveFiles } from './installation.ts';

const machine = (): MachineLiteral => healthyMachine('2022', { now: labNow });
const terminalServer = 'ControlSet001\\Control\\Terminal Server';

/** A machine that lets nobody in, by its SYSTEM hive. */
export function denyingMachine(): MachineLiteral {
  const denying = machine();
  setValue(denying.system, terminalServer, 'fDenyTSConnections', 1);
  return denying;
}

/** A machine that lets nobody in, by the policy in its SOFTWARE hive. */
export function denyingByPolicy(): MachineLiteral {
  const denying = machine();
  setValue(denying.software, 'Policies\\Microsoft\\Windows NT\\Terminal Services', 'fDenyTSConnections', 1);
  return denying;
}

/** As `denyingMachine`, after so many keys were added that its hive has grown by far more than a page. */
export function grownDenyingMachine(): MachineLiteral {
  const grown = denyingMachine();
  // Whatever comes after the new keys has moved, the listener and the services among it.
  for (let i = 0; i < 300; i++)
    setValue(grown.system, `ControlSet001\\Control\\Added ${i}`, 'Text', `${i}`.repeat(30));
  return grown;
}

/** The hive of `before` on the disk, and in its logs what makes it that of `after`. */
export function dirtyHive(
  before: MachineLiteral,
  after: MachineLiteral,
  which: 'system' | 'software',
  style: 'new' | 'old',
  options: DirtyOptions = {},
): HiveFiles {
  const { primary, log1, log2 } = makeDirty(makeHive(before[which]), makeHive(after[which]), style, options);
  return { primary, logs: { '.LOG1': log1, '.LOG2': log2 } };
}

/** As `dirtyHive`, where the logs rewrite every page: its keys were all written again. */
export function whollyDirtyHive(
  before: MachineLiteral,
  after: MachineLiteral,
  style: 'new' | 'old',
): { readonly primary: Buffer; readonly log: Buffer } {
  const later = makeHive(after.system, { lastWritten: labNow });
  const { primary, log1 } = makeDirty(makeHive(before.system), later, style, { bothLogs: false });
  return { primary, log: log1 };
}

/** A second control set beside the first. */
export function withSecondControlSet(
  first: MachineLiteral,
  second: MachineLiteral,
  current: 1 | 2,
): MachineLiteral {
  const both = { ...first, system: structuredClone(first.system) };
  const added = second.system.keys?.['ControlSet001'];
  if (!added || !both.system.keys) throw new Error('a machine has no control set');
  both.system.keys['ControlSet002'] = added;
  setValue(both.system, 'Select', 'Current', current);
  setValue(both.system, 'Select', 'Default', current);
  return both;
}
