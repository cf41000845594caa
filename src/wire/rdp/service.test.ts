import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negotiate, type Service } from './index.ts';
import { hex } from './messages.fixture.ts';
import { oneByOne, play } from './play.fixture.ts';
import { recogniseService } from './service.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

const answers: [string, Buffer, Service | undefined][] = [
  ['http.sys', latin1('HTTP/1.1 400 Bad Request\r\n'), 'HTTP'],
  ['Python, without a status line', latin1('<!DOCTYPE HTML>\n<html lang="en">'), 'HTTP'],
  ['nginx of old', latin1('<html>\r\n<head>'), 'HTTP'],
  ['OpenSSH', latin1('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'), 'SSH'],
  ['a TLS alert', hex('15 03 01 00 02 02 46'), 'TLS'],
  ['a TLS record in SSL 3.0', hex('15 03 00 00 02 02 28'), 'TLS'],
  ['vsftpd', latin1('220 (vsFTPd 3.0.5)\r\n'), 'FTP'],
  ['IIS', latin1('220 Microsoft FTP Service\r\n'), 'FTP'],
  ['a full FTP server', latin1('421 Too many FTP connections\r\n'), 'FTP'],
  ['Postfix', latin1('220 mail.example.org ESMTP Postfix\r\n'), 'SMTP'],
  ['Exchange', latin1('220 MX.example.org Microsoft ESMTP MAIL Service ready\r\n'), 'SMTP'],
  ['a greeting of either', latin1('220 ready\r\n'), undefined],
  ['a greeting that names both', latin1('220 FTP and SMTP\r\n'), undefined],
  ['Dovecot, POP3', latin1('+OK Dovecot ready.\r\n'), 'POP3'],
  ['Dovecot, IMAP', latin1('* OK [CAPABILITY IMAP4rev1] ready.\r\n'), 'IMAP'],
  ['IMAP that turns away', latin1('* BYE too many connections\r\n'), 'IMAP'],
  ['VNC', latin1('RFB 003.008\n'), 'VNC'],
  ['Telnet', hex('ff fd 18 ff fd 20'), 'Telnet'],
  ['MySQL 8', hex('4a 00 00 00 0a 38 2e 30 2e 33 36 00'), 'MySQL'],
  ['MySQL that does not know the host', hex('45 00 00 00 ff 6a 04 48 6f 73 74'), 'MySQL'],
  ['PostgreSQL', hex('45 00 00 00 8f 53 46 41 54 41 4c 00'), 'PostgreSQL'],
  ['SMB 2', hex('00 00 00 49 fe 53 4d 42 40 00'), 'SMB'],
  ['SMB 1', hex('00 00 00 23 ff 53 4d 42 72 00'), 'SMB'],
  ['a bind_nak', hex('05 00 0d 03 10 00 00 00'), 'MSRPC'],
  ['Citrix', hex('7f 7f 49 43 41 00 7f 7f'), 'Citrix ICA'],
  ['words', latin1('who are you?\n'), undefined],
  ['a number', latin1('12345\n'), undefined],
  ['zeros', hex('00 00 00 00 00 00 00 00 00 00'), undefined],
];

describe('services', () => {
  it.each(answers)('%s', (_, bytes, service) => {
    const detail = `first byte 0x${bytes.toString('hex', 0, 1)}, where TPKT has 0x03`;
    for (const pieces of [[bytes], oneByOne(bytes)]) {
      const { outcome } = play((inbox) => negotiate(inbox, { requested: 11 }), pieces);
      expect(outcome).toMatchObject({ kind: 'not-rdp', service, detail });
    }
  });

  it.each([
    ['SSH-', 'SSH'],
    ['RFB ', 'VNC'],
    ['HTTP/', 'HTTP'],
    ['+OK ', 'POP3'],
  ])('waits for no more than %j', (start, service) => {
    expect(recogniseService(latin1(start), false)).toBe(service);
    expect(recogniseService(latin1(start).subarray(0, -1), false)).toBeUndefined();
    expect(recogniseService(latin1(start).subarray(0, -1), true)).toBe('none');
  });

  it('waits for no more where nothing is possible', () => {
    expect(recogniseService(latin1('SSX'), false)).toBe('none');
  });

  it('waits for the end of a line, but not for ever', () => {
    expect(recogniseService(latin1('220 mail ESMTP'), false)).toBeUndefined();
    expect(recogniseService(latin1('220 mail ESMTP'), true)).toBe('SMTP');
    expect(recogniseService(latin1('220 mail ESMTP'.padEnd(511, '.')), false)).toBeUndefined();
    expect(recogniseService(latin1('220 mail ESMTP'.padEnd(512, '.')), false)).toBe('SMTP');
    expect(recogniseService(latin1(`${'220 mail'.padEnd(512, '.')}ESMTP\n`), false)).toBe('none');
  });

  it('is never of two minds: what the first bytes told, more of them do not change', () => {
    const starts = fc.constantFrom(...answers.map(([, bytes]) => bytes));
    const cut = fc.tuple(starts, fc.nat({ max: 12 }), fc.uint8Array({ maxLength: 40 }));
    const anything = fc.oneof(
      cut.map(([start, length, rest]) => Buffer.concat([start.subarray(0, length), rest])),
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
    );
    fc.assert(
      fc.property(anything, (bytes) => {
        const told = oneByOne(bytes).map((_, i) => recogniseService(bytes.subarray(0, i + 1), false));
        expect(new Set(told.filter((service) => service !== undefined)).size).toBeLessThan(2);
      }),
      { numRuns: 2000 },
    );
  });
});
