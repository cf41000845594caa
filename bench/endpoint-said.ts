import { reportSchema } from '../src/report/schema.ts';

// What each program reported, in a few words made of its own output.

/** The checks that found a fault or a risk, or the one that says what follows where nothing is wrong. */
export function rdpmendSaid(output: string): string {
  const { findings, error } = reportSchema.parse(JSON.parse(output));
  if (error) return error.message;
  const named = namedBy(output);
  if (named.length > 0) return named.map((check) => `\`${check}\``).join(', ');
  const healthy = findings.flatMap(({ check, verdict }) => (verdict === 'healthy' ? [`\`${check}\``] : []));
  return healthy.join(', ') || 'nothing';
}

/** The checks that found a fault or a risk. */
export function namedBy(output: string): string[] {
  const { findings } = reportSchema.parse(JSON.parse(output));
  return findings.flatMap(({ check, verdict }) => (verdict === 'fault' || verdict === 'risk' ? [check] : []));
}

/** What each script said; of the many words of `ssl-enum-ciphers` the versions, of `ssl-cert` the name. */
export function nmapSaid(output: string): string {
  const state = /^\d+\/tcp +(\S+)/m.exec(output)?.[1];
  if (!state) return 'nothing';
  const said = scriptsOf(output).map(({ script, lines }) => `${script}: ${scriptSaid(script, lines)}`);
  return said.join('; ') || `${state}, and no script says anything`;
}

interface ScriptOutput {
  readonly script: string;
  readonly lines: string[];
}

/** A script's name stands after the bar, and what follows of its output is set in below it. */
function scriptsOf(output: string): ScriptOutput[] {
  const scripts: ScriptOutput[] = [];
  for (const [, line = ''] of output.matchAll(/^\|(.*)$/gm)) {
    const [, script, text] = /^[_ ]([a-z-]+): *(.*)$/.exec(line) ?? [];
    if (script) scripts.push({ script, lines: text ? [text] : [] });
    else scripts.at(-1)?.lines.push(line.replace(/^_?\s*/, ''));
  }
  return scripts;
}

function scriptSaid(script: string, lines: readonly string[]): string {
  const text = lines.join('\n');
  const [first = ''] = lines;
  if (script === 'rdp-ntlm-info') {
    return all(text, /^(?:NetBIOS_Computer_Name|Product_Version): (\S+)$/gm).join(' ');
  }
  if (script === 'ssl-enum-ciphers') return all(text, /^((?:TLS|SSL)v\S+):/gm).join(' ') || first;
  if (script !== 'rdp-enum-encryption') return first;
  const successes = all(text, /^(.+): SUCCESS$/gm);
  return successes.length > 0 ? `SUCCESS for ${successes.join(', ')}` : first;
}

/** The versions that it calls enabled, how many suites, and the certificate; or its error. */
export function sslscanSaid(output: string): string {
  const error = /^ERROR: (.*?)(?: (?:reading )?(?:from|to host) .*)?$/m.exec(output)?.[1];
  if (error) return error;
  if (!/^TLSv1\.2 +(?:en|dis)abled/m.test(output)) return 'nothing';
  const enabled = all(output, /^((?:TLS|SSL)v\S+) +enabled/gm);
  if (enabled.length === 0) return 'all versions disabled';
  const suites = all(output, /^((?:Preferred|Accepted)) /gm).length;
  const until = /^Not valid after: +(.*)$/m.exec(output)?.[1];
  const certificate = until ? `certificate until ${until}` : 'no certificate';
  return `${enabled.join(' ')} enabled, ${suites} suites, ${certificate}`;
}

/** The negotiation failure and the error code that it logs, each once. */
export function xfreerdpSaid(output: string): string {
  if (/Authentication only, exit status 0/.test(output)) return 'exit status 0';
  const failure = all(output, /core\.nego\] - Error: (\S+)/g);
  const timeouts = all(output, /(Timeout waiting for activation)/g);
  const codes = all(output, /set_last_error_ex (\w+)/g);
  return [...new Set([...failure, ...timeouts, ...codes])].join(', ') || 'nothing';
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found.trim());
}
