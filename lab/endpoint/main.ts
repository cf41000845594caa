import { type EndpointName, endpoints, startEndpoint } from './index.ts';

// node lab/endpoint/main.ts NAME [PORT]: one endpoint on loopback until it is interrupted; without a name, all there are.

const [name, port = '0'] = process.argv.slice(2);

if (name === undefined || !Object.hasOwn(endpoints, name)) {
  for (const [each, make] of Object.entries(endpoints))
    process.stdout.write(`${each.padEnd(34)}${make().about}\n`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const literal = endpoints[name as EndpointName]();
  const endpoint = await startEndpoint(literal, { port: Number(port) });
  process.stdout.write(`${endpoint.host}:${endpoint.port}  ${literal.about}\n`);
  process.once('SIGINT', async () => {
    const { connections, concurrent, signIns } = endpoint;
    await endpoint.close();
    process.stdout.write(`\n${connections} connections, ${concurrent} at once, ${signIns} sign-ins\n`);
  });
}
