import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInstalled } from '../lab/installed.ts';
import { nmapSaid, rdpmendSaid, sslscanSaid, xfreerdpSaid } from './endpoint-said.ts';

/** A program that looks at an endpoint. */
export interface Tool {
  readonly name: string;
  readonly installed: boolean;
  command(host: string, port: number): readonly [program: string, ...args: string[]];
  /** What it reports, in a few words. */
  said(output: string): string;
}

/** What is measured; one that is not installed says so. */
export interface Tools {
  readonly full: Tool;
  readonly quick: Tool;
  readonly sslscan: Tool;
  readonly nmap: Tool;
  readonly nmapRdp: Tool;
  readonly xfreerdp: Tool;
}

export const program = path.resolve(import.meta.dirname, '../dist/cli.js');

/** `display` is for the one that wants one, though it shows nothing. */
export function toolsWith(display: string | undefined): Tools {
  return {
    full: rdpmend('rdpmend diagnose', []),
    quick: rdpmend('rdpmend diagnose --quick', ['--quick']),
    sslscan: {
      name: 'sslscan --rdp',
      installed: isInstalled('sslscan'),
      command: (host, port) => ['sslscan', '--no-colour', '--rdp', `${host}:${port}`],
      said: sslscanSaid,
    },
    nmap: nmap("nmap's four scripts", [
      'rdp-enum-encryption',
      'rdp-ntlm-info',
      'ssl-enum-ciphers',
      'ssl-cert',
    ]),
    nmapRdp: nmap("nmap's two for RDP", ['rdp-enum-encryption', 'rdp-ntlm-info']),
    xfreerdp: xfreerdp(display),
  };
}

export function rdpmend(name: string, options: readonly string[]): Tool {
  return {
    name,
    installed: true,
    command: (host, port) => [process.execPath, program, 'diagnose', `${host}:${port}`, '--json', ...options],
    said: rdpmendSaid,
  };
}

/** With a plus they run on every port; without, on those alone that nmap knows for theirs. */
function nmap(name: string, scripts: readonly string[]): Tool {
  const forced = scripts.map((script) => `+${script}`).join(',');
  return {
    name,
    installed: isInstalled('nmap'),
    command: (host, port) => ['nmap', '-Pn', '-n', '-p', `${port}`, '--script', forced, host],
    said: nmapSaid,
  };
}

function xfreerdp(display: string | undefined): Tool {
  const environment = [`DISPLAY=${display}`, `HOME=${path.join(tmpdir(), 'rdpmend-bench-home')}`];
  const options = ['+auth-only', '/cert:ignore', '/u:', '/p:'];
  return {
    name: 'xfreerdp +auth-only',
    installed: display !== undefined && isInstalled('xfreerdp'),
    command: (host, port) => ['env', ...environment, 'xfreerdp', `/v:${host}:${port}`, ...options],
    said: xfreerdpSaid,
  };
}
