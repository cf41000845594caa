import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { TargetProblem } from '../../model/target-problem.ts';
import { text } from '../../text/index.ts';

/** A host and a port as the user named them. */
export interface EndpointName {
  /** A DNS name in ASCII, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

const rdpPort = 3389;

/** `server`, `server:3390`, `10.0.0.4`, `::1`, `[::1]:3389`. Throws `TargetProblem` for what is none of these. */
export function endpointName(target: string): EndpointName {
  const { host, port } = split(target);
  return { host: checkedHost(host), port: port === undefined ? rdpPort : checkedPort(port) };
}

function split(target: string): { host: string; port?: string } {
  // Asked of nothing else: the pattern for IPv6 takes milliseconds to make.
  if (/:.*:/s.test(target) && isIP(target) !== 0) return { host: target };
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(target);
  if (bracketed) return named(bracketed[1], bracketed[2]);
  const plain = /^([^:]*)(?::(.*))?$/s.exec(target);
  if (plain) return named(plain[1], plain[2]);
  throw new TargetProblem(text('problem.bad-address'));
}

function named(host = '', port?: string): { host: string; port?: string } {
  return port === undefined ? { host } : { host, port };
}

/** Labels of letters, digits, hyphens and underscores, as DNS and NetBIOS names have them. */
const dnsName =
  /^(?=.{1,253}$)[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?)*\.?$/u;

/** What ends in a number is meant as an address: a resolver would read 10.1 as 10.0.0.1, and 0x7f000001 as 127.0.0.1. */
const endsInNumber = /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i;

function checkedHost(host: string): string {
  if (isIP(host) !== 0) return host;
  // Other digits than those of ASCII become them here.
  const ascii = dnsName.test(host) ? domainToASCII(host) : '';
  if (ascii === '' || endsInNumber.test(ascii)) throw new TargetProblem(text('problem.bad-address'));
  return ascii;
}

function checkedPort(port: string): number {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535) throw new TargetProblem(text('problem.bad-port'));
  return number;
}

/** An address and a port as people write them: `10.0.0.4:3389`, `[::1]:3389`. */
export function showAddress(address: string, port: number): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}
