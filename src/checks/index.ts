import type { Check } from '../model/check.ts';
import { tls12ServerDisabled } from './tls/tls-1.2-server-disabled.ts';

/** Every check, in the order in which they are asked and reported. */
export const checks: readonly Check[] = [tls12ServerDisabled];
