import type { Answer } from '../../model/answer.ts';
import { registryValue } from '../../model/question.ts';
import { dword, type RegistryValue } from '../../model/registry.ts';
import { listenerKey } from './keys.ts';

export const defaultRdpPort = 3389;

export const portQuestion = registryValue(listenerKey, 'PortNumber');

/** The port that the listener takes: 3389 where none is set; undefined for a value that is no port. */
export function listenerPort(
  answer: Exclude<Answer<RegistryValue>, { state: 'unknown' }>,
): number | undefined {
  if (answer.state === 'absent') return defaultRdpPort;
  const port = dword(answer.value);
  return port !== undefined && port >= 1 && port <= 65535 ? port : undefined;
}
