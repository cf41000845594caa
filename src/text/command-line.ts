import { cli } from './en/cli.ts';
import { problems } from './en/problems.ts';

const texts = { ...cli, ...problems };

type CommandLineId = {
  [Id in keyof typeof texts]: (typeof texts)[Id] extends string ? Id : never;
}[keyof typeof texts];

/** A sentence that is said before any command runs, in English: no other text is loaded for it. */
export function sayCommandLine(id: CommandLineId): string {
  return texts[id];
}
