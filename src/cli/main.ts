import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { printable } from '../report/printable.ts';
import { withoutLinks } from '../sources/disk/files/address.ts';
import { sayCommandLine } from '../text/command-line.ts';
import { version } from '../version.ts';
import type { DiagnoseOptions } from './diagnose.ts';
import { exitCode } from './exit-code.ts';
import { endHungLookup } from './hung-lookup.ts';
import { loadDiagnose, loadExplain } from './load-command.ts';
import { endQuietly } from './standard-output.ts';

const program = new Command('rdpmend')
  .description(sayCommandLine('cli.description'))
  .version(version)
  .exitOverride()
  // What was typed may be a link with its secret, in the wrong place.
  .configureOutput({
    outputError: (words, write) => write(withoutLinks(words).split('\n').map(printable).join('\n')),
  });

program
  .command('diagnose')
  .description(sayCommandLine('cli.diagnose'))
  .argument('<target...>', sayCommandLine('cli.diagnose.targets'))
  .option('--json', sayCommandLine('cli.diagnose.json'))
  .addOption(new Option('--timeout <seconds>', sayCommandLine('cli.diagnose.timeout')).argParser(seconds))
  .option('--quick', sayCommandLine('cli.diagnose.quick'))
  .addOption(
    new Option(
      '--expect-certificate <thumbprint>',
      sayCommandLine('cli.diagnose.expect-certificate'),
    ).argParser(thumbprint),
  )
  .addOption(
    new Option('--volume <number>', sayCommandLine('cli.diagnose.volume')).argParser(partitionNumber),
  )
  .option('--follow-parent', sayCommandLine('cli.diagnose.follow-parent'))
  .addHelpText('after', `\n${sayCommandLine('cli.diagnose.exit-codes')}`)
  .action(async (targets: string[], options: DiagnoseOptions, command: Command) => {
    if (targets.length > mostTargets) command.error(`error: ${sayCommandLine('cli.too-many-targets')}`);
    const { diagnoseCommand } = await loadDiagnose();
    process.exitCode = await diagnoseCommand(
      targets.map((target) => target.trim()),
      options,
    );
  });

program
  .command('explain')
  .description(sayCommandLine('cli.explain'))
  .argument('<code...>', sayCommandLine('cli.explain.code'))
  .option('--json', sayCommandLine('cli.explain.json'))
  .addHelpText('after', `\n${sayCommandLine('cli.explain.exit-codes')}`)
  .action(async (words: string[], options: { json?: boolean }) => {
    const { explainCommand } = await loadExplain();
    process.exitCode = explainCommand(words, options);
  });

function partitionNumber(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError(sayCommandLine('cli.partition-number'));
  return Number(value);
}

/** All are open at once. */
const mostTargets = 16;

const longestTimeout = 600;

function seconds(value: string): number {
  const number = /^\d{1,3}(?:\.\d{1,3})?$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > longestTimeout) throw new InvalidArgumentError(sayCommandLine('cli.seconds'));
  return number;
}

/** As people copy it: in either case, with spaces or colons between. */
function thumbprint(value: string): string {
  const digits = value.replace(/[\s:\u200e]/g, '').toUpperCase();
  if (!/^[\dA-F]{40}$/.test(digits)) throw new InvalidArgumentError(sayCommandLine('cli.thumbprint'));
  return digits;
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
  await endHungLookup();
}

void main();
