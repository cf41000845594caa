import { domainToASCII } from 'node:url';

const longestName = 253;
const labels = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const numericEnd = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/**
 * A host's name as server_name takes it (RFC 6066, section 3): ASCII, lower case, without a dot at its end; undefined
 * for an address and for what is no name in the DNS, as servers may refuse a ClientHello with such a one.
 */
export function serverNameOf(host: string): string | undefined {
  const name = domainToASCII(host.replace(/\.$/, ''));
  // A name that ends in a number is read as an IPv4 address by some: 10.1, 0x7f.1.
  if (name.length > longestName || !labels.test(name) || numericEnd.test(name)) return undefined;
  return name;
}
