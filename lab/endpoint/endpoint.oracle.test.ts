import { execFile } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { searchPath } from '../installed.ts';
import { describeWithOracle } from '../oracle.ts';
import { type EndpointName, endpoints, type LabEndpoint, startEndpoint } from './index.ts';

const started: LabEndpoint[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});

async function start(name: EndpointName): Promise<LabEndpoint> {
  const endpoint = await startEndpoint(endpoints[name]());
  started.push(endpoint);
  return endpoint;
}

/** What a program says, on either stream and whatever its exit code, while our servers go on in this process. */
function says(program: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', PATH: searchPath.join(path.delimiter) };
  return new Promise((resolve) => {
    const child = execFile(program, args, { env, timeout: 50_000 }, (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    );
    child.stdin?.end();
  });
}

/** The lines of a script's answer for a port, without nmap's frame. */
function scriptLines(output: string, port: number): string[] {
  const [, section = ''] = output.split(`${port}/tcp open`);
  const lines = section.split('\n').slice(1);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) => line.replace(/^\|_?/, '').trim());
}

describeWithOracle('nmap', ['nmap'], () => {
  it('reads NLA, names, build and clock as it does of a Windows Server 2022', async () => {
    const { port } = await start('windows-nla');
    const output = await says('nmap', '-Pn', '-p', `${port}`, '--script', '+rdp-ntlm-info', '127.0.0.1');
    const lines = scriptLines(output, port);
    expect(lines.slice(0, 8)).toEqual([
      'rdp-ntlm-info:',
      'Target_Name: LAB',
      'NetBIOS_Domain_Name: LAB',
      'NetBIOS_Computer_Name: SRV2022',
      'DNS_Domain_Name: lab.example',
      'DNS_Computer_Name: SRV2022.lab.example',
      'DNS_Tree_Name: lab.example',
      'Product_Version: 10.0.20348',
    ]);
    const clock = lines[8]?.replace('System_Time: ', '') ?? '';
    expect(Math.abs(new Date(clock).getTime() - Date.now())).toBeLessThan(60_000);
  });

  /** What it says of real machines that require NLA, and of one that does not, is known from public outputs. */
  it('reads security layers and encryption', async () => {
    const [nla, tls, standard] = await Promise.all([
      start('windows-nla'),
      start('windows-tls'),
      start('windows-standard'),
    ]);
    const ports = [nla.port, tls.port, standard.port];
    const script = '+rdp-enum-encryption';
    const output = await says('nmap', '-Pn', '-p', ports.join(), '--script', script, '127.0.0.1');
    const credssp = ['CredSSP (NLA): SUCCESS', 'CredSSP with Early User Auth: SUCCESS', 'RDSTLS: SUCCESS'];
    expect(scriptLines(output, nla.port).slice(1)).toEqual(['Security layer', ...credssp]);
    expect(scriptLines(output, tls.port).slice(1)).toEqual([
      'Security layer',
      ...credssp,
      'SSL: SUCCESS',
      'RDP Protocol Version:  RDP 10.7 server',
    ]);
    expect(scriptLines(output, standard.port).slice(1)).toEqual([
      'Security layer',
      'Native RDP: SUCCESS',
      'RDP Encryption level: Client Compatible',
      '40-bit RC4: SUCCESS',
      '56-bit RC4: SUCCESS',
      '128-bit RC4: SUCCESS',
      'FIPS 140-1: SUCCESS',
      'RDP Protocol Version:  RDP 10.7 server',
    ]);
  });
});

describeWithOracle('sslscan', ['sslscan'], () => {
  const scan = async (name: EndpointName): Promise<string> => {
    const { port } = await start(name);
    const without = [
      '--no-groups',
      '--no-heartbleed',
      '--no-renegotiation',
      '--no-compression',
      '--no-fallback',
    ];
    const output = await says('sslscan', '--no-colour', '--rdp', ...without, `127.0.0.1:${port}`);
    return output.replaceAll(/ +/g, ' ');
  };

  it.each([
    ['windows-nla', ['TLSv1.2', 'TLSv1.3']],
    ['windows-2016', ['TLSv1.0', 'TLSv1.1', 'TLSv1.2']],
    ['tls-1.1', ['TLSv1.1']],
    ['resets-at-client-hello', []],
  ] as const)('finds the versions of %s', async (name, versions) => {
    const output = await scan(name);
    const enabled = [...output.matchAll(/^(TLSv\S+) enabled/gm)].map((match) => match[1]);
    expect(enabled).toEqual(versions);
  });

  it('finds the suites of Schannel in their order', async () => {
    const output = await scan('windows-7');
    const suites = [...output.matchAll(/^(?:Preferred|Accepted) (\S+) \d+ bits (\S+)/gm)];
    expect(suites.map((match) => `${match[1]} ${match[2]}`)).toEqual([
      'TLSv1.0 ECDHE-RSA-AES256-SHA',
      'TLSv1.0 ECDHE-RSA-AES128-SHA',
      'TLSv1.0 AES256-SHA',
      'TLSv1.0 AES128-SHA',
    ]);
    expect(output).toContain('Signature Algorithm: sha1WithRSAEncryption');
  });

  it('reads a weak certificate', async () => {
    const output = await scan('certificate-rsa1024');
    expect(output).toContain('RSA Key Strength: 1024');
    expect(output).toContain('Subject: SRV2022.lab.example');
  });
});

describeWithOracle('xfreerdp', ['xfreerdp', 'xvfb-run'], () => {
  const signIn = ({ port }: LabEndpoint, ...more: string[]): Promise<string> =>
    says('xvfb-run', '-a', 'xfreerdp', `/v:127.0.0.1:${port}`, '/cert:ignore', '/u:x', '/p:y', ...more);

  it('takes the CHALLENGE, signs in, and is turned away', async () => {
    const endpoint = await start('windows-nla');
    expect(await signIn(endpoint, '+auth-only')).toContain('STATUS_LOGON_FAILURE [0xC000006D]');
    expect(endpoint.signIns).toBe(1);
  });

  it('decrypts the alert inside TLS', async () => {
    const output = await signIn(await start('credssp-alert'), '+auth-only');
    expect(output).toContain('tlsv1 alert internal error');
  });

  it('reads a refusal with a status', async () => {
    const output = await signIn(await start('credssp-refuses'), '+auth-only');
    expect(output).toContain('STATUS_NO_LOGON_SERVERS');
  });

  it('takes the MCS Connect Response, and goes on to attach', async () => {
    const endpoint = await start('windows-standard');
    const output = await signIn(endpoint, '/sec:rdp', '/log-level:DEBUG', '/timeout:500');
    expect(output).toContain('Server rdp encryption method: 128BIT');
    expect(output).toContain('CONNECTION_STATE_MCS_CONNECT --> CONNECTION_STATE_MCS_ATTACH_USER');
  });
});

describeWithOracle('openssl', ['openssl'], () => {
  it('shakes hands with bare TLS', async () => {
    const { port } = await start('bare-tls');
    const output = await says('openssl', 's_client', '-connect', `127.0.0.1:${port}`);
    expect(output).toContain('subject=CN = web.lab.example');
    expect(output).toContain('TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384');
  });
});
