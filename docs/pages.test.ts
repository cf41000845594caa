import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../src/checks/index.ts';

const pagesFolder = path.join(import.meta.dirname, 'checks');
const checksFolder = path.resolve(import.meta.dirname, '../src/checks');
const ids = checks.map(({ id }) => id);

function page(id: string): string {
  return readFileSync(path.join(pagesFolder, `${id}.md`), 'utf8');
}

/** What stands under a heading, up to the next one of its level. */
function section(text: string, heading: string): string {
  const [, after = ''] = text.split(`\n## ${heading}\n`);
  return after.split('\n## ')[0] ?? '';
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}

/** A check's source with what it imports from below `checks/`; other checks are none of its own words. */
function sourceOf(file: string, seen = new Set<string>()): string {
  seen.add(file);
  const own = readFileSync(file, 'utf8');
  const imported = matches(own, /from '(\.{1,2}\/[^']+)'/g)
    .map((name) => path.resolve(path.dirname(file), name))
    .filter((name) => name.startsWith(checksFolder + path.sep) && !seen.has(name))
    .filter((name) => !readFileSync(name, 'utf8').includes('defineCheck({'));
  return [own, ...imported.map((name) => sourceOf(name, seen))].join('\n');
}

/** A check lies in a folder an area, under its own name. */
function checkSource(id: string): string {
  const areas = readdirSync(checksFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = areas.map(({ name }) => path.join(checksFolder, name, `${id}.ts`)).filter(existsSync);
  expect(files, `src/checks/*/${id}.ts`).toHaveLength(1);
  return sourceOf(files[0] ?? '');
}

/** The consents that its source can give a remedy: `consent: 'ask'`, `const consent: Consent = a ? 'none' : 'ask'`. */
function consentsIn(source: string): string[] {
  const given = matches(source, /\bconsent(?:\s*:\s*Consent)?\s*[:=]([^,;}]+)/g);
  return distinct(given.flatMap((expression) => matches(expression, /'(none|ask|manual)'/g)));
}

/** The verdicts that its source can give beside healthy and unknown: it imports a maker of each, and no other. */
function verdictsIn(source: string): string[] {
  const imports = matches(source, /import \{([^}]*)\} from '[./]+judgement\.ts'/g).join(' ');
  return distinct(matches(imports, /\b(fault|risk)\b/g));
}

describe.each(ids)('the page of %s', (id) => {
  it('begins with its name and one sentence', () => {
    const [heading, blank, sentence = '', gap] = page(id).split('\n');
    expect(heading).toBe(`# \`${id}\``);
    expect([blank, gap]).toEqual(['', '']);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('has the sections of every page, in their order', () => {
    const why = verdictsIn(checkSource(id)).includes('fault')
      ? 'Why that breaks Remote Desktop'
      : 'Why it matters';
    const headings = matches(page(id), /^## (.+)$/gm);
    expect(headings).toEqual([
      'What it looks at',
      why,
      'Which clients see what',
      'What mends it',
      'Proven, and not',
      'Sources',
    ]);
    for (const heading of headings) expect(section(page(id), heading).trim(), heading).not.toBe('');
  });

  it('names every verdict that the check can give, and no other', () => {
    const verdicts = verdictsIn(checkSource(id));
    expect(verdicts).not.toEqual([]);
    expect(distinct(matches(page(id), /\*\*(fault|risk)\*\*/g))).toEqual(verdicts);
  });

  it('names every consent that its remedy can take, and no other', () => {
    const consents = consentsIn(checkSource(id));
    expect(consents).not.toEqual([]);
    const named = matches(section(page(id), 'What mends it'), /Consent:\s+(\w+)/g);
    expect(distinct(named)).toEqual(consents);
  });

  it('links to nothing that is not there', () => {
    for (const link of matches(page(id), /\]\(([^)#]+)\)/g)) {
      expect(existsSync(path.join(pagesFolder, link)), link).toBe(true);
    }
  });
});

describe('the index of the pages', () => {
  const rows = matches(page('README'), /^(\| \[`.*)$/gm).map((row) => {
    const [, link, finding, verdicts = '', consents = ''] = row.split('|').map((cell) => cell.trim());
    return { link, finding, verdicts: verdicts.split(', '), consents: consents.split(', ') };
  });
  const linkTo = (id: string) => `[\`${id}\`](${id}.md)`;

  it('lists exactly the checks there are, in their order', () => {
    expect(rows.map(({ link }) => link)).toEqual(ids.map(linkTo));
  });

  it.each(ids)('says of %s what its page and its source say', (id) => {
    const row = rows.find(({ link }) => link === linkTo(id));
    expect(`${row?.finding}.`).toBe(page(id).split('\n')[2]);
    expect(distinct(row?.verdicts ?? [])).toEqual(verdictsIn(checkSource(id)));
    expect(distinct(row?.consents ?? [])).toEqual(consentsIn(checkSource(id)));
  });

  it('has no page without a check', () => {
    const pages = readdirSync(pagesFolder).filter((name) => name !== 'README.md');
    expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`).sort());
  });
});
