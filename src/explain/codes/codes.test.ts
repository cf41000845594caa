import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkedFrom } from '../../checks/index.ts';
import { english } from '../../text/en/index.ts';
import { isTextId } from '../../text/index.ts';
import { causes } from '../causes.ts';
import { clientTexts } from '../client-texts.ts';
import { decimalFamilies, families, phases } from '../entry.ts';
import { explain } from '../explain.ts';
import { entryFor } from '../texts.ts';
import { codeTables, entriesNamed } from './index.ts';

const rows = codeTables.flatMap(({ family, rows }) =>
  rows.map((row) => ({ family, row, name: `${family} 0x${row[0].toString(16)}` })),
);

describe('the tables of numbers', () => {
  it('have no number twice in a family', () => {
    const seen = rows.map(({ name }) => name);
    expect(seen.filter((name, at) => seen.indexOf(name) !== at)).toEqual([]);
  });

  it('have no name twice in a family', () => {
    const seen = rows.filter(({ row }) => row[1] !== '').map(({ family, row }) => `${family} ${row[1]}`);
    expect(seen.filter((name, at) => seen.indexOf(name) !== at)).toEqual([]);
  });

  it('hold unsigned numbers of 32 bits', () => {
    expect(
      rows.filter(({ row: [code] }) => !(Number.isInteger(code) && code >= 0 && code <= 0xffffffff)),
    ).toEqual([]);
  });

  it('know each number in decimal, in hexadecimal, and as a signed number', () => {
    const lost = rows.flatMap(({ family, row: [code], name }) => {
      const forms = [
        String(code),
        ...(decimalFamilies.includes(family)
          ? []
          : [`0x${code.toString(16)}`, `0X${code.toString(16).toUpperCase().padStart(8, '0')}`]),
        ...(code >= 0x80000000 ? [String(code - 0x100000000)] : []),
      ];
      return forms
        .filter((form) => {
          const readings = explain(form).answers[0]?.readings ?? [];
          return !readings.some(
            (reading) => reading.family === family && reading.code === code && reading.listed,
          );
        })
        .map((form) => `${name} as ${form}`);
    });
    expect(lost).toEqual([]);
  });

  it('take no hexadecimal number for an event', () => {
    const taken = rows
      .filter(({ family }) => decimalFamilies.includes(family))
      .filter(({ row: [code] }) =>
        explain(`0x${code.toString(16)}`).answers[0]?.readings.some(({ family }) =>
          decimalFamilies.includes(family),
        ),
      );
    expect(taken.map(({ name }) => name)).toEqual([]);
  });

  it('name who writes an event', () => {
    const nameless = codeTables.filter(
      ({ family, source }) => (family === 'event') !== (source !== undefined),
    );
    expect(nameless.filter(({ family }) => family !== 'schannel-state')).toEqual([]);
  });

  it('know each name', () => {
    const lost = rows
      .filter(({ row: [, symbol] }) => symbol !== '')
      .filter(({ family, row: [code, symbol] }) => {
        const found = entriesNamed(symbol.toLowerCase());
        return !found.some((entry) => entry.family === family && entry.code === code);
      });
    expect(lost.map(({ name }) => name)).toEqual([]);
  });
});

describe('causes', () => {
  /** `neither`: of the catalogue, and not yet looked for. */
  it.each(Object.entries(causes))('%s is a check of its vantage', (id, witness) => {
    const vantages = (['disk', 'endpoint'] as const).filter((vantage) => checkedFrom(vantage).includes(id));
    const witnesses = { disk: ['disk'], endpoint: ['endpoint'], both: ['disk', 'endpoint'], neither: [] };
    expect(vantages).toEqual(witnesses[witness]);
  });

  it('are named once in an entry', () => {
    const twice = rows.filter(({ row: [, , , , named = []] }) => new Set(named).size !== named.length);
    expect(twice.map(({ name }) => name)).toEqual([]);
  });

  it('are each named somewhere', () => {
    const entries = clientTexts.map(entryFor);
    const named = new Set([
      ...rows.flatMap(({ row }) => row[4] ?? []),
      ...entries.flatMap((entry) => entry.causes),
    ]);
    expect(Object.keys(causes).filter((id) => !named.has(id as keyof typeof causes))).toEqual([]);
  });
});

describe('the sentences', () => {
  const used = new Set<string>([
    ...rows.flatMap(({ row: [, , meaning, , , ...notes] }) => [meaning, ...notes]),
    ...clientTexts.map(entryFor).flatMap(({ meaning, notes }) => [meaning, ...notes]),
  ]);
  const texts: Readonly<Record<string, unknown>> = english;
  const meanings = Object.keys(texts).filter((id) => id.startsWith('code.'));

  it('exist', () => {
    const ids = [
      ...used,
      ...families.map((family) => `explain.family.${family}`),
      ...phases.map((phase) => `explain.phase.${phase}`),
      ...Object.keys(causes).map((cause) => `explain.cause.${cause}`),
    ];
    expect(ids.filter((id) => !isTextId(id))).toEqual([]);
  });

  it('are all used', () => {
    const sources = ['..', '.'].flatMap((folder) => {
      const place = path.resolve(import.meta.dirname, folder);
      return readdirSync(place)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => readFileSync(path.join(place, file), 'utf8'));
    });
    const inSources = sources.join('\n');
    const idle = Object.keys(texts)
      .filter((id) => /^(code|explain)\./.test(id) && !/^explain\.(family|phase|cause)\./.test(id))
      .filter((id) => !inSources.includes(`'${id}'`));
    expect(idle).toEqual([]);
  });

  it('begin with a capital and end with a full stop', () => {
    const whole = [...meanings, ...Object.keys(texts).filter((id) => /^explain\.(note|decoded)\./.test(id))];
    const broken = whole.filter((id) => !/^[A-Z].*\.$/s.test(String(texts[id])));
    // These begin with the name of the program that says them.
    expect(
      broken.filter(
        (id) =>
          !String(texts[id]).startsWith('mstsc ') &&
          !String(texts[id]).startsWith('xfreerdp ') &&
          !String(texts[id]).startsWith('rdpmend '),
      ),
    ).toEqual([]);
  });

  it('use ASCII and no double spaces', () => {
    const own = Object.entries(texts).filter(([id]) => /^(code|explain)\./.test(id));
    expect(own.filter(([, words]) => /[^\x20-\x7e]| {2}/.test(String(words))).map(([id]) => id)).toEqual([]);
  });
});
