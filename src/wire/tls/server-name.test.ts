import { expect, test } from 'vitest';
import { serverNameOf } from './index.ts';

test.each([
  ['rdp01', 'rdp01'],
  ['RDP01.Contoso.example', 'rdp01.contoso.example'],
  ['rdp01.contoso.example.', 'rdp01.contoso.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['3com.example', '3com.example'],
  ['192.0.2.1', undefined],
  ['10.1', undefined],
  ['0x7f.1', undefined],
  ['2001:db8::1', undefined],
  ['[2001:db8::1]', undefined],
  ['fe80::1%eth0', undefined],
  ['under_score.example', undefined],
  ['-a.example', undefined],
  ['a..example', undefined],
  ['a b', undefined],
  ['', undefined],
  ['.', undefined],
  [`${'a'.repeat(64)}.example`, undefined],
  [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  [`${'abcdefgh.'.repeat(28)}ab`, undefined],
])('%s is sent as %s', (host, name) => {
  expect(serverNameOf(host)).toBe(name);
});
