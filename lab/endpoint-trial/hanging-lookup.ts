// For `node --import`, with UV_THREADPOOL_SIZE=1: every lookup waits for a thread that is busy for longer than anyone
// would wait, as it does for a resolver that does not answer. Neither can be cancelled.
import { pbkdf2 } from 'node:crypto';
import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';

const { lookup } = dns;
const halfAMinute = 30_000_000;

dns.lookup = ((...args: Parameters<typeof lookup>) => {
  pbkdf2('', '', halfAMinute, 64, 'sha512', () => {});
  return lookup(...args);
}) as typeof lookup;
syncBuiltinESMExports();
