import { FormatError, type FormatErrorKind } from '../../formats/errors.ts';
import { TargetProblem } from '../../model/target-problem.ts';
import { text } from '../../text/index.ts';
import { TargetError } from './files/index.ts';

const byFormatErrorKind = {
  damaged: 'problem.image-damaged',
  unsupported: 'problem.image-unsupported',
  packed: 'problem.image-packed',
  unreadable: 'problem.storage-unreadable',
  encrypted: 'problem.image-encrypted',
  'not-recognised': 'problem.image-not-recognised',
  'parent-missing': 'problem.parent-missing',
  'parent-not-followed': 'problem.parent-not-followed',
} as const satisfies Record<FormatErrorKind, string>;

/** What is said to the user of an error that ended the examination; other errors are defects and stay as they are. */
export function problemOf(error: unknown): unknown {
  if (error instanceof FormatError) {
    return new TargetProblem(text(byFormatErrorKind[error.kind], { detail: error.message }), {
      cause: error,
    });
  }
  if (error instanceof TargetError) {
    return new TargetProblem(text('problem.target', { detail: error.message }), { cause: error });
  }
  return error;
}
