import { say, text } from '../text/index.ts';
import { indent, type Paint } from './paint.ts';
import type { ReportedChange, ReportedConclusion, ReportedContradiction, ReportedTrouble } from './schema.ts';
import { wrap } from './wrap.ts';

/** The titles alone, where there are several, before the first of them fills the screen. */
export function summarySection(troubles: readonly ReportedTrouble[], paint: Paint): string[] {
  if (troubles.length < 2) return [];
  return [troubles.map((trouble) => `  ${verdictLabel(trouble, paint)}  ${trouble.title}`).join('\n')];
}

function verdictLabel({ verdict }: ReportedTrouble, paint: Paint): string {
  const label = say(text(`report.verdict.${verdict}`));
  return paint(['bold', verdict === 'fault' ? 'red' : 'yellow'], label);
}

/** A fault or a risk: what it is, what was seen, what mends it. */
export function troubleSection(trouble: ReportedTrouble, width: number, paint: Paint): string {
  const certainty = say(text(`report.certainty.${trouble.certainty}`));
  return [
    `${verdictLabel(trouble, paint)}  ${paint('bold', trouble.title)}`,
    paint('dim', `${trouble.check}, ${certainty}`),
    '',
    ...indent(wrap(causeOf(trouble) ?? trouble.explanation, width - 2)),
    '',
    `  ${paint('underline', say(text('report.seen')))}`,
    ...indent(ownEvidence(trouble).flatMap((evidence) => evidenceLines(evidence, paint))),
    ...(trouble.explainedBy ? [] : mendSection(trouble, width, paint)),
  ].join('\n');
}

function mendSection({ remedy }: ReportedTrouble, width: number, paint: Paint): string[] {
  return ['', `  ${paint('underline', say(text('report.mend')))}`, ...indent(remedyLines(remedy, width))];
}

/** What the disk has to it stands with the disk. */
function ownEvidence({ evidence, explainedBy }: ReportedTrouble): ReportedTrouble['evidence'] {
  return explainedBy ? evidence.filter(({ source }) => source === 'endpoint') : evidence;
}

/** Which findings on the machine's disk are the cause. */
function causeOf({ explainedBy }: ReportedTrouble): string | undefined {
  return explainedBy && say(text('report.explained-by', { checks: explainedBy.join(', ') }));
}

/** What follows from everything being well, and where to look next. */
export function conclusionSection(conclusion: ReportedConclusion, width: number, paint: Paint): string {
  const { title, check, certainty, explanation, evidence, next } = conclusion;
  return [
    `${paint(['bold', 'green'], say(text('report.verdict.healthy')))}  ${paint('bold', title)}`,
    paint('dim', `${check}, ${say(text(`report.certainty.${certainty}`))}`),
    '',
    ...indent(wrap(explanation, width - 2)),
    ...evidenceSection(evidence, paint),
    '',
    `  ${paint('underline', say(text('report.next')))}`,
    ...indent(indent(wrap(next, width - 4))),
  ].join('\n');
}

/** What a disk and an endpoint say against each other. */
export function contradictionSection(
  contradiction: ReportedContradiction,
  width: number,
  paint: Paint,
): string {
  const { title, explanation, evidence } = contradiction;
  return [
    `${paint(['bold', 'yellow'], say(text('report.contradiction')))}  ${paint('bold', title)}`,
    '',
    ...indent(wrap(explanation, width - 2)),
    ...evidenceSection(evidence, paint),
  ].join('\n');
}

function evidenceSection(evidence: ReportedTrouble['evidence'], paint: Paint): string[] {
  if (evidence.length === 0) return [];
  return [
    '',
    `  ${paint('underline', say(text('report.seen')))}`,
    ...indent(evidence.flatMap((item) => evidenceLines(item, paint))),
  ];
}

function evidenceLines(evidence: ReportedTrouble['evidence'][number], paint: Paint): string[] {
  const lines = [
    evidence.where,
    ...indent([
      paint('cyan', say(text('report.saw', { saw: evidence.saw }))),
      say(text('report.expected', { expected: evidence.expected })),
      ...(evidence.byPolicy ? [say(text('report.by-policy'))] : []),
    ]),
  ];
  return indent(lines);
}

function remedyLines({ summary, consent, changes }: ReportedTrouble['remedy'], width: number): string[] {
  const consentNote = {
    none: [],
    ask: [say(text('report.consent-ask'))],
    manual: [say(text('report.consent-manual'))],
  };
  const sentences = [summary, ...consentNote[consent]].flatMap((sentence) => wrap(sentence, width - 4));
  return indent([...sentences, ...changes.flatMap((change) => changeLines(change, width - 6))]);
}

/** Paths are not broken: they are copied from here. */
function changeLines(change: ReportedChange, width: number): string[] {
  const path = 'path' in change ? change.path : 'key' in change ? `HKLM\\${change.key}` : '';
  const whole = 'name' in change && change.kind !== 'set-firewall-rule' ? `${path}\\${change.name}` : path;
  const [first = '', ...rest] = wrap(change.description, width, whole);
  return [`- ${first}`, ...indent(rest)];
}
