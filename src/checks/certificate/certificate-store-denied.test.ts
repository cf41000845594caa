import { keyAt } from '../../../lab/hive/literal.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { fromSddl } from '../../formats/security-descriptor/index.ts';
import { certificateStoreDenied } from './certificate-store-denied.ts';

const store = 'Microsoft\\SystemCertificates\\Remote Desktop';

describeCheck(certificateStoreDenied, {
  troubles: [store, `${store}\\Certificates`].map((key) => ({
    name: key,
    verdict: 'fault',
    plant({ software }) {
      keyAt(software, key).security = fromSddl('O:SYG:SYD:PAI(D;CI;KA;;;SY)(A;CI;KA;;;SY)(A;CI;KA;;;BA)');
    },
  })),
  healthy: [
    {
      name: 'someone else is denied',
      alter({ software }) {
        keyAt(software, store).security = fromSddl('O:SYG:SYD:PAI(D;CI;KA;;;BG)(A;CI;KA;;;SY)(A;CI;KR;;;BU)');
      },
    },
  ],
  blind: [{ name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } }],
});
