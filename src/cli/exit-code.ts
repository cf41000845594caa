/** What the program's exit code says. */
export const exitCode = {
  healthy: 0,
  /** At least one fault was found. */
  fault: 1,
  /** The command was used wrongly. */
  usage: 2,
  /** The target could not be examined. */
  notExamined: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
