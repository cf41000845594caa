import { type Answer, unknown } from '../model/answer.ts';
import type { Check } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import {
  type Answers,
  type Question,
  type Questions,
  questionName,
  type Vantage,
  vantageOf,
} from '../model/question.ts';
import type { Source } from '../model/source.ts';

/** What was found on one machine: a finding from each check, in the checks' order. */
export interface Diagnosis {
  readonly machine: Machine;
  readonly findings: readonly Finding[];
  /** What was answered to every question that was asked, by the question's name. */
  readonly answers: ReadonlyMap<string, Answer<unknown>>;
}

/** Asks a source everything that its checks need, each question once and all together, and judges the answers. */
export async function diagnose(source: Source, checks: readonly Check[], now: Date): Promise<Diagnosis> {
  const asked = checks.filter((check) => isFor(check, source.kind));
  const answers = await askAll(source, asked);
  const findings: Finding[] = [];
  for (const check of asked) {
    const judgement = check.judge(answersFor(check.questions, answers), {
      machine: source.machine,
      now,
      findings,
    });
    findings.push({ check: check.id, ...judgement });
  }
  return { machine: source.machine, findings, answers };
}

/**
 * Whether a check asks what can be seen from a vantage; none asks questions of two. One without questions speaks of
 * what the checks of a disk found.
 */
export function isFor({ questions }: Check, vantage: Vantage): boolean {
  const [first] = Object.values(questions);
  return (first ? vantageOf(first) : 'disk') === vantage;
}

async function askAll(source: Source, checks: readonly Check[]): Promise<Map<string, Answer<unknown>>> {
  const questions = new Map<string, Question>();
  for (const check of checks) {
    for (const question of Object.values(check.questions)) questions.set(questionName(question), question);
  }
  const answers = await source.answer([...questions.values()]);
  return new Map([...questions.keys()].map((name, index) => [name, answers[index] ?? neverAnswered(name)]));
}

/** The answers to some questions among all that were given, by the names that the questions have there. */
export function answersFor<Q extends Questions>(
  questions: Q,
  answers: ReadonlyMap<string, Answer<unknown>>,
): Answers<Q> {
  const named = Object.entries(questions).map(([name, question]) => {
    const key = questionName(question);
    return [name, answers.get(key) ?? neverAnswered(key)];
  });
  return Object.fromEntries(named) as Answers<Q>;
}

function neverAnswered(question: string): Answer<unknown> {
  return unknown(question, 'the source gave no answer');
}
