import { certificate } from './certificate.ts';
import { cli } from './cli.ts';
import { common } from './common.ts';
import { listener } from './listener.ts';
import { policy } from './policy.ts';
import { problems } from './problems.ts';
import { report } from './report.ts';
import { tls } from './tls.ts';

/** All that rdpmend says, in English. A check's texts begin with the check's id. */
export const english = {
  ...cli,
  ...common,
  ...problems,
  ...report,
  ...listener,
  ...tls,
  ...certificate,
  ...policy,
};
