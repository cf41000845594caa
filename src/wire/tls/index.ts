export { askedSuites } from './asked-suites.ts';
export { type ClientHello, makeClientHello } from './client-hello.ts';
export { firstFlight } from './first-flight.ts';
export { alertName, groupName } from './names.ts';
export { type Offer, readOffer } from './offer.ts';
export type { Alert, FirstFlight, ServerHelloFlight } from './outcome.ts';
export { serverNameOf } from './server-name.ts';
export {
  type Authentication,
  type Encryption,
  type KeyExchange,
  type SuiteFacts,
  suiteFacts,
  suiteName,
} from './suites.ts';
export { type TlsVersion, tlsVersions, versionNumber, versionOf } from './versions.ts';
