import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { explanationSchemaFile, explanationSchemaText } from '../../lab/explain-schema.ts';
import { explain } from './explain.ts';
import { explanationPage } from './page.ts';
import { reportExplanation } from './report.ts';
import { explanationSchema } from './schema.ts';

const inputs = [
  '0x904',
  '4',
  '1104',
  'Ett internt fel har intr\u00e4ffat',
  'STATUS_LOGON_FAILURE',
  'Error code: 0x904 Extended error code: 0x7',
  '0x800903FF',
  'event 36870',
  '1058',
  'The internal error state is 10003',
  '0xDEADBEEF',
  'good morning',
  '',
  'x'.repeat(3000),
];

function page(input: string, width = 80): string {
  return explanationPage(reportExplanation('0.0.0', input, explain(input)), { width, colour: false });
}

describe('the JSON explanation', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
    JSON.parse(readFileSync(explanationSchemaFile, 'utf8')),
  );

  it('has its published schema up to date (node lab/explain-schema.ts writes it anew)', () => {
    expect(readFileSync(explanationSchemaFile, 'utf8')).toBe(explanationSchemaText());
  });

  it.each(inputs)('follows its schema: %j', (input) => {
    const report: unknown = JSON.parse(JSON.stringify(reportExplanation('0.0.0', input, explain(input))));
    expect(explanationSchema.parse(report)).toEqual(report);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  });

  it('names the check of a cause, what it is, and what shows it', () => {
    const report = reportExplanation('0.0.0', '0x1B07', explain('0x1B07'));
    expect(report.answers[0]?.readings[0]).toMatchObject({
      family: 'disconnect-reason',
      value: 0x1b07,
      hexadecimal: '0x1B07',
      symbol: 'SSL_ERR_CERT_EXPIRED',
      phase: 'tls',
      listed: true,
    });
    expect(report.answers[0]?.readings[0]?.causes[0]).toEqual({
      check: 'certificate-expired',
      title: "the listener's certificate is out of its time",
      seenBy: 'both',
    });
    expect(report.next).toEqual(['rdpmend diagnose <host>', 'rdpmend diagnose <os-disk>']);
  });
});

describe('the page', () => {
  it('says what it means, where, why, and what to run', () => {
    expect(page('0x1B07')).toBe(`0x1B07 = 6919, SSL_ERR_CERT_EXPIRED
Disconnect reason of mstsc (event 1026); macOS, iOS and Android show the same
number in hexadecimal

  The server's certificate is out of its time, or the clocks of the two
  computers differ by much.

  Phase: TLS handshake and certificate

  What can cause it
    certificate-expired          the listener's certificate is out of its time
    pinned-certificate-unusable  the certificate that was set by hand cannot be
                                 used

Next
  rdpmend diagnose <host>
  rdpmend diagnose <os-disk>
`);
  });

  it('says plainly that something is unknown, and what to do', () => {
    expect(page('0xDEADBEEF')).toContain('rdpmend does not know this number or text.');
    expect(page('0xDEADBEEF')).toContain('event 1026');
    expect(page('good morning')).toContain('rdpmend does not know this number or text.');
  });

  it('names an event by who writes it', () => {
    expect(page('event 36870')).toContain("Schannel 36870\nEvent in one of Windows' logs");
    expect(page('1058')).toContain('TerminalServices-RemoteConnectionManager 1058');
    expect(page('The internal error state is 10013')).toContain('Schannel 10013');
  });

  it('gives the other readings', () => {
    expect(page('4')).toContain('Exit code of xfreerdp: 4, XF_EXIT_LOGON_TIMEOUT');
  });

  it.each([40, 60, 80, 100])('keeps to %i columns', (width) => {
    const words = inputs.filter((input) => !input.startsWith('xxx')).map((input) => page(input, width));
    // A name or a command that is longer than a line keeps one of its own.
    const tooLong = words
      .join('\n')
      .split('\n')
      .filter((line) => line.length > width && line.trim().includes(' '));
    expect(tooLong.filter((line) => !/^(0x|[0-9]| {2}rdpmend )/.test(line))).toEqual([]);
  });

  it('gives a terminal nothing that could steer it', () => {
    const hostile =
      'ERRINFO_\u001b]0;x\u0007 \u001b[2J STATUS_\u202eEVIL 0xDEADBEEF\u009b1m Error code: \u001b[31m12345678';
    expect(page(hostile)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}](?<!\n)/u);
  });

  it('is coloured where colour is wanted', () => {
    const report = reportExplanation('0.0.0', '0x904', explain('0x904'));
    expect(explanationPage(report, { width: 80, colour: true })).toContain('\u001b[1m0x904');
  });
});
