import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { reportSchema } from '../src/report/schema.ts';

/** The published schema as text: what `docs/report.schema.json` must hold. */
export function reportSchemaText(): string {
  const schema = z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
  const { $schema, ...rest } = schema;
  const titled = { $schema, title: 'What rdpmend diagnose --json prints', ...rest };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

export const reportSchemaFile: string = path.resolve(import.meta.dirname, '../docs/report.schema.json');

// node lab/report-schema.ts writes it anew.
if (import.meta.main) writeFileSync(reportSchemaFile, reportSchemaText());
