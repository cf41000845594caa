#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { say, text } from '../text/index.ts';
import { version } from '../version.ts';
import { type DiagnoseOptions, diagnoseCommand } from './diagnose.ts';
import { exitCode } from './exit-code.ts';
import { defectMessage } from './failure.ts';

const program = new Command('rdpmend')
  .description(say(text('cli.description')))
  .version(version)
  .exitOverride();

program
  .command('diagnose')
  .description(say(text('cli.diagnose')))
  .argument('<disk>', say(text('cli.diagnose.disk')))
  .option('--json', say(text('cli.diagnose.json')))
  .addOption(new Option('--volume <number>', say(text('cli.diagnose.volume'))).argParser(partitionNumber))
  .option('--follow-parent', say(text('cli.diagnose.follow-parent')))
  .addHelpText('after', `\n${say(text('cli.diagnose.exit-codes'))}`)
  .action(async (disk: string, options: DiagnoseOptions) => {
    process.exitCode = await diagnoseCommand(disk, options);
  });

function partitionNumber(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError(say(text('cli.partition-number')));
  return Number(value);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; help and version end with 0.
    process.exitCode = error.exitCode === 0 ? 0 : exitCode.usage;
  } else {
    process.stderr.write(`${defectMessage(error)}\n`);
    process.exitCode = exitCode.notExamined;
  }
}
