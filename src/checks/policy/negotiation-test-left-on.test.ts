import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { negotiationTestLeftOn } from './negotiation-test-left-on.ts';

const policy = 'Policies\\Microsoft\\Windows NT\\Terminal Services';

describeCheck(negotiationTestLeftOn, {
  troubles: [
    {
      name: 'both values of the test',
      verdict: 'fault',
      certainty: 'likely',
      plant({ software }) {
        setValue(software, policy, 'SecurityLayer', 0);
        setValue(software, policy, 'UserAuthentication', 0);
      },
    },
    {
      name: 'only UserAuthentication',
      verdict: 'risk',
      plant: ({ software }) => setValue(software, policy, 'UserAuthentication', 0),
    },
  ],
  healthy: [
    {
      name: 'what the article recommends after the test',
      alter({ software }) {
        setValue(software, policy, 'SecurityLayer', 2);
        setValue(software, policy, 'UserAuthentication', 1);
      },
    },
  ],
  blind: [{ name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } }],
});
