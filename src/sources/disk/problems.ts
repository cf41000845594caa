import { FormatError, type FormatErrorKind } from '../../formats/errors.ts';
import { TargetProblem } from '../../model/target-problem.ts';
import { text } from '../../text/index.ts';
import { TargetError, type TargetErrorKind } from './files/index.ts';

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

const byTargetErrorKind = {
  'not-found': 'problem.check-path',
  'no-permission': 'problem.no-permission',
  'not-a-file': 'problem.not-a-file',
  empty: 'problem.check-path',
  unreadable: 'problem.storage-unreadable',
  changed: 'problem.changed',
  closed: 'problem.target',
  'bad-url': 'problem.check-link',
  // Its message says what the status asks for.
  'http-status': 'problem.target',
  'no-ranges': 'problem.no-ranges',
  'bad-answer': 'problem.check-link',
  redirect: 'problem.check-link',
  unreachable: 'problem.unreachable',
  tls: 'problem.unreachable',
  timeout: 'problem.unreachable',
  'too-much': 'problem.too-much',
  aborted: 'problem.target',
} as const satisfies Record<TargetErrorKind, string>;

/** What is said to the user of an error that ended the examination; other errors are defects and stay as they are. */
export function problemOf(error: unknown): unknown {
  if (error instanceof FormatError) {
    return new TargetProblem(text(byFormatErrorKind[error.kind], { detail: error.message }), {
      cause: error,
    });
  }
  if (error instanceof TargetError) {
    return new TargetProblem(text(byTargetErrorKind[error.kind], { detail: error.message }), {
      cause: error,
    });
  }
  return error;
}
