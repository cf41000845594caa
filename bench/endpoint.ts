import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { auditsPart } from './endpoint-audits.ts';
import { comparisonPart } from './endpoint-comparison.ts';
import { startDisplay } from './endpoint-display.ts';
import { silencePart, timesPart } from './endpoint-times.ts';
import { program, toolsWith } from './endpoint-tools.ts';

const parts = {
  times: timesPart,
  comparison: comparisonPart,
  silence: silencePart,
  audits: auditsPart,
} as const;

/** Everything that is measured of a diagnosis of an endpoint, or the parts of it that are named, as Markdown. */
export async function endpointPage(named: readonly string[]): Promise<string> {
  if (!existsSync(program)) throw new Error('there is no built program: npm run build');
  const chosen = named.length > 0 ? named : Object.keys(parts);
  const stranger = chosen.find((name) => !Object.hasOwn(parts, name));
  if (stranger) throw new Error(`there is no part ${stranger}; there are ${Object.keys(parts).join(', ')}`);
  const display = await startDisplay();
  try {
    const tools = toolsWith(display.name);
    const pages = [`Peers: ${peerVersions()}. Load at the start: ${load()}.`];
    for (const name of chosen) pages.push(await parts[name as keyof typeof parts](tools));
    return [...pages, `Load at the end: ${load()}.`].join('\n\n');
  } finally {
    await display.stop();
  }
}

function load(): string {
  return loadavg()[0]?.toFixed(1) ?? 'unknown';
}

const packages = ['nmap', 'sslscan', 'freerdp2-x11', 'xrdp', 'freerdp2-shadow-x11'];

/** As Debian names and counts them. */
function peerVersions(): string {
  const query = ['-W', '-f', `\${Package} \${Version}\n`, ...packages];
  const { stdout } = spawnSync('dpkg-query', query, { encoding: 'utf8' });
  return stdout?.trim().split('\n').join(', ') || 'of unknown versions';
}
