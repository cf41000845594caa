import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { withoutLinks } from '../sources/disk/files/address.ts';
import { sayPlain } from '../text/plain.ts';
import { version } from '../version.ts';
import type { DiagnoseOptions } from './diagnose.ts';
import { exitCode } from './exit-code.ts';
import { loadDiagnose } from './load-diagnose.ts';
import { endQuietly } from './standard-output.ts';

const program = new Command('rdpmend')
  .description(sayPlain('cli.description'))
  .version(version)
  .exitOverride()
  // What was typed may be a link with its secret, in the wrong place.
  .configureOutput({ outputError: (words, write) => write(withoutLinks(words)) });

program
  .command('diagnose')
  .description(sayPlain('cli.diagnose'))
  .argument('<disk>', sayPlain('cli.diagnose.disk'))
  .option('--json', sayPlain('cli.diagnose.json'))
  .addOption(new Option('--volume <number>', sayPlain('cli.diagnose.volume')).argParser(partitionNumber))
  .option('--follow-parent', sayPlain('cli.diagnose.follow-parent'))
  .addHelpText('after', `\n${sayPlain('cli.diagnose.exit-codes')}`)
  .action(async (disk: string, options: DiagnoseOptions) => {
    const { diagnoseCommand } = await loadDiagnose();
    process.exitCode = await diagnoseCommand(disk.trim(), options);
  });

function partitionNumber(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError(sayPlain('cli.partition-number'));
  return Number(value);
}

async function main(): Promise<void> {
  endQuietly();
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said what is wrong; help and version end with 0.
      process.exitCode = error.exitCode === 0 ? 0 : exitCode.usage;
    } else {
      const { defectMessage } = await import('./failure.ts');
      process.stderr.write(`${defectMessage(error)}\n`);
      process.exitCode = exitCode.notExamined;
    }
  }
}

void main();
