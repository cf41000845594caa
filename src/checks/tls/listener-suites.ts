import type { Blindness } from '../../model/finding.ts';
import type { Answers, Questions } from '../../model/question.ts';
import { listenerCertificateQuestions } from '../certificate/listener-certificate.ts';
import { type ListenerKey, listenerKeyOf } from './listener-key.ts';
import { unknownBuild } from './protocols.ts';
import { judgeSuiteList, type ListState } from './suite-list.ts';
import { providerSuitesQuestion, suiteSupports } from './suite-support.ts';

/** What tells which suites the listener can use at all. */
export const listenerSuitesQuestions = {
  provider: providerSuitesQuestion,
  ...listenerCertificateQuestions,
} as const satisfies Questions;

/** The listener's means to use a list of suites: its certificate's key, and what this Windows supports. */
export interface ListenerSuites {
  readonly key: ListenerKey;
  judge(names: readonly string[]): ListState;
  /** What could not be seen, where a list's state depends on it. */
  readonly unseen: readonly Blindness[];
}

export function listenerSuites(
  { provider, ...answers }: Answers<typeof listenerSuitesQuestions>,
  build: number | undefined,
): ListenerSuites {
  const key = listenerKeyOf(answers);
  const supports = suiteSupports(provider, build);
  return {
    key,
    judge: (names) => judgeSuiteList(names, supports, key.keyTypes),
    unseen: [...key.unseen, ...(supports.length > 1 ? [unknownBuild] : [])],
  };
}
