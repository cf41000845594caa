export type { Client, ClientName } from './client.ts';
export { clients } from './clients.ts';
export {
  clientName,
  clientNames,
  clientsThatConnect,
  clientsThatFail,
  judgeClients,
} from './judge.ts';
export type { ClientVerdict, Phase, SeenEndpoint } from './verdict.ts';
