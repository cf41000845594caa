import type { Question } from '../../model/question.ts';
import { endpointQuestion } from '../../model/question.ts';
import type { TextId } from '../../text/index.ts';
import type { ClientVerdict } from './clients/index.ts';

/** What clients are judged by. */
export const clientQuestions = {
  reachability: endpointQuestion('endpoint-reachability'),
  negotiation: endpointQuestion('endpoint-negotiation'),
  tls: endpointQuestion('endpoint-tls'),
  suites: endpointQuestion('endpoint-cipher-suites'),
  certificate: endpointQuestion('endpoint-certificate'),
  nla: endpointQuestion('endpoint-nla'),
  settings: endpointQuestion('endpoint-settings'),
} as const satisfies Record<string, Question>;

/** Those of whom it is said so. */
export function saidOf(verdicts: readonly ClientVerdict[], reason: TextId): readonly ClientVerdict[] {
  return verdicts.filter((verdict) => verdict.reason.id === reason);
}

/**
 * Whether a client that Microsoft or its makers still mend is among them. A server may well leave Windows 7 out, as
 * Server 2022 does by its defaults: that is no fault of the server.
 */
export function concernCurrentClients(verdicts: readonly ClientVerdict[]): boolean {
  return verdicts.some(({ client }) => client !== 'windows-7');
}
