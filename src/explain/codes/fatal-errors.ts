import { internalError } from '../causes.ts';
import type { CodeTable, SentenceId } from '../entry.ts';

const note: SentenceId = 'explain.note.not-the-extended-reason';

/** mstsc's fatal errors. Microsoft Learn, IMsTscAxEvents::OnFatalError; its internal error codes are not its numbers. */
export const fatalErrors: CodeTable = {
  family: 'fatal-error',
  rows: [
    [0, '', 'code.client-unknown-error', 'client', [], note],
    [1, '', 'code.client-internal-1', 'client', internalError, note],
    [2, '', 'code.client-memory', 'client', [], note],
    [3, '', 'code.client-window', 'client', [], note],
    [4, '', 'code.client-internal-2', 'client', internalError, note],
    [5, '', 'code.client-internal-3', 'client', internalError, note],
    [6, '', 'code.client-internal-4', 'client', internalError, note],
    [7, '', 'code.client-unrecoverable', 'client', internalError, note],
    [100, '', 'code.winsock-start', 'client', [], note],
  ],
};
