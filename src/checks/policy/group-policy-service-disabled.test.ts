import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { groupPolicyServiceDisabled } from './group-policy-service-disabled.ts';

describeCheck(groupPolicyServiceDisabled, {
  troubles: [
    {
      name: 'gpsvc is disabled',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => setValue(system, 'ControlSet001\\Services\\gpsvc', 'Start', 4),
    },
  ],
  healthy: [],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
