import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type ServeOptions, serveRanges } from '../../../../lab/http/index.ts';
import { secretQuery } from '../../../../lab/http/secrets.ts';

const files = path.join(import.meta.dirname, 'index.ts');
const remoteFile = path.join(import.meta.dirname, 'remote-file.ts');

/** Runs a module body in a process of its own, with `url` and all that `index.ts` exports; its output and how it ended. */
function run(
  url: string,
  body: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ output: string; code: number | null }> {
  const script = `import * as files from ${JSON.stringify(files)};
import { openRemoteFile } from ${JSON.stringify(remoteFile)};
const { inRounds } = files; const url = process.env.LAB_URL;
const read = (file, offset) => inRounds([file], [() => file.device.read(offset, 4)]);
${body}`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    env: { ...process.env, ...env, LAB_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ output, code })));
}

const ends: [string, ServeOptions['fault'], string][] = [
  [
    'a read and close',
    undefined,
    'const file = await openRemoteFile(url); await read(file, 900000); file.close();',
  ],
  [
    'a refusal',
    () => ({ kind: 'status', status: 403 }),
    'await openRemoteFile(url).catch((error) => console.log(error.kind));',
  ],
  [
    'close while the server is silent',
    ({ index }) => (index > 0 ? { kind: 'silent' } : undefined),
    'const file = await openRemoteFile(url, { timeout: 60000 }); setTimeout(() => file.close(), 50); console.log((await read(file, 900000))[0].error.kind);',
  ],
];
it.each(ends)('a process ends by itself after %s', async (_, fault, body) => {
  const server = await serveRanges(Buffer.alloc(1_000_000), { query: secretQuery, fault });
  const before = performance.now();
  const { output, code } = await run(server.url, body);
  await server.close();
  expect([output.trim(), code]).toEqual([expect.stringMatching(/^(?:http-status|closed|)$/), 0]);
  expect(performance.now() - before).toBeLessThan(8000);
});

it('an error that nobody catches prints nothing of the link', async () => {
  const server = await serveRanges(Buffer.alloc(100_000), {
    query: secretQuery,
    fault: () => ({ kind: 'status', status: 403 }),
  });
  const { output, code } = await run(
    server.url.replace('//', '//admin:hunter2@'),
    'await openRemoteFile(url);',
  );
  await server.close();
  expect(code).toBe(1);
  expect(output).toContain('the server answered 403');
  expect(output).not.toMatch(/SECRET|hunter2/);
});

it("goes through the environment's proxy, but not to this machine itself", async () => {
  const proxy = await serveRanges(Buffer.alloc(100_000, 1));
  const local = await serveRanges(Buffer.alloc(100_000, 2));
  const body = `for (const link of [url, process.env.LOCAL_URL]) {
    const file = await openRemoteFile(link); console.log(file.name.startsWith('http://os.invalid'), file.device.read(0, 1)[0]); file.close(); }`;
  const { output } = await run('http://os.invalid/os.vhd', body, {
    http_proxy: proxy.origin,
    no_proxy: 'example.com',
    LOCAL_URL: local.url,
  });
  await Promise.all([proxy.close(), local.close()]);
  expect(output.trim().split('\n')).toEqual(['true 1', 'false 2']);
  expect(proxy.requests.map(({ target }) => target)).toEqual(['http://os.invalid/os.vhd']);
});
