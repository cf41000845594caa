import { expect, it } from 'vitest';
import { describeWithOracle } from '../oracle.ts';
import { sendConnectionRequest } from './connection-request.ts';
import { runningMembers } from './process-group.ts';
import { accepts } from './real-server.ts';
import { shadowPrograms, startShadow } from './shadow.ts';

describeWithOracle('FreeRDP shadow server, started', shadowPrograms, () => {
  it.each([
    { security: 'nla', selected: 2 },
    { security: 'tls', selected: 1 },
    { security: 'rdp', selected: 0 },
  ] as const)(
    'selects $selected where it offers $security alone, and is gone when it is stopped',
    async ({ security, selected }) => {
      const server = await startShadow({ security });
      try {
        const { socket, confirm } = await sendConnectionRequest(server.port, selected);
        socket.destroy();
        expect(confirm.subarray(11).toString('hex')).toMatch(new RegExp(`^02..08000${selected}000000$`));
        expect(server.groups.flatMap(runningMembers)).toHaveLength(2);
      } finally {
        await server.stop();
      }
      expect(await accepts(server.port)).toBe(false);
      expect(server.groups.flatMap(runningMembers)).toEqual([]);
    },
  );

  it('does not start on a port that is taken', async () => {
    await using first = await startShadow({ security: 'tls' });
    await expect(startShadow({ security: 'tls', port: first.port })).rejects.toThrow(
      `port ${first.port} of 127.0.0.1 is taken`,
    );
  });
});
