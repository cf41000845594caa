import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Explanation, explain } from './explain.ts';

/** The likeliest reading of each answer: `family number phase`. */
function likeliest({ answers }: Explanation): string[] {
  return answers.map(({ readings: [first] }) =>
    first === undefined
      ? 'unknown'
      : `${first.family} ${first.code === null ? '-' : `0x${first.code.toString(16)}`} ${first.phase}`,
  );
}

const dialog = `[Window Title]
Remote Desktop Connection

[Content]
Remote Desktop can't connect to the remote computer for one of these reasons:

1) Remote access to the server is not enabled
2) The remote computer is turned off
3) The remote computer is not available on the network

[Expanded Information]
Error code: 0x204
Extended error code: 0x7
Timestamp (UTC): 10/16/23 09:18:47 AM
Activity ID: e1c08c6b-b08c-4c30-8d66-c7c1a2c90000`;

describe('explain', () => {
  it.each<[string, readonly string[]]>([
    ['0x904', ['disconnect-reason 0x904 any']],
    ['2308', ['disconnect-reason 0x904 any']],
    ['904h', ['disconnect-reason 0x904 any']],
    ['0904', ['disconnect-reason 0x904 any']],
    ['Felkod: 0x904', ['disconnect-reason 0x904 any']],
    ['disconnect code 2308', ['disconnect-reason 0x904 any']],
    ['RDP ClientActiveX has been disconnected (Reason= 1798)', ['disconnect-reason 0x706 tls']],
    ['0xC000006D', ['ntstatus 0xc000006d nla']],
    ['c000006d', ['ntstatus 0xc000006d nla']],
    ['-1073741715', ['ntstatus 0xc000006d nla']],
    ['3221225581', ['ntstatus 0xc000006d nla']],
    ['STATUS_LOGON_FAILURE', ['ntstatus 0xc000006d nla']],
    ['-2146893054', ['hresult 0x80090302 nla']],
    ['0x80090331', ['hresult 0x80090331 tls']],
    ['0x00020009', ['freerdp-error 0x20009 nla']],
    ['2000D', ['freerdp-error 0x2000d any']],
    ['FREERDP_ERROR_CONNECT_LOGON_FAILURE', ['freerdp-error 0x20014 nla']],
    [
      'nla_recv_pdu:freerdp_set_last_error_ex ERRCONNECT_LOGON_FAILURE [0x00020014]',
      ['freerdp-error 0x20014 nla'],
    ],
    ['ERRINFO_SECURITYDATATOOSHORT2', ['error-info 0x1111 session']],
    [
      'Error code: 0x904 Extended error code: 0x7',
      ['disconnect-reason 0x904 any', 'extended-reason 0x7 sign-in'],
    ],
    [dialog, ['disconnect-reason 0x204 tcp', 'extended-reason 0x7 sign-in']],
    ['Error code: 0x3\nExtended error code: 0x0', ['disconnect-reason 0x3 any']],
    ['An authentication error has occurred (Code: 0x80080005).', ['hresult 0x80080005 client']],
    ['xfreerdp exit code 131', ['freerdp-exit 0x83 any']],
    ['A fatal alert was received. The TLS protocol defined fatal alert code is 40.', ['tls-alert 0x28 tls']],
    ['Sub Status: 0xC0000133', ['ntstatus 0xc0000133 nla']],
    [
      'Because of a protocol error (code: 0x112f), the remote session will be disconnected',
      ['error-info 0x112f session'],
    ],
    ['1104', ['disconnect-reason 0x1104 any']],
    ['1326', ['win32 0x52e nla']],
    ['10061', ['win32 0x274d tcp']],
    ['HYBRID_REQUIRED_BY_SERVER', ['negotiation-failure 0x5 negotiation']],
    ['0x3000008', ['disconnect-reason 0x3000008 gateway']],
    ['Ett internt fel har inträffat', ['client-text - any']],
    [
      'An internal error has occurred. Error code: 0x1807',
      ['disconnect-reason 0x1807 nla', 'client-text - any'],
    ],
  ])('%j', (input, expected) => {
    const explanation = explain(input);
    expect(likeliest(explanation)).toEqual(expected);
    expect(explanation.known).toBe(true);
  });

  it.each<[string, string, boolean]>([
    ['0x8007274D', 'hresult 0x8007274d tcp', true],
    ['0xD000006D', 'hresult 0xd000006d nla', true],
    ['0x10005', 'freerdp-error 0x10005 session', true],
    ['0x1ABCD', 'freerdp-error 0x1abcd session', false],
    ['0x20077', 'freerdp-error 0x20077 unknown', false],
    ['0x1150', 'error-info 0x1150 session', false],
    ['0x1194', 'error-info 0x1194 negotiation', true],
    ['0x1199', 'error-info 0x1199 session', false],
    ['0x40b', 'error-info 0x40b broker', false],
    ['0x1ff', 'error-info 0x1ff licensing', false],
    ['0x1f07', 'disconnect-reason 0x1f07 nla', false],
    ['0x3000063', 'disconnect-reason 0x3000063 gateway', false],
    ['0x5555', 'extended-reason 0x5555 session', false],
    ['0xC00A0099', 'ntstatus 0xc00a0099 session', false],
    ['0xC0001234', 'ntstatus 0xc0001234 unknown', false],
    ['0x800903FF', 'hresult 0x800903ff any', false],
    ['0x800B0199', 'hresult 0x800b0199 tls', false],
    ['0x80071234', 'hresult 0x80071234 unknown', false],
    ['0x80040154', 'hresult 0x80040154 unknown', false],
    ['0x8ABC1234', 'hresult 0x8abc1234 unknown', false],
  ])('reads %s by its shape', (input, expected, listed) => {
    const explanation = explain(input);
    expect(likeliest(explanation)).toEqual([expected]);
    expect(explanation.answers[0]?.readings[0]?.listed).toBe(listed);
  });

  it.each([
    '',
    '   ',
    '0x',
    '0xDEADBEEF',
    '99999999999',
    '-1',
    'STATUS_NO_SUCH_THING',
    'the weather is fine today',
    'Windows Server 2019 on port 3389 at 10.0.0.4',
    '1.78.2',
    '10/16/23 09:18:47',
  ])('does not know %j', (input) => {
    const { known, answers, next } = explain(input);
    expect(known).toBe(false);
    expect(answers.flatMap(({ readings }) => readings)).toEqual([]);
    expect(next).toEqual(['endpoint', 'disk']);
  });

  it.each<[string, string[]]>([
    ['36870', ['36870 Schannel tls']],
    ['event 36870', ['36870 Schannel tls']],
    ['Event ID 36870', ['36870 Schannel tls']],
    ['Event ID: 36871', ['36871 Schannel tls']],
    ['EventID=36874', ['36874 Schannel tls']],
    ['<EventID>36887</EventID>', ['36887 Schannel tls']],
    ['händelse 36888', ['36888 Schannel tls']],
    ['Händelse-ID 36888', ['36888 Schannel tls']],
    ['evento 36888', ['36888 Schannel tls']],
    ['Id. de evento: 36888', ['36888 Schannel tls']],
    ["ID d'événement 36888", ['36888 Schannel tls']],
    ['Schannel 36871', ['36871 Schannel tls']],
    ['Schannel error 36871', ['36871 Schannel tls']],
    [
      'Schannel events 36871, 36874 and 36888',
      ['36871 Schannel tls', '36874 Schannel tls', '36888 Schannel tls'],
    ],
    ['TermService 1057', ['1057 TerminalServices-RemoteConnectionManager tls']],
    ['1057', ['1057 TerminalServices-RemoteConnectionManager tls']],
    ['event 1058', ['1058 TerminalServices-RemoteConnectionManager tls']],
    ['1058', ['1058 win32 unknown']],
    ['event 1056', ['1056 TerminalServices-RemoteConnectionManager tls']],
    ['event 1067', ['1067 TerminalServices-RemoteConnectionManager nla']],
    ['event 1026', ['1026 TerminalServices-RDPClient any']],
    ['event 131', ['131 RemoteDesktopServices-RdpCoreTS tcp']],
    ['131', ['131 freerdp-exit any']],
    ['RdpCoreTS 140', ['140 RemoteDesktopServices-RdpCoreTS nla']],
    ['event 4625', ['4625 Microsoft-Windows-Security-Auditing nla']],
    [
      'Event 4625 Status: 0xC000006D Sub Status: 0xC000006A',
      ['4625 Microsoft-Windows-Security-Auditing nla', '3221225581 ntstatus nla', '3221225578 ntstatus nla'],
    ],
    ['The internal error state is 10013.', ['10013 Schannel tls']],
    ['The internal error state is 10001.', ['10001 Schannel tls']],
    ['The internal error state is 10003.', ['10003 schannel-state tls']],
    ['10013', ['10013 win32 tcp']],
    [
      'The following fatal alert was generated: 40. The internal error state is 1205.',
      ['40 tls-alert tls', '1205 Schannel tls', '36888 Schannel tls'],
    ],
    [
      'A fatal error occurred when attempting to access the TLS server credential private key. The error code returned from the cryptographic module is 0x8009030D. The internal error state is 10001.',
      ['2148074253 hresult nla', '10001 Schannel tls', '36870 Schannel tls'],
    ],
  ])('knows the events of Windows: %j', (input, expected) => {
    const firsts = explain(input).answers.map(({ readings: [first] }) => first);
    expect(firsts.map((first) => `${first?.code} ${first?.source ?? first?.family} ${first?.phase}`)).toEqual(
      expected,
    );
  });

  it('takes what is called an event for no other number', () => {
    expect(explain('event 1058').answers[0]?.readings.map(({ family }) => family)).toEqual(['event']);
    expect(explain('1058').answers[0]?.readings.map(({ family }) => family)).toContain('event');
    expect(explain('event 1326').known).toBe(false);
    expect(explain('The internal error state is 10003').answers[0]?.readings[0]?.listed).toBe(false);
  });

  it('lists every family of a shared number, and says so', () => {
    const { answers } = explain('5');
    expect(answers[0]?.readings.map(({ family }) => family)).toEqual([
      'extended-reason',
      'error-info',
      'win32',
      'negotiation-failure',
      'fatal-error',
      'freerdp-exit',
    ]);
    expect(answers[0]?.notes).toContain('explain.note.shared');
  });

  it('reads digits both ways, and says so', () => {
    const { answers } = explain('100');
    expect(answers[0]?.readings.map(({ family, code, base }) => `${family} ${code} ${base}`)).toEqual([
      'fatal-error 100 decimal',
      'tls-alert 100 decimal',
      'extended-reason 256 hexadecimal',
      'error-info 256 hexadecimal',
    ]);
    expect(answers[0]?.notes).toContain('explain.note.ambiguous');
    expect(explain('0x100').answers[0]?.notes).not.toContain('explain.note.ambiguous');
  });

  it('names the causes and what shows them', () => {
    const refused = explain('10061');
    expect(refused.answers[0]?.readings[0]?.causes).toContain('port-closed');
    expect(refused.next).toEqual(['endpoint', 'disk']);
    expect(explain('0x8009030D').answers[0]?.readings[0]?.causes).toContain('certificate-key-unreadable');
    expect(explain('0x1B07').answers[0]?.readings[0]?.causes).toContain('certificate-expired');
    expect(explain('0x101 extended').next).toEqual([]);
  });

  it('says where sources disagree and where words are a fallback', () => {
    expect(explain('0x408').answers[0]?.readings[0]?.notes).toEqual([
      'explain.note.internal-error-sources',
      'explain.note.fallback',
    ]);
    const [internal] = explain('An internal error has occurred').answers;
    expect(internal?.readings[0]?.notes).toContain('explain.note.fallback');
  });

  it('reads a bounded part of what it is given, and says so', () => {
    const long = `${'word '.repeat(2000)} 0x904`;
    expect(explain(long).notes).toEqual(['explain.note.shortened']);
    expect(explain(Array.from({ length: 30 }, (_, at) => `0x${at + 1}`).join(' ')).notes).toEqual([
      'explain.note.too-many',
    ]);
  });

  it('never fails, whatever it is given', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.integer().map(String),
        fc.nat(0xffffffff).map((code) => `0x${code.toString(16)}`),
        fc.constantFrom(
          'Error code: ',
          'Extended error code: ',
          'ERRINFO_',
          'STATUS_',
          '-',
          '0x',
          'internal error',
          'Event ID ',
          'The internal error state is ',
          '36871, ',
        ),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const { known, answers } = explain(parts.join(' '));
        expect(known).toBe(answers.some(({ readings }) => readings.length > 0));
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    'a '.repeat(5000),
    '0x904 '.repeat(1700),
    '_'.repeat(10_000),
    'a_'.repeat(5000),
    '-0x'.repeat(3400),
    'the remote computer '.repeat(500),
    '1, '.repeat(3400),
    'Schannel event id '.repeat(600),
    's est '.repeat(1700),
    `Error code: ${'9'.repeat(10_000)}`,
  ])('is quick with ten thousand characters: %#', (input) => {
    const start = performance.now();
    explain(input);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
