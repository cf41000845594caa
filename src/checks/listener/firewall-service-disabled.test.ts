import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { firewallServiceDisabled } from './firewall-service-disabled.ts';

describeCheck(firewallServiceDisabled, {
  troubles: ['mpssvc', 'BFE'].map((service) => ({
    name: service,
    verdict: 'fault',
    certainty: 'likely',
    plant: ({ system }) => setValue(system, `ControlSet001\\Services\\${service}`, 'Start', 4),
  })),
  healthy: [],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
