import { styleText } from 'node:util';
import { say, text } from '../text/index.ts';
import { clientLines, endpointRows } from './endpoint-section.ts';
import {
  conclusionSection,
  contradictionSection,
  summarySection,
  troubleSection,
} from './finding-section.ts';
import { indent, type Paint } from './paint.ts';
import { printableReport } from './printable.ts';
import type {
  Report,
  ReportedBlind,
  ReportedEndpoint,
  ReportedFinding,
  ReportedTarget,
  ReportedTrouble,
} from './schema.ts';
import { wrap } from './wrap.ts';

export interface PageOptions {
  /** In columns; sentences are wrapped to it, evidence never is. */
  readonly width: number;
  readonly colour: boolean;
}

/** A report as a page for people: the verdict first, then what was seen, what mends it, and what was not seen. */
export function terminalPage(raw: Report, { width, colour }: PageOptions): string {
  const report = printableReport(raw);
  const paint: Paint = (style, words) =>
    colour ? styleText(style, words, { validateStream: false }) : words;
  const sections = report.targets.map((target, index) => targetSection(report, target, index, width, paint));
  const together = (report.contradictions ?? []).map((item) => contradictionSection(item, width, paint));
  return `${[...together, ...sections, closing(report, width, paint)].join('\n\n')}\n`;
}

function targetSection(
  report: Report,
  target: ReportedTarget,
  index: number,
  width: number,
  paint: Paint,
): string {
  const own = report.findings.filter((finding) => finding.target === index);
  const troubles = own.filter(isTrouble);
  const blind = own.filter((finding) => finding.verdict === 'unknown');
  const conclusions = own.filter((finding) => finding.verdict === 'healthy');
  return [
    heading(target, width, paint),
    wrap(verdictOf(target, troubles, blind, toldWithDisk(report, target, troubles)), width)
      .map((line) => paint('bold', line))
      .join('\n'),
    ...summarySection(troubles, paint),
    ...troubles.map((trouble) => troubleSection(trouble, width, paint)),
    ...conclusions.map((conclusion) => conclusionSection(conclusion, width, paint)),
    ...(target.kind === 'endpoint' ? endpointSections(target, width, paint) : []),
    ...unseenSection(blind, width, paint),
    ...notesSection(target.notes, width, paint),
  ].join('\n\n');
}

function isTrouble(finding: ReportedFinding): finding is ReportedTrouble {
  return finding.verdict === 'fault' || finding.verdict === 'risk';
}

function heading(target: ReportedTarget, width: number, paint: Paint): string {
  const facts = target.kind === 'disk' ? diskFacts(target) : endpointFacts(target);
  // An address that was named by itself is not said twice.
  const others = facts.filter((fact) => fact !== target.name);
  return [paint('bold', target.name), ...(others.length > 0 ? wrap(others.join(', '), width) : [])].join(
    '\n',
  );
}

function endpointFacts({ address, port, machine }: ReportedEndpoint): string[] {
  const place = address === null ? say(text('report.no-connection', { port })) : placeOf(address, port);
  return [place, ...machineFacts(machine)];
}

