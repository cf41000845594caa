import { z } from 'zod';
import { diskTarget, endpointTarget } from './target-schema.ts';

/**
 * The shape of `--json`, version 1. `docs/report.schema.json` is made from it, and the tests hold every report
 * to it. Adding an optional member keeps the version; all else raises it.
 */

const registryValue = z
  .strictObject({
    type: z.string().describe('REG_DWORD, REG_SZ, ...'),
    data: z
      .union([z.number(), z.string(), z.array(z.string())])
      .describe('a number for REG_DWORD, decimal digits for REG_QWORD, upper-case hex for binary types'),
  })
  .meta({ id: 'registryValue' });

const description = z.string().describe('the change in words');

const change = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('set-registry-value'),
      key: z
        .string()
        .describe('below HKEY_LOCAL_MACHINE; CurrentControlSet is the one that Windows starts with'),
      name: z.string(),
      value: registryValue,
      description,
    }),
    z.strictObject({
      kind: z.literal('delete-registry-value'),
      key: z.string(),
      name: z.string(),
      description,
    }),
    z.strictObject({
      kind: z.literal('set-firewall-rule'),
      key: z.string(),
      name: z.string(),
      rule: z.string().describe('the whole rule as the registry holds it'),
      active: z.boolean(),
      description,
    }),
    z.strictObject({ kind: z.literal('copy-registry-key-from-donor'), key: z.string(), description }),
    z.strictObject({
      kind: z.literal('set-service-start-type'),
      service: z.string(),
      start: z.union([z.literal(2), z.literal(3)]).describe('2 automatic, 3 on demand'),
      description,
    }),
    z.strictObject({ kind: z.literal('set-file-security'), path: z.string(), sddl: z.string(), description }),
    z.strictObject({
      kind: z.literal('set-registry-key-security'),
      key: z.string(),
      sddl: z.string(),
      description,
    }),
    z.strictObject({
      kind: z.literal('delete-certificate'),
      store: z.string(),
      thumbprint: z.string(),
      description,
    }),
  ])
  .meta({ id: 'change' });

const remedy = z.strictObject({
  consent: z
    .enum(['none', 'ask', 'manual'])
    .describe(
      'none: restores the supported state; ask: replaces what someone may have meant; manual: done by hand',
    ),
  summary: z.string(),
  changes: z.array(change),
});

const evidence = z.strictObject({
  source: z.enum(['disk', 'endpoint']),
  where: z
    .string()
    .describe(
      'a registry path, a file path, or an address with the question that was asked; never translated',
    ),
  saw: z.string(),
  expected: z.string(),
  byPolicy: z.boolean().optional().describe('set by policy, which wins over the base value'),
});

const contradiction = z.strictObject({
  targets: z
    .array(z.number().int().nonnegative())
    .describe('the indexes in targets that contradict each other'),
  checks: z.array(z.string()).describe('whose statements they are; none where it is the names of machines'),
  title: z.string(),
  explanation: z.string(),
  evidence: z.array(evidence),
});

const target = z.number().int().nonnegative().describe('the index in targets that this is about');

const trouble = z.strictObject({
  target,
  check: z.string(),
  verdict: z.enum(['fault', 'risk']),
  certainty: z.enum(['proven', 'likely', 'possible']),
  title: z.string(),
  explanation: z.string(),
  evidence: z.array(evidence).min(1),
  remedy,
  explainedBy: z
    .array(z.string())
    .optional()
    .describe('checks whose findings on the disk of the same machine explain this one'),
});

const conclusion = z.strictObject({
  target,
  check: z.string(),
  verdict: z.literal('healthy'),
  certainty: z.enum(['proven', 'likely', 'possible']),
  title: z.string(),
  explanation: z.string(),
  evidence: z.array(evidence),
  next: z.string().describe('where to look next'),
});

const blind = z.strictObject({
  target,
  check: z.string(),
  verdict: z.literal('unknown'),
  unseen: z.array(z.strictObject({ where: z.string(), why: z.string() })).min(1),
});

export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('rdpmend'), version: z.string() }),
  targets: z.array(z.discriminatedUnion('kind', [diskTarget, endpointTarget])),
  findings: z
    .array(z.discriminatedUnion('verdict', [trouble, blind, conclusion]))
    .describe('all that is not healthy, the worst first, and what follows where everything is'),
  contradictions: z
    .array(contradiction)
    .optional()
    .describe(
      'what a disk and an endpoint of one machine say against each other; only where both were looked at',
    ),
  checked: z.array(z.string()).describe('every check that was asked, healthy or not'),
  error: z
    .strictObject({ target: z.string(), message: z.string() })
    .optional()
    .describe('why a target could not be examined (exit code 3, unless a fault was found on another)'),
  errors: z
    .array(z.strictObject({ target: z.string(), message: z.string() }))
    .optional()
    .describe('the same of every target, where there are several that could not be examined'),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportedDisk = z.infer<typeof diskTarget>;
export type ReportedEndpoint = z.infer<typeof endpointTarget>;
export type ReportedTarget = ReportedDisk | ReportedEndpoint;
export type ReportedFinding = Report['findings'][number];
export type ReportedTrouble = z.infer<typeof trouble>;
export type ReportedBlind = z.infer<typeof blind>;
export type ReportedConclusion = z.infer<typeof conclusion>;
export type ReportedContradiction = z.infer<typeof contradiction>;
export type ReportedChange = z.infer<typeof change>;
