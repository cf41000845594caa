/** One thing that was measured, and what it should have been. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
}

/** Rows as a Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, measured, aim }) => `| ${what} | ${measured} | ${aim} |`);
  return ['| what | measured | aim |', '| --- | --- | --- |', ...lines].join('\n');
}
