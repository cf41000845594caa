import { type MachineLiteral, machineKeysFolder } from '../../../lab/machine/index.ts';
import { listenerKeyFile } from '../../../lab/world/certificates.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { machineKeysFolderChanged } from './machine-keys-folder-changed.ts';

describeCheck(machineKeysFolderChanged, {
  troubles: [
    {
      name: 'hardened to SYSTEM and administrators',
      verdict: 'risk',
      plant: (machine) => setFolder(machine, 'O:SYG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'),
    },
    {
      name: 'taken by administrators, as the article does',
      verdict: 'risk',
      plant: (machine) => setFolder(machine, 'O:BAG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)'),
    },
    {
      name: 'together with a key that cannot be read',
      verdict: 'risk',
      alsoFound: ['certificate-key-unreadable'],
      plant(machine) {
        setFolder(machine, 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)');
        listenerKeyFile(machine).sddl = 'O:BAG:SYD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)';
      },
    },
  ],
  healthy: [
    {
      name: 'the same entries in another order',
      alter: (machine) => setFolder(machine, 'O:SYG:BAD:P(A;;FA;;;BA)(A;;0x12019f;;;WD)'),
    },
  ],
  blind: [{ name: 'the folder cannot be read', blind: { files: [machineKeysFolder] } }],
});

function setFolder(machine: MachineLiteral, sddl: string): void {
  const folder = machine.folders?.find(({ path }) => path === machineKeysFolder);
  if (!folder) throw new Error('the machine has no MachineKeys folder');
  folder.sddl = sddl;
}
