import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithOracle } from '../oracle.ts';
import { type ProcessGroup, runningMembers, startGroup } from './process-group.ts';
import { raise, temporaryHome, untilAccepting } from './real-server.ts';

describeWithOracle('a server that does not start', ['setpriv', 'sh', 'sleep'], () => {
  it('is told with what it said, and leaves nothing behind', async () => {
    const kept: { home?: string; helper?: ProcessGroup } = {};
    const started = raise(async (undo) => {
      kept.home = temporaryHome(undo);
      // One that starts another and takes no notice of being asked to end.
      const helper = await startGroup('sh', ['-c', 'trap "" TERM; sleep 60 & sleep 60'], {});
      undo(() => helper.end());
      kept.helper = helper;
      const server = await startGroup('sh', ['-c', 'echo no such certificate >&2; exit 1'], {});
      undo(() => server.end());
      await untilAccepting(1, server, 'the server');
      return { port: 1, groups: [helper, server] };
    });
    await expect(started).rejects.toThrow('the server ended before it was ready: no such certificate');
    expect(existsSync(kept.home ?? '/')).toBe(false);
    expect(runningMembers(kept.helper?.id ?? 0)).toEqual([]);
  });

  it('may be a program that is not there', async () => {
    const started = raise(async (undo) => {
      const server = await startGroup('rdpmend-no-such-program', [], {});
      undo(() => server.end());
      await untilAccepting(1, server, 'it');
      return { port: 1, groups: [server] };
    });
    await expect(started).rejects.toThrow(/it ended before it was ready: .*rdpmend-no-such-program/);
  });
});
