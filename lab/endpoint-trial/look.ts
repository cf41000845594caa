import { diagnose } from '../../src/checks/diagnose.ts';
import { checks } from '../../src/checks/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import { type EndpointOptions, type EndpointTarget, openEndpoint } from '../../src/sources/endpoint/index.ts';
import { type EndpointLiteral, type LabEndpoint, startEndpoint } from '../endpoint/index.ts';

/** One look at a lab endpoint, as the program takes it. */
export interface Look {
  /** What speaks: faults by their ids, `risk certificate-weak`, and `healthy-from-here` where that concludes. */
  readonly spoken: string;
  readonly findings: readonly Finding[];
  readonly target: EndpointTarget;
  /** Milliseconds until the endpoint was looked at. */
  readonly took: number;
  /** How the endpoint saw it; it is closed by now. */
  readonly endpoint: LabEndpoint;
}

export interface LookOptions extends Partial<EndpointOptions> {}

const defaultTimeout = 4000;

/** Starts an endpoint, looks at it, and closes it. */
export async function lookAt(literal: EndpointLiteral, options: LookOptions = {}): Promise<Look> {
  const endpoint = await startEndpoint(literal);
  try {
    return { ...(await look(`${endpoint.host}:${endpoint.port}`, options)), endpoint };
  } finally {
    await endpoint.close();
  }
}

/** Looks at what is there already. */
export async function look(target: string, options: LookOptions = {}): Promise<Omit<Look, 'endpoint'>> {
  const began = performance.now();
  const opened = await openEndpoint(target, { timeout: defaultTimeout, quick: false, ...options });
  const took = performance.now() - began;
  const { findings } = await diagnose(opened.sources[0], checks, new Date());
  return { spoken: spokenBy(findings), findings, target: opened, took };
}

/** In the checks' order. */
export function spokenBy(findings: readonly Finding[]): string {
  return findings.flatMap(wordOf).join(' ');
}

function wordOf(finding: Finding): string[] {
  if (finding.verdict === 'fault') return [finding.check];
  if (finding.verdict === 'risk') return [`risk ${finding.check}`];
  return finding.verdict === 'healthy' && finding.conclusion ? [finding.check] : [];
}
