import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { explanationSchema } from '../src/explain/schema.ts';

/** The published schema as text: what `docs/explain.schema.json` must hold. */
export function explanationSchemaText(): string {
  const schema = z.toJSONSchema(explanationSchema, { target: 'draft-2020-12' });
  const { $schema, ...rest } = schema;
  const titled = { $schema, title: 'What rdpmend explain --json prints', ...rest };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

export const explanationSchemaFile: string = path.resolve(import.meta.dirname, '../docs/explain.schema.json');

// node lab/explain-schema.ts writes it anew.
if (import.meta.main) writeFileSync(explanationSchemaFile, explanationSchemaText());
