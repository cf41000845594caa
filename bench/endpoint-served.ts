import { type EndpointName, endpoints, refusingPort, startEndpoint } from '../lab/endpoint/index.ts';
import { startShadow } from '../lab/real-servers/shadow.ts';
import { startXrdp } from '../lab/real-servers/xrdp.ts';
import type { Counts } from './endpoint-fixture.ts';

// A process of its own for one server, so that it has a core to itself and shares no event loop with whoever asks:
// `endpoint-fixture.ts` starts it, and it ends when that hangs up.

interface Served {
  readonly port: number;
  /** Undefined for servers that we did not make: they do not count. */
  counts(): Counts | undefined;
  stop(): Promise<void>;
}

async function serve(name: string): Promise<Served> {
  if (name === 'refuses') return { port: await refusingPort(), counts: nothing, stop: async () => {} };
  const [, program, security] = /^(xrdp|shadow)-(.+)$/.exec(name) ?? [];
  if (program && security) return { ...(await startReal(program, security)), counts: nothing };
  if (!Object.hasOwn(endpoints, name)) throw new Error(`the lab has no endpoint ${name}`);
  const server = await startEndpoint(endpoints[name as EndpointName]());
  const counts = () => ({ connections: server.connections, signIns: server.signIns });
  return { port: server.port, counts, stop: () => server.close() };
}

async function startReal(program: string, security: string): Promise<Omit<Served, 'counts'>> {
  const server =
    program === 'xrdp'
      ? await startXrdp({ security: security as 'tls' | 'negotiate' | 'rdp' })
      : await startShadow({ security: security as 'nla' | 'tls' | 'rdp' });
  return { port: server.port, stop: () => server.stop() };
}

function nothing(): undefined {}

const served = await serve(process.argv[2] ?? '');
process.on('message', () => process.send?.({ counts: served.counts() }));
process.on('disconnect', async () => {
  await served.stop();
  process.exit();
});
process.send?.({ port: served.port });
