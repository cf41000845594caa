export { type AskOptions, askForChallenge, type Credssp } from './ask-for-challenge.ts';
export { type NtlmChallenge, readChallenge } from './challenge.ts';
export { type NegTokenResp, readNegTokenResp } from './spnego.ts';
export { readTsRequest, type TsRequest } from './ts-request.ts';
