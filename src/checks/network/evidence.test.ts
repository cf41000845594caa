import { expect, it } from 'vitest';
import { placeOf, protocolName, showBytes } from './evidence.ts';

it.each([
  ['', ' ""'],
  ['03', '03 "."'],
  ['53 53 48 2d 32 2e 30 0d 0a', '5353482d 322e300d 0a "SSH-2.0.."'],
  ['1b 5b 32 4a 7f 80 ff 20 7e', '1b5b324a 7f80ff20 7e ".[2J... ~"'],
  ['41'.repeat(32), `${'41414141 '.repeat(8)}"${'A'.repeat(32)}"`],
  ['41'.repeat(33), `${'41414141 '.repeat(8)}... "${'A'.repeat(32)}..."`],
])('shows the bytes %s', (hex, shown) => {
  expect(showBytes(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toBe(shown);
});

it.each([
  [0, 'standard RDP security (0)'],
  [8, 'CredSSP with early user authorization (8)'],
  [16, 'Entra ID (16)'],
  [0x20, '0x20'],
])('names the protocol %i', (protocol, name) => {
  expect(protocolName(protocol)).toBe(name);
});

it.each([
  ['10.0.0.4:3389, Connection Request 0xB', '10.0.0.4:3389'],
  ['[::1]:3389, Connection Request 0xB, TLS', '[::1]:3389'],
  ['server:3390', 'server:3390'],
])('knows the place in %s', (where, place) => {
  expect(placeOf(where)).toBe(place);
});
