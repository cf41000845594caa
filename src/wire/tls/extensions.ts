import { malformed } from '../errors.ts';
import { Fields } from './fields.ts';

/** The extensions that end a hello, by their type; none where the hello ends before them. Throws `WireError`. */
export function readExtensions(hello: Fields, what: string): ReadonlyMap<number, Uint8Array> {
  const extensions = new Map<number, Uint8Array>();
  if (hello.left === 0) return extensions;
  const list = new Fields(hello.vector(2), `${what}'s extensions`);
  hello.end();
  while (list.left > 0) {
    const type = list.integer(2);
    if (extensions.has(type)) throw malformed(`extension ${type} twice in a ${what}`);
    extensions.set(type, list.vector(2));
  }
  return extensions;
}
