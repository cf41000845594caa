import type { Agent, ClientRequest, OutgoingHttpHeaders } from 'node:http';
import type { Address } from './address.ts';

/** Connections that are kept open from one request to the next, a few side by side. */
export interface Connections {
  /** A GET that has not been sent yet. */
  request(address: Address, headers: OutgoingHttpHeaders): Promise<ClientRequest>;
  close(): void;
}

/** `maxParallel` bounds the connections to one server. Node's HTTP is loaded only when it is needed. */
export function openConnections(maxParallel: number): Connections {
  const agents = new Map<string, Agent>();
  let closed = false;

  async function request(address: Address, headers: OutgoingHttpHeaders): Promise<ClientRequest> {
    const { Agent, request } = address.secure
      ? process.getBuiltinModule('node:https')
      : process.getBuiltinModule('node:http');
    const scheme = address.secure ? 'https' : 'http';
    const agent =
      agents.get(scheme) ??
      new Agent({ keepAlive: true, maxSockets: maxParallel, proxyEnv: proxySettings() });
    agents.set(scheme, agent);
    if (closed) agent.destroy();
    const { host, path } = address;
    const port = address.port === undefined ? {} : { port: address.port };
    return request({ agent, host, path, ...port, headers, maxHeaderSize: 16 * 1024 });
  }

  function close(): void {
    closed = true;
    for (const agent of agents.values()) agent.destroy();
  }

  return { request, close };
}

/** The proxy that the environment names, as curl reads it; never for this machine itself. */
function proxySettings(): NodeJS.ProcessEnv {
  const { env } = process;
  const except = [env['no_proxy'] ?? env['NO_PROXY'] ?? '', 'localhost', '127.0.0.1', '::1', '[::1]'];
  const list = except.filter((entry) => entry !== '').join(',');
  return { ...env, no_proxy: list, NO_PROXY: list };
}
