import { fromSddl } from '../../src/formats/security-descriptor/index.ts';
import type { Change } from '../../src/model/change.ts';
import type { RegistryValue } from '../../src/model/registry.ts';
import { findKey, type KeyLiteral, keyAt, type ValueLiteral } from '../hive/literal.ts';
import { deleteKey, deleteValue, type MachineLiteral, setValue } from '../machine/index.ts';

/**
 * Carries a change out on a machine literal, as an executor would on the machine. `donor` is a healthy machine of
 * the same build, for keys that are taken from one.
 */
export function applyChange(machine: MachineLiteral, change: Change, donor: MachineLiteral): void {
  switch (change.kind) {
    case 'set-registry-value': {
      const { hive, path } = place(machine, change.key);
      setValue(hive, path, change.name, literalOf(change.value));
      return;
    }
    case 'delete-registry-value': {
      const { hive, path } = place(machine, change.key);
      deleteValue(hive, path, change.name);
      return;
    }
    case 'set-firewall-rule': {
      const { hive, path } = place(machine, change.key);
      setValue(hive, path, change.name, change.rule);
      return;
    }
    case 'copy-registry-key-from-donor': {
      const { hive, path } = place(machine, change.key);
      const source = findKey(place(donor, change.key).hive, path);
      if (!source) throw new Error(`the donor has no ${change.key}`);
      Object.assign(keyAt(hive, path), structuredClone(source));
      return;
    }
    case 'set-service-start-type': {
      const { hive, path } = place(machine, `SYSTEM\\CurrentControlSet\\Services\\${change.service}`);
      setValue(hive, path, 'Start', change.start);
      return;
    }
    case 'set-file-security': {
      const all = [...machine.files, ...(machine.folders ?? [])];
      const file = all.find(({ path }) => path.toUpperCase() === change.path.toUpperCase());
      if (!file) throw new Error(`there is no ${change.path}`);
      file.sddl = change.sddl;
      return;
    }
    case 'set-registry-key-security': {
      const { hive, path } = place(machine, change.key);
      keyAt(hive, path).security = fromSddl(change.sddl);
      return;
    }
    case 'delete-certificate': {
      const store = `Microsoft\\SystemCertificates\\${change.store}\\Certificates`;
      deleteKey(machine.software, `${store}\\${change.thumbprint}`);
      return;
    }
  }
}

/** Lab machines start with control set 1. */
function place(machine: MachineLiteral, key: string): { hive: KeyLiteral; path: string } {
  const [hiveName, ...names] = key.split('\\');
  if (names[0] === 'CurrentControlSet') names[0] = 'ControlSet001';
  return { hive: hiveName === 'SYSTEM' ? machine.system : machine.software, path: names.join('\\') };
}

function literalOf(value: RegistryValue): ValueLiteral {
  if (value.type === 'REG_EXPAND_SZ') return { expand: value.data };
  if (value.type === 'other') throw new Error(`a remedy must not write a value of type ${value.typeName}`);
  return value.data;
}
