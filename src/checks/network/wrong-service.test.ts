import { disconnects, ends, speaks } from '../../../lab/world/network-answers.ts';
import { answersAlways, answersInstead } from '../../../lab/world/network-plants.ts';
import { describeNetworkCheck } from '../../../lab/world/network-tester.ts';
import { wrongService } from './wrong-service.ts';

const http = speaks('HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n'));
const ssh = speaks('SSH', Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n'));
const tls = speaks('TLS', Buffer.from('15030100020246', 'hex'));
const vnc = speaks('VNC', Buffer.from('RFB 003.008\n'));
const other = speaks(undefined, Buffer.from('ff00ff', 'hex'));

describeNetworkCheck(wrongService, {
  troubles: [
    {
      name: 'a web server',
      verdict: 'fault',
      plant: (endpoint) => answersAlways(endpoint, http),
      says: [
        'HTTP answers on this port, not Remote Desktop',
        '10.0.0.4:3389, Connection Request 0xB: 48545450 2f312e31 20343030 20426164 20526571 75657374 0d0a436f 6e74656e ... "HTTP/1.1 400 Bad Request..Conten..."',
      ],
    },
    {
      name: 'SSH',
      verdict: 'fault',
      plant: (endpoint) => answersAlways(endpoint, ssh),
      says: ['An SSH server answers', '"SSH-2.0-OpenSSH_9.2p1.."'],
    },
    {
      name: 'TLS from the first byte',
      verdict: 'fault',
      plant: (endpoint) => answersAlways(endpoint, tls),
      says: ['Remote Desktop Gateway', '15030100 020246 "......F"'],
    },
    {
      name: 'a service that needs no more than its name',
      verdict: 'fault',
      plant: (endpoint) => answersAlways(endpoint, vnc),
      says: ['what answers is VNC'],
    },
    {
      name: 'nobody knows what',
      verdict: 'fault',
      plant: (endpoint) => answersAlways(endpoint, other),
      says: ['Something that is not Remote Desktop answers', 'ff00ff "..."'],
    },
    {
      name: 'a service that drops most requests and answers one',
      verdict: 'fault',
      plant(endpoint) {
        answersAlways(endpoint, ends('closed'));
        answersInstead(endpoint, { 3: http });
      },
      says: ['Connection Request 0x3: 48545450'],
    },
  ],
  healthy: [
    {
      name: 'an MCS disconnect is Remote Desktop, if no answer',
      alter: (endpoint) => answersInstead(endpoint, { 16: disconnects() }),
    },
    { name: 'a drop is no service', alter: (endpoint) => answersAlways(endpoint, ends('reset')) },
  ],
  blind: [{ name: 'nothing known of the negotiation', blind: ['negotiation'] }],
});
