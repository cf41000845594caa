import { describe, expect, it } from 'vitest';
import { nameHash, quoteName, upperCaseName } from './names.ts';

describe('upperCaseName', () => {
  it.each([
    ['TermService', 'TERMSERVICE'],
    ['größe', 'GRÖßE'],
    ['naïve ÿ', 'NAÏVE Ÿ'],
    ['Ωmega ωΣσς', 'ΩMEGA ΩΣΣς'],
    ['ıſKµ', 'ıſKµ'],
    ['журнал', 'ЖУРНАЛ'],
    ['🌎', '🌎'],
    ['ŉ ﬁ', 'ŉ ﬁ'],
  ])('%s -> %s', (name, upper) => {
    expect(upperCaseName(name)).toBe(upper);
  });
});

describe('nameHash', () => {
  // Read off hash leaves of a Windows 7 SYSTEM hive.
  it.each([
    ['ControlSet001', 0x8f3ba9a2],
    ['MountedDevices', 0xfc7a072b],
    ['RNG', 0x1c20f],
    ['Select', 0x5f0024a0],
  ])('%s', (name, hash) => {
    expect(nameHash(upperCaseName(name))).toBe(hash);
  });
});

describe('quoteName', () => {
  it('shows nothing that a terminal would obey, and little of what is long', () => {
    expect(quoteName('a\u001b[2J\u202eb')).toBe("'a?[2J?b'");
    expect(quoteName('x'.repeat(100))).toBe(`'${'x'.repeat(60)}...'`);
  });
});
