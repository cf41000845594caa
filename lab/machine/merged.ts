import { type KeyLiteral, sameName } from '../hive/literal.ts';

/** Keys laid over one another, the later over the earlier, whatever the case of their names. */
export function merged(...layers: readonly KeyLiteral[]): KeyLiteral {
  const result: KeyLiteral = {};
  for (const layer of layers) lay(result, layer);
  return result;
}

function lay(under: KeyLiteral, over: KeyLiteral): void {
  const { values, keys, ...rest } = over;
  Object.assign(under, rest);
  if (values) under.values = { ...under.values, ...values };
  for (const [name, key] of Object.entries(keys ?? {})) {
    under.keys ??= {};
    const known = sameName(under.keys, name) ?? name;
    const below = under.keys[known] ?? {};
    under.keys[known] = below;
    lay(below, key);
  }
}
