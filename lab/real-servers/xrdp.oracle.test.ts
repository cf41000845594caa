import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import { describeWithOracle } from '../oracle.ts';
import { sendConnectionRequest } from './connection-request.ts';
import { runningMembers } from './process-group.ts';
import { accepts } from './real-server.ts';
import { startXrdp, type XrdpOptions, xrdpPrograms } from './xrdp.ts';

describeWithOracle('xrdp, started', xrdpPrograms, () => {
  it.each([
    { security: 'tls', asked: 3, answer: '0201080001000000' },
    { security: 'negotiate', asked: 1, answer: '0201080001000000' },
    { security: 'negotiate', asked: 2, answer: '02010800' + '00000000' },
    { security: 'rdp', asked: 0, answer: '02010800' + '00000000' },
  ] as const)(
    'with security_layer=$security answers $asked by $answer, and is gone when it is stopped',
    async ({ security, asked, answer }) => {
      const server = await startXrdp({ security });
      try {
        const { socket, confirm } = await sendConnectionRequest(server.port, asked);
        socket.destroy();
        expect(confirm.subarray(11).toString('hex')).toBe(answer);
      } finally {
        await server.stop();
      }
      expect(await accepts(server.port)).toBe(false);
      expect(server.groups.flatMap(runningMembers)).toEqual([]);
    },
  );

  it('presents a certificate of its own where that is asked for', async () => {
    const prints = [];
    for (const certificate of [{}, {}, { certificate: 'fresh' }] as const) {
      prints.push(await fingerprint({ security: 'tls', ...certificate }));
    }
    expect(prints[1]).toBe(prints[0]);
    expect(prints[2]).not.toBe(prints[0]);
  });
});

async function fingerprint(options: XrdpOptions): Promise<string> {
  await using server = await startXrdp(options);
  const { socket } = await sendConnectionRequest(server.port, 1);
  const secured = connect({ socket, rejectUnauthorized: false });
  await once(secured, 'secureConnect');
  const { fingerprint256 } = secured.getPeerCertificate();
  secured.destroy();
  return fingerprint256;
}
