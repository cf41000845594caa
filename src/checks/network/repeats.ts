import type { Answer } from '../../model/answer.ts';
import type { RepeatedObservation, Repeats } from '../../model/endpoint.ts';
import type { Certainty } from '../../model/finding.ts';

/** Words in which connections are said to have ended before there was an answer. */
const dropped: readonly string[] = ['closed', 'reset'];
const silent: readonly string[] = ['silent', 'timed-out'];
const refused: readonly string[] = ['refused', 'unreachable', 'not-tried'];

/** What came of one question that was asked more than once. */
export interface Series {
  readonly asked: string;
  /** Each answer with how often it was given, the commonest first. */
  readonly answers: readonly (readonly [answer: string, times: number])[];
  /** From the first to the last, in milliseconds. */
  readonly span: number;
}

/** Like questions side by side, in the order in which they were first asked. */
export function seriesOf({ observations }: Repeats): readonly Series[] {
  const groups = Map.groupBy(observations, ({ asked }) => asked);
  return [...groups].map(([asked, group]) => ({
    asked,
    answers: countedAnswers(group),
    span: spanOf(group),
  }));
}

function countedAnswers(group: readonly RepeatedObservation[]): Series['answers'] {
  const counted = [...Map.groupBy(group, ({ answer }) => answer)];
  return counted
    .map(([answer, given]) => [answer, given.length] as const)
    .sort(([, one], [, other]) => other - one);
}

function spanOf(group: readonly RepeatedObservation[]): number {
  const times = group.map(({ since }) => since);
  return Math.max(...times) - Math.min(...times);
}

/** What an answer comes to for a client: `TLS 1.2, then reset` is a drop, however far it came. */
function courseOf(answer: string): string {
  const end = answer.split(', then ').at(-1) ?? answer;
  if (dropped.includes(end)) return 'dropped';
  if (silent.includes(end)) return 'silent';
  return refused.includes(end) ? 'refused' : answer;
}

function isAnswer(answer: string): boolean {
  return !['dropped', 'silent', 'refused'].includes(courseOf(answer));
}

/** Whether like questions had different answers, one of them an answer indeed: those that all fail are not unstable. */
export function isUnstable({ answers }: Series): boolean {
  const courses = new Set(answers.map(([answer]) => courseOf(answer)));
  return courses.size > 1 && answers.some(([answer]) => isAnswer(answer));
}

const manyAnswers = 4;

/** Whether all that differs is one silence among many like answers, which lost packets can bring about. */
export function isLoneSilence({ answers: [commonest, other, ...others] }: Series): boolean {
  if (!commonest || !other || others.length > 0) return false;
  const [, times] = commonest;
  return times >= manyAnswers && isAnswer(commonest[0]) && courseOf(other[0]) === 'silent' && other[1] === 1;
}

/** How certain a drop is: proven where like connections went the same way twice or more, and none otherwise. */
export function certaintyOfDrop(repeats: Answer<Repeats>): Certainty {
  return seenTwice(repeats, dropped) ? 'proven' : 'likely';
}

/** How certain a silence is, likewise. */
export function certaintyOfSilence(repeats: Answer<Repeats>): Certainty {
  return seenTwice(repeats, silent) ? 'proven' : 'likely';
}

function seenTwice(repeats: Answer<Repeats>, words: readonly string[]): boolean {
  if (repeats.state !== 'known') return false;
  return seriesOf(repeats.value).some(({ answers }) => {
    const times = answers.reduce((sum, [, given]) => sum + given, 0);
    return times >= 2 && answers.every(([answer]) => words.includes(answer));
  });
}
