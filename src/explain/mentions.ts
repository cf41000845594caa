import type { Family } from './entry.ts';

/** A number as it may be meant: the same digits can be decimal and hexadecimal. */
export interface ReadNumber {
  /** Unsigned, 32 bits. */
  readonly value: number;
  readonly base: 'decimal' | 'hexadecimal';
}

/** A number or a name that stands in what was typed. */
export interface Mention {
  readonly kind: 'number' | 'name';
  readonly written: string;
  /** For a number, the likelier reading first; empty for a name, and for a number that does not fit into 32 bits. */
  readonly readings: readonly ReadNumber[];
  /** Whose it is by the words before it; empty where they do not tell. */
  readonly hinted: readonly Family[];
}

const namePattern =
  /(?<![\w.])(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|(?:disconnectReason|exDiscReason|WSA|WSAE)[a-z0-9]+)(?!\w)/giu;
const numberPattern =
  /(?<![\p{L}\p{N}_]|\d[.:/-]|\/)([-\u2212]?)(0x)?([0-9a-f]{1,16})([hl]?)(?![\p{L}\p{N}_]|[.:/-]\d|\/)/giu;
const uniqueId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const label =
  /(?:code|kod|codigo|código|error|fel|erreur|reason|raison|raz[oó]n|orsak|status|alert|alerte|alert was generated|alert was received|exit|hresult|errinfo|errno|failure|winsock|win32|number|nummer)\s*(?:is|är|es|est|nr|no)?[\s:=#([.]*$/iu;

const stateBefore =
  /(?:(?:internal|schannel) error state|internt feltillst[åa]nd|estado de error interno|[ée]tat d.?erreur interne)\s*(?:is|är|es|est)?[\s:=(]*$/iu;
const eventBefore =
  /(?<!\p{L})(?:events?|h[äa]ndelse(?:r|n)?|eventos?|[ée]v[ée]nements?|(?:event|h[äa]ndelse|evento)[\s-]?id)[\s-]*(?:ids?|nr|no|number|nummer|code|kod)?[\s:=#(.>"']*$/iu;
const sourceBefore =
  /(?:schannel|termservice|termdd|rdpcorets|remoteconnectionmanager|rdpclient|security-auditing)(?:[\s:,(/-]|errors?|events?|ids?|fel|operational|admin)*$/iu;
/** "36871, 36874 and 36888": what was said before the first of them. */
const listBefore = /(?:(?<![\p{L}\p{N}])\d{1,10}\s*(?:,|\/|and|or|och|eller|y|et|ou)\s*)+$/iu;

/** What the words before a number say of whose it is; what fits first holds. */
const hints: readonly (readonly [RegExp, readonly Family[]])[] = [
  [stateBefore, ['schannel-state']],
  [eventBefore, ['event']],
  [sourceBefore, ['event']],
  [/extended|utökad|étendue?|extendido|ampliado/iu, ['extended-reason', 'error-info']],
  [/errinfo|error ?info/iu, ['error-info', 'extended-reason']],
  [/exit/iu, ['freerdp-exit']],
  [/freerdp|errconnect/iu, ['freerdp-error', 'freerdp-exit']],
  [/alert/iu, ['tls-alert']],
  [/negotiation|neg_failure|failurecode/iu, ['negotiation-failure']],
  [/internal error code|fatal/iu, ['fatal-error']],
  [/winsock|socket|wsa|win32|errno/iu, ['win32']],
  [/hresult/iu, ['hresult']],
  [/ntstatus|status/iu, ['ntstatus']],
  [
    /protocol error|protokollfel|erreur de protocole|error de protocolo/iu,
    ['disconnect-reason', 'extended-reason'],
  ],
  [/code|kod|código|codigo|disconnect|reason/iu, ['disconnect-reason']],
];

/** The numbers and names in what was typed, in their order. Dates, addresses, versions and ids are none. */
export function mentionsIn(words: string): Mention[] {
  const text = words.replace(uniqueId, (id) => ' '.repeat(id.length));
  const names = [...text.matchAll(namePattern)].map((match) => ({ match, mention: nameMention(match[0]) }));
  const covered = names.map(({ match }) => [match.index, match.index + match[0].length] as const);
  const alone = numbersAlone(text);
  const numbers = [...text.matchAll(numberPattern)]
    .filter(({ index }) => !covered.some(([start, end]) => index >= start && index < end))
    .filter((match) => alone || isCode(match, text))
    .map((match) => ({ match, mention: numberMention(match, text) }));
  return [...names, ...numbers]
    .sort((one, other) => one.match.index - other.match.index)
    .map(({ mention }) => mention);
}

/** Whether nothing but numbers was typed, so that each of them is meant. */
function numbersAlone(text: string): boolean {
  return text.replace(numberPattern, '').replace(/[\s,;:()[\]"'.=#]/g, '') === '';
}

/** Whether a number among words is an error number: by its form, or by the word before it. */
function isCode(match: RegExpExecArray, text: string): boolean {
  const [, , prefix, digits = ''] = match;
  if (prefix !== undefined || /^(?:c0|80|d0)[0-9a-f]{6}$/i.test(digits)) return true;
  const before = wordsBefore(text, match.index);
  const called = [label, stateBefore, eventBefore, sourceBefore].some((pattern) => pattern.test(before));
  return called && /\d/.test(digits);
}

function nameMention(written: string): Mention {
  return { kind: 'name', written, readings: [], hinted: [] };
}

function numberMention(match: RegExpExecArray, text: string): Mention {
  const [written, sign = '', prefix, digits = '', suffix = ''] = match;
  const before = clause(wordsBefore(text, match.index));
  const hinted = hints.find(([pattern]) => pattern.test(before))?.[1] ?? [];
  const hexadecimal = prefix !== undefined || /h/i.test(suffix);
  const readings = hexadecimal
    ? [readNumber(sign, digits, 'hexadecimal')]
    : [readNumber(sign, digits, 'decimal'), readNumber(sign, digits, 'hexadecimal')];
  if (/^0\d/.test(digits)) readings.reverse();
  return { kind: 'number', written: written.trim(), readings: distinct(readings), hinted };
}

function wordsBefore(text: string, index: number): string {
  return text.slice(Math.max(0, index - 60), index).replace(listBefore, '');
}

/** The words since the number or the sentence before: those that belong to this number. */
function clause(before: string): string {
  return before.split(/\d|[\n;]|\. /).at(-1) ?? '';
}

function readNumber(sign: string, digits: string, base: ReadNumber['base']): ReadNumber | undefined {
  if (base === 'decimal' && !/^\d+$/.test(digits)) return undefined;
  const value = Number.parseInt(digits, base === 'decimal' ? 10 : 16);
  if (sign === '') return value <= 0xffffffff ? { value, base } : undefined;
  return value <= 0x80000000 ? { value: (0x100000000 - value) % 0x100000000, base } : undefined;
}

function distinct(readings: readonly (ReadNumber | undefined)[]): ReadNumber[] {
  const seen = new Set<number>();
  return readings
    .filter((reading) => reading !== undefined)
    .filter(({ value }) => !seen.has(value) && seen.add(value));
}
