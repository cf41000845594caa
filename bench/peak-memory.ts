// Preloaded into a run of the program: says on its end how much memory it took at most, in bytes.
process.on('exit', () => {
  process.stderr.write(`peak-memory ${process.resourceUsage().maxRSS * 1024}\n`);
});
