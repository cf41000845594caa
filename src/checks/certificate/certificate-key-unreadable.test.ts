import { machineKeysFolder } from '../../../lab/machine/index.ts';
import { listenerKeyFile } from '../../../lab/world/certificates.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { certificateKeyUnreadable } from './certificate-key-unreadable.ts';

describeCheck(certificateKeyUnreadable, {
  troubles: [
    {
      name: 'the network service is not in its permissions',
      verdict: 'fault',
      plant(machine) {
        listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)';
      },
    },
    {
      name: 'the network service is denied',
      verdict: 'fault',
      plant(machine) {
        listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(D;;FR;;;NS)(A;;FA;;;SY)(A;;FR;;;NS)';
      },
    },
    {
      name: 'nobody is let in',
      verdict: 'fault',
      plant(machine) {
        listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI';
      },
    },
    {
      name: 'SYSTEM may only read it',
      verdict: 'fault',
      certainty: 'likely',
      plant(machine) {
        listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(A;;FR;;;SY)(A;;FR;;;NS)';
      },
    },
    {
      name: 'administrators took it, as the article does',
      verdict: 'risk',
      certainty: 'likely',
      plant(machine) {
        listenerKeyFile(machine).sddl = 'O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)(A;;FA;;;BA)';
      },
    },
  ],
  healthy: [
    {
      name: "the other build's third entry",
      alter(machine) {
        listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)(A;;FR;;;BA)';
      },
    },
    {
      name: 'the network service reads by way of everyone',
      alter(machine) {
        listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;WD)';
      },
    },
  ],
  blind: [
    { name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } },
    { name: 'the keys cannot be read', blind: { files: [machineKeysFolder] } },
  ],
});
