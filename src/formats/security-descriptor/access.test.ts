import { describe, expect, it } from 'vitest';
import { grantedAccess, parseSddl, serviceSid, wellKnownSids } from './index.ts';

const { system, networkService, administrators, everyone, users, authenticatedUsers } = wellKnownSids;
const read = 0x120089;
const full = 0x1f01ff;
const user = 'S-1-5-21-1-2-3-1001';
const tokens: Record<string, string[]> = {
  system: [system, administrators, everyone, authenticatedUsers],
  network: [networkService, everyone, authenticatedUsers, users],
  admin: [user, administrators, everyone, authenticatedUsers, users],
  user: [user, everyone, authenticatedUsers, users],
};

function granted(sddl: string, token: string, mask = full, mapping: 'file' | 'key' = 'file'): string {
  const sids = tokens[token] ?? [token];
  return `0x${grantedAccess(parseSddl(sddl), sids, mask, mapping).toString(16)}`;
}

const sessionEnv = serviceSid('SessionEnv');
const keyFile = `O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)(A;;FA;;;${sessionEnv})`;

describe("the listener's key file", () => {
  it.each([
    ['healthy', keyFile, 'network', '0x120089'],
    ['healthy', keyFile, 'system', '0x1f01ff'],
    ['healthy', keyFile, sessionEnv, '0x1f01ff'],
    ['healthy', keyFile, 'admin', '0x0'],
    ['without NETWORK SERVICE', 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)', 'network', '0x0'],
    ['readable through a group', 'O:SYG:SYD:(A;;FR;;;AU)', 'network', '0x120089'],
    ['denied to NETWORK SERVICE', `O:SYG:SYD:(D;;FR;;;NS)(A;;FA;;;SY)(A;;FR;;;NS)`, 'network', '0x0'],
    ['denied to a group', `O:SYG:SYD:(D;;0x1;;;BU)(A;;FR;;;NS)`, 'network', '0x120088'],
    ['denied too late to matter', `O:SYG:SYD:(A;;FR;;;NS)(D;;FA;;;WD)`, 'network', '0x120089'],
    ['allowed for children only', 'O:SYG:SYD:(A;OICIIO;FR;;;NS)', 'network', '0x0'],
    ['with a null list', 'O:SYG:SYD:NO_ACCESS_CONTROL', 'network', '0x1f01ff'],
    ['without a list', 'O:SYG:SY', 'network', '0x1f01ff'],
    ['with an empty list', 'O:SYG:SYD:', 'network', '0x0'],
    ['with an empty list, for its owner', 'O:SYG:SYD:', 'system', '0x60000'],
  ])('%s: %s', (_, sddl, token, expected) => {
    expect(granted(sddl, token)).toBe(expected);
  });
});

describe('access', () => {
  it('counts only the rights asked for', () => {
    expect(granted(keyFile, 'network', 0x1)).toBe('0x1');
    expect(granted(keyFile, 'network', 0x2)).toBe('0x0');
    expect(granted(keyFile, 'network', 0)).toBe('0x0');
  });

  it('takes generic rights for what they stand for, in entries and in the question', () => {
    expect(granted('D:(A;;GR;;;WD)', 'user')).toBe('0x120089');
    expect(granted('D:(A;;GXGW;;;WD)', 'user')).toBe('0x1201b6');
    expect(granted('D:(A;;GA;;;WD)', 'user', 0x8000_0000)).toBe(`0x${read.toString(16)}`);
    expect(granted('D:(A;;GA;;;WD)', 'user', 0xf000_0000)).toBe('0x1f01ff');
    expect(granted('D:(A;;GR;;;WD)', 'user', 0x8000_0000, 'key')).toBe('0x20019');
    expect(granted('D:(A;;GA;;;WD)', 'user', 0x1000_0000, 'key')).toBe('0xf003f');
    expect(granted('D:(D;;GW;;;WD)(A;;GA;;;WD)', 'user', 0xf003f, 'key')).toBe('0xd0039');
  });

  it("gives the owner the list's own rights unless OWNER RIGHTS says otherwise", () => {
    expect(granted(`O:${user}D:(D;;FA;;;WD)`, 'user')).toBe('0x60000');
    expect(granted(`O:${user}D:(A;;RC;;;OW)(D;;FA;;;WD)`, 'user')).toBe('0x20000');
    expect(granted(`O:${user}D:(A;IO;RC;;;OW)(D;;FA;;;WD)`, 'user')).toBe('0x60000');
    expect(granted(`O:SYD:(A;;FA;;;OW)`, 'user')).toBe('0x0');
  });

  it('takes a condition as unknown: it denies and does not allow', () => {
    expect(granted('D:(XA;;FR;;;WD;(Exists WIN://SYSAPPID))', 'user')).toBe('0x0');
    expect(granted('D:(XD;;0x1;;;WD;(Exists WIN://SYSAPPID))(A;;FR;;;WD)', 'user')).toBe('0x120088');
  });

  it('lets entries for a part of an object deny the whole and allow nothing', () => {
    const part = 'bf967aba-0de6-11d0-a285-00aa003049e2';
    expect(granted(`D:(OA;;FR;${part};;WD)`, 'user')).toBe('0x0');
    expect(granted(`D:(OA;;FR;;${part};WD)`, 'user')).toBe('0x120089');
    expect(granted(`D:(OD;;0x1;${part};;WD)(A;;FR;;;WD)`, 'user')).toBe('0x120088');
  });

  it('passes over entries that are no matter of access', () => {
    expect(granted('D:(0x4;0x0;#0102030405060708)(AU;SA;FA;;;WD)(A;;FR;;;WD)', 'user')).toBe('0x120089');
  });
});
