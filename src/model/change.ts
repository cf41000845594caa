import type { RegistryValue } from './registry.ts';

/** One declarative edit. It knows nothing about how it is carried out. Keys are named as in questions. */
export type Change =
  | {
      readonly kind: 'set-registry-value';
      readonly key: string;
      readonly name: string;
      readonly value: RegistryValue;
    }
  | { readonly kind: 'delete-registry-value'; readonly key: string; readonly name: string }
  /** `rule` is the rule's whole text as the registry holds it, in the key `key` under the rule's fixed name. */
  | {
      readonly kind: 'set-firewall-rule';
      readonly key: string;
      readonly name: string;
      readonly rule: string;
      readonly active: boolean;
    }
  /** Takes a key, and all below it, from a healthy machine of the same build. */
  | { readonly kind: 'copy-registry-key-from-donor'; readonly key: string }
  | { readonly kind: 'set-service-start-type'; readonly service: string; readonly start: ServiceStartType }
  | { readonly kind: 'set-file-security'; readonly path: string; readonly sddl: string }
  | { readonly kind: 'set-registry-key-security'; readonly key: string; readonly sddl: string }
  | { readonly kind: 'delete-certificate'; readonly store: string; readonly thumbprint: string };

/** A service's `Start`: 2 automatic, 3 on demand. */
export type ServiceStartType = 2 | 3;

/**
 * What a change needs of the user. `none` restores the supported state; `ask` replaces what someone may have
 * meant, or lowers security; `manual` is said exactly, and not done.
 */
export type Consent = 'none' | 'ask' | 'manual';

export function setDword(key: string, name: string, data: number): Change {
  return { kind: 'set-registry-value', key, name, value: { type: 'REG_DWORD', data } };
}
