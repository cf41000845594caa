/** Texts of the checks under `checks/tls/`. */
export const tls = {
  'tls-1.2-server-disabled.title': 'TLS 1.2 is turned off for incoming connections',
  'tls-1.2-server-disabled.explanation':
    'Remote Desktop clients open their connection with TLS, and every current one asks for version 1.2 or later. This machine is told not to speak 1.2 as a server, so Windows drops the connection in the middle of the handshake and the client can only say that an internal error has occurred.',
  'tls-1.2-server-disabled.remedy': 'Turn TLS 1.2 on for incoming connections.',
  'tls-1.2-server-disabled.expected-enabled': 'not set, or any value but 0',
  'tls-1.2-server-disabled.expected-by-default': 'not set, or 0',
};