function placeOf(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function diskFacts({ machine }: ReportedTarget): string[] {
  return [
    machine.windows ?? say(text('report.unknown-windows')),
    ...machineFacts(machine),
    ...(machine.partition === null || machine.partition === 0
      ? []
      : [say(text('report.partition', { partition: machine.partition }))]),
  ];
}

function machineFacts(machine: ReportedTarget['machine']): string[] {
  return [
    ...(machine.build === null ? [] : [say(text('report.build', { build: machine.build }))]),
    ...(machine.computerName === null ? [] : [machine.computerName]),
    ...domainFact(machine.domain),
    ...roleFacts(machine),
  ];
}

function roleFacts({ role, connectionBroker }: ReportedTarget['machine']): string[] {
  return [
    ...(role === 'domain-controller' ? [say(text('report.domain-controller'))] : []),
    ...(connectionBroker ? [say(text('report.connection-broker'))] : []),
  ];
}

function domainFact(domain: string | null): string[] {
  if (domain === null) return [];
  return [say(domain === '' ? text('report.no-domain') : text('report.domain', { domain }))];
}

function verdictOf(
  { kind }: ReportedTarget,
  troubles: readonly ReportedTrouble[],
  blind: readonly ReportedBlind[],
  elsewhere: readonly string[],
): string {
  if (elsewhere.length > 0) return say(text('report.verdict-with-disk', { checks: elsewhere.join(', ') }));
  const faults = troubles.filter(({ verdict }) => verdict === 'fault').length;
  const risks = troubles.length - faults;
  const unjudged = blind.length === 0 ? [] : [say(text('report.verdict-blind', { checks: blind.length }))];
  return [verdictSentence(kind, faults, risks, blind.length > 0), ...unjudged].join(' ');
}

/** Faults that an endpoint shows and that its disk has under the same name: they stand with the disk. */
function toldWithDisk(
  report: Report,
  target: ReportedTarget,
  troubles: readonly ReportedTrouble[],
): readonly string[] {
  if (target.kind !== 'endpoint' || target.address === null || troubles.length > 0) return [];
  const place = placeOf(target.address, target.port);
  return report.findings
    .filter(isTrouble)
    .filter(
      ({ verdict, evidence }) =>
        verdict === 'fault' && evidence.some(({ where }) => where.startsWith(`${place},`)),
    )
    .map(({ check }) => check);
}

function verdictSentence(
  kind: ReportedTarget['kind'],
  faults: number,
  risks: number,
  blind: boolean,
): string {
  if (faults > 0) return say(text('report.verdict-faults', { faults, risks }));
  if (risks > 0) return say(text('report.verdict-risks', { risks }));
  return say(text(blind ? 'report.verdict-nothing-seen' : `report.verdict-healthy-${kind}`));
}

/** What was seen of an endpoint, and what that means for each client. */
function endpointSections(target: ReportedEndpoint, width: number, paint: Paint): string[] {
  const rows = endpointRows(target);
  const column = Math.max(...rows.map(([label]) => label.length)) + 2;
  const seen = rows.flatMap(([label, words]) =>
    wrap(words, width - column - 2).map(
      (line, index) => `${(index === 0 ? label : '').padEnd(column)}${line}`,
    ),
  );
  return [
    [paint('bold', say(text('report.endpoint'))), ...indent(seen)].join('\n'),
    [paint('bold', say(text('report.clients'))), ...indent(clientLines(target, width - 2))].join('\n'),
  ];
}

/** Everything that could not be looked at, by the reason, with the checks that wanted it. */
function unseenSection(blind: readonly ReportedBlind[], width: number, paint: Paint): string[] {
  if (blind.length === 0) return [];
  const unseen = blind.flatMap((finding) => finding.unseen);
  const reasons = [...new Set(unseen.map(({ why }) => why))].flatMap((why) => [
    `${why}:`,
    ...indent([...new Set(unseen.filter((item) => item.why === why).map(({ where }) => where))]),
  ]);
  const checks = blind.map(({ check }) => check).join(', ');
  return [
    [
      paint('bold', say(text('report.unseen'))),
      ...indent(reasons),
      ...indent(wrap(say(text('report.unseen-checks', { checks })), width - 2)),
    ].join('\n'),
  ];
}

function notesSection(notes: readonly string[], width: number, paint: Paint): string[] {
  if (notes.length === 0) return [];
  const lines = notes.flatMap((note) => indent(wrap(note, width - 2)));
  return [[paint('bold', say(text('report.notes'))), ...lines].join('\n')];
}

function closing(report: Report, width: number, paint: Paint): string {
  const kinds = new Set(report.targets.map(({ kind }) => kind));
  const sentences = [
    say(text('report.checked', { checked: report.checked.length })),
    ...(kinds.has('disk') ? [say(text('report.nothing-written'))] : []),
    ...(kinds.has('endpoint') ? [say(text('report.nobody-signed-in'))] : []),
    ...(kinds.size === 1
      ? [say(text(kinds.has('disk') ? 'report.not-from-a-disk' : 'report.not-from-a-network'))]
      : []),
  ];
  return wrap(sentences.join(' '), width)
    .map((line) => paint('dim', line))
    .join('\n');
}
