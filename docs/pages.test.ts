import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../lab/program/run.ts';
import { checks } from '../src/checks/index.ts';
import { exitCode } from '../src/cli/exit-code.ts';
import { explain } from '../src/explain/explain.ts';
import { serviceSid, wellKnownSids } from '../src/formats/security-descriptor/index.ts';
import { english } from '../src/text/en/index.ts';

const docs = import.meta.dirname;
const pagesFolder = path.join(docs, 'checks');
const checksFolder = path.resolve(import.meta.dirname, '../src/checks');
/** A cause that is looked at from both sides is two checks of one name, with one page. */
const ids = [...new Set(checks.map(({ id }) => id))];

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
function checkFiles(id: string): readonly string[] {
  const areas = readdirSync(checksFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = areas.map(({ name }) => path.join(checksFolder, name, `${id}.ts`)).filter(existsSync);
  expect(files, `src/checks/*/${id}.ts`).toHaveLength(checks.filter((check) => check.id === id).length);
  return files;
}

function checkSource(id: string): string {
  return checkFiles(id)
    .map((file) => sourceOf(file))
    .join('\n');
}

/** The certainties that a source names: `'likely'`. */
function certaintiesIn(source: string): string[] {
  return distinct(matches(source, /'(proven|likely|possible)'/g));
}

/** A heading's name in links, as GitHub makes it. */
function anchorsOf(file: string): string[] {
  const headings = matches(readFileSync(file, 'utf8'), /^#+ (.+)$/gm);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Every link in a page leads to a file that is there, and to a heading in it. */
function expectLinksToLead(file: string): void {
  for (const link of matches(readFileSync(file, 'utf8'), /\]\(([^)]+)\)/g)) {
    const [name = '', anchor] = link.split('#');
    const linked = name === '' ? file : path.resolve(path.dirname(file), name);
    expect(existsSync(linked), link).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(linked), link).toContain(anchor);
  }
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

/** Whether all that it can say is what follows from everything being well. */
function onlyConcludes(source: string): boolean {
  return verdictsIn(source).length === 0 && source.includes('conclusion:');
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
    if (!onlyConcludes(checkSource(id))) expect(verdicts).not.toEqual([]);
    expect(distinct(matches(page(id), /\*\*(fault|risk)\*\*/g))).toEqual(verdicts);
  });

  it('names every consent that its remedy can take, and no other', () => {
    const consents = consentsIn(checkSource(id));
    if (!onlyConcludes(checkSource(id))) expect(consents).not.toEqual([]);
    const named = matches(section(page(id), 'What mends it'), /Consent:\s+(\w+)/g);
    expect(distinct(named)).toEqual(consents);
  });

  it('names every certainty that the check itself gives, and none that it cannot give', () => {
    const named = distinct(matches(section(page(id), 'Proven, and not'), /`(proven|likely|possible)`/g));
    expect(named).not.toEqual([]);
    const own = checkFiles(id).map((file) => readFileSync(file, 'utf8'));
    expect(named).toEqual(expect.arrayContaining(certaintiesIn(own.join('\n'))));
    expect(certaintiesIn(checkSource(id))).toEqual(expect.arrayContaining(named));
  });

  it('links to nothing that is not there', () => {
    expectLinksToLead(path.join(pagesFolder, `${id}.md`));
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
    const source = checkSource(id);
    expect(distinct(row?.verdicts ?? [])).toEqual(onlyConcludes(source) ? ['healthy'] : verdictsIn(source));
    expect(distinct(row?.consents ?? [])).toEqual(onlyConcludes(source) ? ['-'] : consentsIn(source));
  });

  it('has no page without a check', () => {
    const pages = readdirSync(pagesFolder).filter((name) => name !== 'README.md');
    expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`).sort());
  });
});

describe('the guide', () => {
  const file = path.join(docs, 'how-to.md');
  const guide = readFileSync(file, 'utf8');

  it.each(['how-to.md', 'README.md', 'checks/README.md', 'cases.md', 'clients.md', 'explain.md'])(
    '%s links to nothing that is not there',
    (name) => {
      expectLinksToLead(path.join(docs, name));
    },
  );

  it('is linked from the indexes', () => {
    expect(page('README')).toContain('](../how-to.md)');
    expect(readFileSync(path.join(docs, 'README.md'), 'utf8')).toContain('](how-to.md)');
  });

  it('shows every option that the program has, and no other', async () => {
    const helps = await Promise.all(['diagnose', 'explain'].map((name) => runProgram([name, '--help'])));
    const options = helps
      .flatMap(({ stdout }) => matches(stdout, /^ {2}(?:-\w, )?(--[a-z-]+)/gm))
      .filter((name) => name !== '--help');
    const commands = matches(guide, /^(rdpmend .+)$/gm).join('\n');
    expect(options).not.toEqual([]);
    expect(distinct(matches(commands, /(--[a-z-]+)/g))).toEqual(distinct(options));
  });

  it('has only such numbers and words explained as can be', () => {
    const shown = distinct(matches(guide, /\brdpmend explain ("[^"]+"|\w+)/g));
    expect(shown.length).toBeGreaterThan(3);
    for (const code of shown) expect(explain(code).known, code).toBe(true);
  });

  it('tells the exit codes that there are', () => {
    const told = matches(guide, /^\| (\d+) \|/gm).map(Number);
    expect(told).toEqual(Object.values(exitCode));
  });

  it('quotes the report as it speaks', () => {
    const texts: readonly unknown[] = Object.values(english);
    const quoted = matches(guide.split('\n## 3. ')[1]?.split('\n## ')[0] ?? '', /^\| `([^`]+)` \|/gm);
    expect(quoted).not.toEqual([]);
    for (const words of quoted) expect(texts).toContain(words);
  });

  it('names no SID but those that it means', () => {
    const meant = [...Object.values(wellKnownSids), serviceSid('SessionEnv')];
    const named = distinct(matches(guide, /(S-1-[\d-]+)/g));
    expect(named).toContain(serviceSid('SessionEnv'));
    for (const sid of named) expect(meant).toContain(sid);
  });
});
