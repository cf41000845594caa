import type { Check } from '../../model/check.ts';
import { algorithmsDisabled } from './algorithms-disabled.ts';
import { cipherSuitePolicyUnusable } from './cipher-suite-policy-unusable.ts';
import { cipherSuitesDamaged } from './cipher-suites-damaged.ts';
import { credsspProviderMissing } from './credssp-provider-missing.ts';
import { fipsConflict } from './fips-conflict.ts';
import { legacyTlsEnabled } from './legacy-tls-enabled.ts';
import { noTlsVersionEnabled } from './no-tls-version-enabled.ts';
import { schannelDamaged } from './schannel-damaged.ts';
import { tls12ServerDisabled } from './tls-1.2-server-disabled.ts';

/** The checks of TLS: what is missing, then what is turned off, then what cannot be met, then what is too weak. */
export const tlsChecks: readonly Check[] = [
  schannelDamaged,
  credsspProviderMissing,
  cipherSuitesDamaged,
  noTlsVersionEnabled,
  tls12ServerDisabled,
  algorithmsDisabled,
  cipherSuitePolicyUnusable,
  fipsConflict,
  legacyTlsEnabled,
];
