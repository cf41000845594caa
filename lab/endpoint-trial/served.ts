import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { EndpointName } from '../endpoint/index.ts';

/** A lab endpoint in a process of its own: what it floods with does not slow down the one who looks. */
export interface ServedEndpoint extends AsyncDisposable {
  readonly port: number;
}

const script = path.resolve(import.meta.dirname, 'serve.ts');

export async function serveApart(name: EndpointName): Promise<ServedEndpoint> {
  const child = spawn(process.execPath, [script, name], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    port: Number(port),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
