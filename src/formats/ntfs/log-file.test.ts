import { expect, it } from 'vitest';
import { bufferDevice } from '../device.ts';
import { journalState } from './log-file.ts';

const NO_CLIENT = 0xffff;
const CLEAN = 2;

interface PageLiteral {
  readonly lsn?: bigint;
  readonly client?: number;
  readonly flags?: number;
  readonly major?: number;
  readonly signature?: string;
}

function restartPage(literal: PageLiteral): Buffer {
  const page = Buffer.alloc(4096);
  page.write(literal.signature ?? 'RSTR', 'latin1');
  page.writeUInt16LE(0x1e, 4);
  page.writeUInt16LE(9, 6);
  if (literal.signature === 'CHKD') page.writeBigInt64LE(literal.lsn ?? 0n, 8);
  page.writeUInt32LE(4096, 0x10);
  page.writeUInt32LE(4096, 0x14);
  page.writeUInt16LE(0x30, 0x18);
  page.writeInt16LE(literal.major ?? 1, 0x1c);
  page.writeBigInt64LE(literal.lsn ?? 100n, 0x30);
  page.writeUInt16LE(literal.client ?? 0, 0x3c);
  page.writeUInt16LE(literal.flags ?? 0, 0x3e);
  page.writeUInt16LE(0x1234, 0x1e);
  for (let end = 510; end < 4096; end += 512) page.writeUInt16LE(0x1234, end);
  return page;
}

function log(...pages: Buffer[]): Buffer {
  const bytes = Buffer.alloc(256 * 1024, 0xff);
  Buffer.concat(pages).copy(bytes);
  return bytes;
}

const clean = restartPage({ flags: CLEAN });
const open = restartPage({ lsn: 50n });
const zeros = Buffer.alloc(4096);

it.each([
  ['all 0xFF', log(), 'empty'],
  ['the clean flag', log(clean, clean), 'clean'],
  ['no client, as Windows 2000 closed it', log(restartPage({ client: NO_CLIENT }), zeros), 'clean'],
  ['a client and no flag', log(open, open), 'unclean'],
  ['an older open page before a clean one', log(open, clean), 'clean'],
  ['an older open page behind a clean one', log(clean, open), 'clean'],
  ['a newer open page', log(clean, restartPage({ lsn: 101n })), 'unclean'],
  [
    'LSNs beyond 2^53',
    log(restartPage({ lsn: 2n ** 60n, flags: CLEAN }), restartPage({ lsn: 2n ** 60n + 1n })),
    'unclean',
  ],
  ['a wiped first page', log(zeros, clean), 'clean'],
  ['version 2, as while mounted', log(restartPage({ flags: CLEAN, major: 2 }), zeros), 'unclean'],
  ['chkdsk’s mark on the newer page', log(open, restartPage({ lsn: 51n, signature: 'CHKD' })), 'clean'],
  ['no restart page', log(zeros, zeros), 'unreadable'],
  ['no bytes', Buffer.alloc(0), 'unreadable'],
])('%s', (_, bytes, state) => {
  expect(journalState(bufferDevice(bytes))).toBe(state);
});

it('does not believe a page that was written in part', () => {
  const torn = Buffer.from(clean);
  torn.writeUInt16LE(0x1233, 1022);
  expect(journalState(bufferDevice(log(torn, open)))).toBe('unclean');
});
