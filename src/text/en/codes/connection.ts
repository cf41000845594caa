/** What numbers and names say that are about reaching the other side, and about the connection between the two. */
export const connection = {
  'code.no-information': 'No reason was given.',
  'code.ended-locally':
    'The connection was ended on the client, by the user or by the program that holds it. This is no error.',
  'code.ended-by-user': 'The user ended the session on the remote computer. This is no error.',
  'code.ended-by-server':
    'The remote computer ended the connection. The extended reason beside this number says why.',
  'code.dns-failed': 'The name of the computer could not be turned into an address.',
  'code.dns-temporary': 'The name server gave no answer this time; it may do so later.',
  'code.dns-no-data': 'The name exists, but it has no address of the kind that was asked for.',
  'code.host-not-found': 'No computer of this name was found.',
  'code.address-invalid': 'What was given as an IP address is none.',
  'code.timed-out':
    'No connection came about in the time that the client allows. Mostly nothing answered at all: the machine is off or elsewhere, or a firewall drops the packets.',
  'code.tcp-timed-out': 'The other side did not answer in time.',
  'code.connect-failed':
    'The client could not open a TCP connection to the computer and its port: nothing listens there, or something on the way does not let it through.',
  'code.send-failed': 'The connection broke while the client was sending.',
  'code.receive-failed':
    'The connection broke while the client was waiting for data. Early in a connection this is how it looks when a server gives up at the TLS handshake.',
  'code.socket-closed':
    'The connection was closed while the client still needed it. Early in a connection, before anyone signs in, this is how it looks when a server gives up at the TLS handshake; in a session that stood it is mostly the network.',
  'code.time-limit': 'A time limit of the client passed before the connection was complete.',
  'code.connection-error': 'The connection failed for a reason that the client does not name.',
  'code.protocol-error-at-client':
    'The client received something that breaks the protocol, and ended the connection. What answered on the port may not be Remote Desktop.',
  'code.protocol-error-mac':
    "Microsoft's clients call this a protocol error and publish no meaning for the number. It was reported of macOS for a server whose TLS certificate was unusable.",
  'code.unpublished-client-number':
    "Microsoft has published no meaning for this number. It is reported of Microsoft's clients on several systems for connections that ended early.",
  'code.refused':
    'The other side refused the TCP connection: nothing listens on the port, or a firewall answers in its place.',
  'code.reset': 'The other side broke off the TCP connection with a reset.',
  'code.aborted': 'The own computer broke off a TCP connection that stood.',
  'code.network-unreachable': 'There is no way to that network from here.',
  'code.host-unreachable': 'There is no way to that computer from here.',
  'code.host-down': 'The other computer is down, as far as the network can tell.',
  'code.port-unreachable': 'The other computer says that nothing serves that port.',
  'code.network-path-not-found': 'The network path was not found.',
  'code.network-name-gone': 'The network connection that was in use is no longer there.',
  'code.connection-closed-gracefully': 'The other side closed the connection in an orderly way.',
  'code.too-many-connections': 'The remote computer has as many connections as it allows.',
  'code.address-in-use': 'Another program already uses that address and port.',
  'code.address-not-available': 'The address is not one of this computer.',
  'code.socket-forbidden':
    'The system forbids the use of that socket: another program holds the port for itself, or a filter on this computer is in the way.',
  'code.rpc-unavailable': 'The RPC server on the other computer could not be reached.',
  'code.rpc-busy': 'The RPC server is too busy to take the call.',
  'code.rpc-failed': 'The remote procedure call failed.',
  'code.rpc-unknown-interface': 'The other side does not know the interface that was called.',
  'code.rpc-security-package': 'A security package failed during a remote procedure call.',
  'code.winsock-start': 'Windows Sockets could not be started on the client.',
  'code.freerdp-undefined': 'The connection failed, and FreeRDP does not know why.',
  'code.freerdp-transport':
    'The connection broke, and FreeRDP cannot say more. Reset, closed and garbled connections all end here.',
  'code.freerdp-mcs': 'The connection failed at MCS Connect, the first step after security was agreed on.',
  'code.activation-timeout':
    'The session was accepted, but the server did not begin to use it in the time that the client allows.',
  'code.target-booting':
    'The virtual machine behind the gateway is being started. Try again in some minutes.',
};
