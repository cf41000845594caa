/**
 * Node's zlib, loaded when it is first asked for: it takes as long to load as most disks take to read, and few need it.
 */
export function zlib(): typeof import('node:zlib') {
  return process.getBuiltinModule('node:zlib');
}
