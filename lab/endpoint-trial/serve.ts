// Serves the lab endpoint that is named until standard input ends, and writes its port: node serve.ts NAME
import { type EndpointName, endpoints, startEndpoint } from '../endpoint/index.ts';

const name = process.argv[2] as EndpointName;
const endpoint = await startEndpoint(endpoints[name]());
process.stdout.write(`${endpoint.port}\n`);
process.stdin.resume();
process.stdin.once('end', () => process.exit());
