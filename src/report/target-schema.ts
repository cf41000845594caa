import { z } from 'zod';

const machine = z.strictObject({
  windows: z.string().nullable(),
  build: z.number().int().nullable(),
  role: z.enum(['workstation', 'server', 'domain-controller']).nullable(),
  computerName: z.string().nullable(),
  domain: z.string().nullable().describe('empty: in no domain'),
  connectionBroker: z.boolean().nullable(),
  controlSet: z.string().nullable(),
  partition: z
    .number()
    .int()
    .nonnegative()
    .nullable()
    .describe('0: a volume without a partition table; null: not seen on a disk'),
});

/** A Windows installation on a disk. */
export const diskTarget = z.strictObject({
  kind: z.literal('disk'),
  name: z.string(),
  image: z.strictObject({
    format: z.string(),
    size: z.number().int().nonnegative().describe('of the virtual disk, in bytes'),
  }),
  machine,
  notes: z.array(z.string()),
});

const milliseconds = z.number().nonnegative();
const instant = z.string().describe('ISO 8601, in UTC');

/** One address of an endpoint, or all of one that cannot be connected to. */
export const endpointTarget = z.strictObject({
  kind: z.literal('endpoint'),
  name: z.string().describe('as it was named'),
  address: z
    .string()
    .nullable()
    .describe('the one that was looked at; null where none could be connected to'),
  port: z.number().int(),
  addresses: z.array(
    z.strictObject({
      address: z.string(),
      family: z.enum(['IPv4', 'IPv6']),
      tcp: z.enum(['open', 'refused', 'timed-out', 'unreachable', 'not-tried']),
      milliseconds,
      detail: z.string().describe('what the system said; empty for a connection'),
    }),
  ),
  machine,
  clock: z
    .strictObject({ server: instant, aheadSeconds: z.number() })
    .nullable()
    .describe("the server's own clock where NTLM told it, and how far it is ahead of ours"),
  phases: z
    .array(z.strictObject({ phase: z.string(), answer: z.string(), milliseconds }))
    .describe('the phases of one connection in their order, as far as it came'),
  negotiation: z.array(
    z.strictObject({
      requested: z.number().int(),
      answer: z.string(),
      selected: z.number().int().optional(),
      failure: z.number().int().optional(),
      flags: z.number().int().optional(),
      milliseconds,
    }),
  ),
  tls: z
    .array(
      z.strictObject({
        version: z.string(),
        accepted: z.boolean(),
        answer: z.string(),
        suites: z
          .array(z.string())
          .nullable()
          .describe('in the order in which they were offered; null: not asked'),
        complete: z.boolean().describe('whether all of its suites are listed'),
      }),
    )
    .nullable(),
  certificates: z
    .array(
      z.strictObject({
        thumbprint: z.string(),
        subject: z.string(),
        issuer: z.string(),
        selfSigned: z.boolean(),
        notBefore: instant,
        notAfter: instant,
        keyType: z.enum(['rsa', 'ec', 'other']),
        keyBits: z.number().int(),
        names: z.array(z.string()),
        signature: z.string().nullable(),
      }),
    )
    .nullable()
    .describe("the server's own first"),
  keyProven: z.boolean().nullable().describe('whether a whole handshake showed that it holds the key'),
  credssp: z
    .strictObject({
      version: z.number().int(),
      answer: z.string(),
      dnsComputer: z.string().nullable(),
      dnsForest: z.string().nullable(),
    })
    .nullable(),
  settings: z
    .strictObject({
      version: z.string(),
      encryptionMethod: z.string().nullable(),
      encryptionLevel: z.string().nullable(),
    })
    .nullable()
    .describe('what MCS Connect told, where no sign-in comes before it'),
  clients: z.array(
    z.strictObject({
      client: z.string(),
      outcome: z.enum(['connects', 'fails', 'unknown']),
      phase: z.string().nullable().describe('where it fails'),
      reason: z.string(),
      believed: z.boolean().describe('rests on what is not documented or measured of the client'),
    }),
  ),
  notes: z.array(z.string()),
});
