import { sayCommandLine } from '../text/command-line.ts';
import { exitCode } from './exit-code.ts';

/**
 * Standard output may be closed early (`| head`), which is no error, or have no room, which is: what was found did not
 * reach anyone.
 */
export function endQuietly(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`rdpmend: ${sayCommandLine('problem.cannot-write')}\n`);
    process.exit(exitCode.notExamined);
  });
}
