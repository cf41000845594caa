import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { demoMachine } from '../../lab/demo/machine.ts';
import { healthyMachine, type MachineLiteral, setValue } from '../../lab/machine/index.ts';
import { reportSchemaFile, reportSchemaText } from '../../lab/report-schema.ts';
import { type Blindness, worldSource } from '../../lab/world/world.ts';
import { diagnose } from '../checks/diagnose.ts';
import { checkedFrom, checks } from '../checks/index.ts';
import { makeReport } from './report.ts';
import type { Report, ReportedTarget } from './schema.ts';
import { reportedMachine } from './target.ts';
import { terminalPage } from './terminal.ts';
import { wrap } from './wrap.ts';

const now = new Date('2026-06-15T12:00:00Z');

/** A report on a machine without a disk around it. */
async function reportOn(machine: MachineLiteral, blind: Blindness = {}): Promise<Report> {
  const source = worldSource(machine, blind);
  const target: ReportedTarget = {
    kind: 'disk',
    name: 'os.vhd',
    image: { format: 'raw', size: 1 << 20 },
    machine: reportedMachine(source.machine),
    notes: [],
  };
  const diagnosis = await diagnose(source, checks, now);
  return makeReport('0.0.0', [{ target, diagnosis }], checkedFrom('disk'));
}

describe('the JSON report', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
    JSON.parse(readFileSync(reportSchemaFile, 'utf8')),
  );

  it('has its published schema up to date (node lab/report-schema.ts writes it anew)', () => {
    expect(readFileSync(reportSchemaFile, 'utf8')).toBe(reportSchemaText());
  });

  it.each<[string, () => Promise<Report>]>([
    ['a healthy machine', () => reportOn(healthyMachine('2025', { now }))],
    ['the demo machine', () => reportOn(demoMachine())],
    ['a machine without SOFTWARE', () => reportOn(demoMachine(), { hives: ['SOFTWARE'] })],
    ['a machine with nothing to read', () => reportOn(demoMachine(), { hives: ['SYSTEM', 'SOFTWARE'] })],
    [
      'an error',
      async () => ({ ...makeReport('0.0.0', [], []), error: { target: 'os.vhd', message: 'it is empty' } }),
    ],
  ])('follows the schema: %s', async (_, make) => {
    const report = JSON.parse(JSON.stringify(await make()));
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  });

  it('does not follow the schema when a member is missing or too many', async () => {
    const report = await reportOn(demoMachine());
    expect(validate({ ...report, checked: undefined })).toBe(false);
    expect(validate({ ...report, extra: 1 })).toBe(false);
    expect(validate({ ...report, findings: [{ ...report.findings[0], verdict: 'healthy' }] })).toBe(false);
  });

  it('puts the worst first, and leaves the healthy out', async () => {
    const machine = demoMachine();
    setValue(
      machine.system,
      'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp',
      'UserAuthentication',
      0,
    );
    const { findings, checked } = await reportOn(machine, { files: ['ProgramData'] });
    expect(findings.map(({ verdict }) => verdict)).toEqual([
      'fault',
      'fault',
      'risk',
      ...findings.slice(3).map(() => 'unknown'),
    ]);
    expect(checked).toHaveLength(checkedFrom('disk').length);
  });
});

describe('the terminal page', () => {
  it('leads with the verdict and shows evidence and remedy, without colour', async () => {
    const page = terminalPage(await reportOn(demoMachine()), { width: 80, colour: false });
    expect(page).toMatchSnapshot();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is tested
    expect(page).not.toMatch(/\u001b/);
  });

  it('says what could not be seen', async () => {
    const page = terminalPage(await reportOn(demoMachine(), { hives: ['SOFTWARE'] }), {
      width: 80,
      colour: false,
    });
    expect(page).toContain('Could not be looked at\n  cannot read the SOFTWARE hive: planted:\n');
    expect(page).toMatch(/could\s+not\s+be\s+judged/);
  });

  it('keeps sentences within its width', async () => {
    const page = terminalPage(await reportOn(demoMachine(), { hives: ['SOFTWARE'] }), {
      width: 60,
      colour: false,
    });
    const tooLong = page
      .split('\n')
      .filter((line) => line.length > 60 && !/\\|is:|should be:|FAULT/.test(line));
    expect(tooLong).toEqual([]);
  });

  it('lets no name off the disk steer the terminal', async () => {
    const machine = healthyMachine('2022', { now, computerName: 'EVIL\u001b[2J\u0007' });
    const page = terminalPage(await reportOn(machine), { width: 80, colour: true });
    expect(page).not.toContain('\u001b[2J');
    expect(page).not.toContain('\u0007');
  });
});

describe('wrap', () => {
  it('breaks at spaces, and never within what is held together', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('set HKLM\\Terminal Server\\x to 1', 12, 'HKLM\\Terminal Server\\x')).toEqual([
      'set',
      'HKLM\\Terminal Server\\x',
      'to 1',
    ]);
    expect(wrap('indivisible', 3)).toEqual(['indivisible']);
  });
});
