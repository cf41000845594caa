export type { ClientData } from './client-data.ts';
export { makeConnectInitial, readConnectInitial } from './connect-initial.ts';
export { connectMcs, type ServerSettings } from './connect-mcs.ts';
export { type ConnectResponse, readConnectResponse } from './connect-response.ts';
export { type Confirmation, readConnectionConfirm } from './connection-confirm.ts';
export {
  type ConnectionRequest,
  makeConnectionRequest,
  type ReceivedConnectionRequest,
  readConnectionRequest,
} from './connection-request.ts';
export type { Disconnection } from './disconnect-ultimatum.ts';
export {
  encryptionLevelName,
  encryptionMethodNames,
  failureName,
  mcsReasonName,
  mcsResultName,
  protocolNames,
  rdpVersionName,
  responseFlagNames,
} from './names.ts';
export { type Negotiation, negotiate } from './negotiate.ts';
export type { ServerData, ServerSecurity } from './server-data.ts';
export type { Service } from './service.ts';
export { longestTpkt, takeTpkt } from './tpkt.ts';
