import { findKey } from '../hive/literal.ts';
import { healthyMachine, type MachineLiteral, setValue } from '../machine/index.ts';
import { listenerKeyFile, replaceSelfSigned } from '../world/certificates.ts';

const control = 'ControlSet001\\Control';

/**
 * A web server that fell to three well-meant changes: someone hardened TLS and turned 1.2 off with the old
 * versions, someone cleaned up who may read the machine's keys, and someone turned the firewall's rules for
 * Remote Desktop off. The certificate has a long life here, so that the demo stays what it is.
 */
export function demoMachine(): MachineLiteral {
  const machine = healthyMachine('2022', { now: new Date('2026-06-15T12:00:00Z'), computerName: 'WEB-01' });
  replaceSelfSigned(machine, {
    subject: 'WEB-01',
    notBefore: new Date('2026-05-01T00:00:00Z'),
    notAfter: new Date('2056-05-01T00:00:00Z'),
  });
  setValue(
    machine.system,
    `${control}\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server`,
    'Enabled',
    0,
  );
  listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)';
  turnOwnRulesOff(machine);
  return machine;
}

function turnOwnRulesOff({ system }: MachineLiteral): void {
  const path = 'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
  for (const [name, rule] of Object.entries(findKey(system, path)?.values ?? {})) {
    if (name.startsWith('RemoteDesktop-') && typeof rule === 'string') {
      setValue(system, path, name, rule.replace('Active=TRUE', 'Active=FALSE'));
    }
  }
}
