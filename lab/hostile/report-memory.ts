import { writeSync } from 'node:fs';

// Loaded before the program: tells, on descriptor 3, how much memory the process had at most, in KiB.

process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
