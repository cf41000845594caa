import type { Answer } from '../model/answer.ts';
import type { Change, ServiceStartType } from '../model/change.ts';
import type { Evidence } from '../model/finding.ts';
import { type QuestionOf, registryValue } from '../model/question.ts';
import { dword, type RegistryValue } from '../model/registry.ts';
import { text } from '../text/index.ts';
import { valueEvidence } from './judgement.ts';

const disabled = 4;

export function serviceKey(service: string): string {
  return `SYSTEM\\CurrentControlSet\\Services\\${service}`;
}

export function startOf(service: string): QuestionOf<'registry-value'> {
  return registryValue(serviceKey(service), 'Start');
}

/** Services that are turned off, with the start type that Windows ships for each. */
export interface DisabledServices {
  readonly names: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly changes: readonly Change[];
}

/**
 * Which of the services cannot start at all. One that is merely stopped, or that starts on demand, is none of
 * them: most of these start when they are asked for.
 */
export function disabledServices(
  starts: Readonly<Record<string, Answer<RegistryValue>>>,
  shipped: Readonly<Record<string, ServiceStartType>>,
): DisabledServices {
  const off = Object.entries(starts).filter(
    ([, start]) => start.state === 'known' && dword(start.value) === disabled,
  );
  const typeOf = (service: string): ServiceStartType => shipped[service] ?? 3;
  return {
    names: off.map(([service]) => service),
    evidence: off.map(([service, start]) =>
      valueEvidence(start, text('expected.value', { value: String(typeOf(service)) })),
    ),
    changes: off.map(([service]) => ({ kind: 'set-service-start-type', service, start: typeOf(service) })),
  };
}
