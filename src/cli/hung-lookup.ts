/**
 * A lookup that the system's resolver hangs in cannot be cancelled. It would keep the process alive, and even
 * `process.exit` waits for its thread: another program, which ends at once with the same exit code, takes the process over.
 * Not on Windows, which has no such call and where the resolver gives up by itself after some seconds.
 */
export async function endHungLookup(): Promise<void> {
  if (process.platform === 'win32' || !isLookingUp()) return;
  await Promise.all([process.stdout, process.stderr].map(written));
  const code = String(process.exitCode ?? 0);
  process.execve?.(process.execPath, [process.execPath, '-e', 'process.exit(+process.argv[1])', code], {});
}

function isLookingUp(): boolean {
  return process.getActiveResourcesInfo().some((resource) => /^GetAddrInfo/.test(resource));
}

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
