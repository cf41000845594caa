import type { Change } from '../model/change.ts';
import { type RegistryValue, showValue } from '../model/registry.ts';
import { say, text } from '../text/index.ts';
import type { ReportedChange } from './schema.ts';

/** A change as JSON has it, with its words. */
export function reportedChange(change: Change): ReportedChange {
  const description = describe(change);
  if (change.kind !== 'set-registry-value') return { ...change, description };
  const { kind, key, name, value } = change;
  return { kind, key, name, value: reportedValue(value), description };
}

function describe(change: Change): string {
  switch (change.kind) {
    case 'set-registry-value': {
      const { value } = change;
      const type = typeName(value);
      return say(
        text('change.set-registry-value', { where: whereOf(change), value: showValue(value), type }),
      );
    }
    case 'delete-registry-value':
      return say(text('change.delete-registry-value', { where: whereOf(change) }));
    case 'set-firewall-rule': {
      const where = `HKLM\\${change.key}`;
      const id = change.active ? 'change.turn-firewall-rule-on' : 'change.turn-firewall-rule-off';
      return say(text(id, { name: change.name, where }));
    }
    case 'copy-registry-key-from-donor':
      return say(text('change.copy-registry-key-from-donor', { where: `HKLM\\${change.key}` }));
    case 'set-service-start-type':
      return say(text('change.set-service-start-type', { service: change.service, start: change.start }));
    case 'set-file-security':
      return say(text('change.set-file-security', { path: change.path, sddl: change.sddl }));
    case 'set-registry-key-security':
      return say(
        text('change.set-registry-key-security', { where: `HKLM\\${change.key}`, sddl: change.sddl }),
      );
    case 'delete-certificate':
      return say(text('change.delete-certificate', { store: change.store, thumbprint: change.thumbprint }));
  }
}

function whereOf({ key, name }: { readonly key: string; readonly name: string }): string {
  return `HKLM\\${key}\\${name}`;
}

function typeName(value: RegistryValue): string {
  return value.type === 'other' ? value.typeName : value.type;
}

function reportedValue(value: RegistryValue): { type: string; data: number | string | string[] } {
  const type = typeName(value);
  switch (value.type) {
    case 'REG_QWORD':
      return { type, data: String(value.data) };
    case 'REG_MULTI_SZ':
      return { type, data: [...value.data] };
    case 'REG_BINARY':
    case 'other':
      return { type, data: value.data.toString('hex').toUpperCase() };
    default:
      return { type, data: value.data };
  }
}
