import { endpoints, type LabEndpoint, startEndpoint } from '../endpoint/index.ts';

/** A server that agrees to CredSSP and resets every connection at the ClientHello: an internal error for every client. */
export function demoEndpoint(): Promise<LabEndpoint> {
  return startEndpoint(endpoints['resets-at-client-hello']());
}
