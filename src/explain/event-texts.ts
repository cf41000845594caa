/** What events say, by their number. The sources are those of `codes/events.ts`; parameters are left out. */
export const eventTexts: readonly (readonly [words: string, number: number])[] = [
  ['A fatal error occurred when attempting to access the TLS server credential private key', 36870],
  ['A fatal error occurred when attempting to access the SSL server credential private key', 36870],
  ['A fatal error occurred while creating a TLS server credential', 36871],
  ['A fatal error occurred while creating a TLS client credential', 36871],
  ['none of the cipher suites supported by the client application are supported by the server', 36874],
  ['A fatal alert was received from the remote endpoint', 36887],
  ['A fatal alert was generated and sent to the remote endpoint', 36888],
  ['The following fatal alert was generated', 36888],
  ['The RD Session Host Server has failed to create a new self signed certificate', 1057],
  ['The RD Session Host Server has failed to replace the expired self signed certificate', 1058],
  ['The server accepted a new TCP connection from client', 131],
  ['failed because the user name or password is not correct', 140],
  ['detected an error in the protocol stream and has disconnected the client', 50],
];
