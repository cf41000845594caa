import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { certificateServiceDisabled } from './certificate-service-disabled.ts';

describeCheck(certificateServiceDisabled, {
  troubles: ['CertPropSvc', 'KeyIso', 'CryptSvc'].map((service) => ({
    name: service,
    verdict: 'fault',
    certainty: service === 'CertPropSvc' ? 'possible' : 'likely',
    plant: ({ system }) => setValue(system, `ControlSet001\\Services\\${service}`, 'Start', 4),
  })),
  healthy: [],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
