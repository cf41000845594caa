#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../version.ts';
import { type DiagnoseOptions, diagnoseCommand } from './diagnose.ts';
import { exitCode } from './exit-code.ts';
import { defectMessage } from './failure.ts';

const program = new Command('rdpmend')
  .description(
    'Finds out why a Windows machine answers Remote Desktop with "An internal error has occurred".',
  )
  .version(version)
  .exitOverride();

program
  .command('diagnose')
  .description('Says what prevents Remote Desktop, from an OS disk alone. Writes nothing.')
  .argument('<disk>', 'disk image (raw, VHD, VHDX, qcow2), block device, or http(s) URL of an image')
  .option('--json', 'print one JSON object that follows docs/report.schema.json')
  .addOption(
    new Option('--volume <number>', 'examine only the Windows on this partition').argParser(partitionNumber),
  )
  .option('--follow-parent', "read a differencing image's parent outside the image's own folder too")
  .addHelpText(
    'after',
    '\nExit codes: 0 healthy, 1 a fault was found, 2 wrong use, 3 the disk could not be examined.',
  )
  .action(async (disk: string, options: DiagnoseOptions) => {
    process.exitCode = await diagnoseCommand(disk, options);
  });

function partitionNumber(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError('It must be the number of a partition.');
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
