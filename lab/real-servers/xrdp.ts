import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGroup } from './process-group.ts';
import { freePort, type RealServer, raise, temporaryHome, untilAccepting } from './real-server.ts';

export interface XrdpOptions {
  /** security_layer of xrdp.ini: TLS alone, standard security alone, or whichever the client asks for. */
  readonly security: 'tls' | 'negotiate' | 'rdp';
  /** A key and certificate of its own; without, it shares those of the others of this process. */
  readonly certificate?: 'fresh';
  /** A free one unless told. */
  readonly port?: number;
}

export const xrdpPrograms: readonly string[] = ['xrdp', 'openssl', 'setpriv'];

/**
 * Starts xrdp (Debian) on 127.0.0.1 with an xrdp.ini, a key and a certificate of its own. It has nothing to show: whoever
 * signs in gets no session. Its one pid file belongs to daemons, and this is none. Ready means that it accepts
 * connections.
 */
export function startXrdp({ security, certificate, port }: XrdpOptions): Promise<RealServer> {
  return raise(async (undo) => {
    const home = temporaryHome(undo);
    const made = certificate === 'fresh' ? makeCertificate() : sharedCertificate();
    writeFileSync(path.join(home, 'key.pem'), made.key);
    writeFileSync(path.join(home, 'certificate.pem'), made.certificate);
    const chosen = await freePort(port);
    const configuration = path.join(home, 'xrdp.ini');
    writeFileSync(configuration, xrdpIni(home, security, chosen));
    const xrdp = await startGroup('xrdp', ['--nodaemon', '--config', configuration], { HOME: home });
    undo(() => xrdp.end());
    await untilAccepting(chosen, xrdp, 'xrdp');
    return { port: chosen, groups: [xrdp] };
  });
}

// `tcp://.:port` is 127.0.0.1 in xrdp's own words.
function xrdpIni(home: string, security: XrdpOptions['security'], port: number): string {
  return `[Globals]
ini_version=1
fork=true
port=tcp://.:${port}
tcp_nodelay=true
security_layer=${security}
crypt_level=high
certificate=${path.join(home, 'certificate.pem')}
key_file=${path.join(home, 'key.pem')}
ssl_protocols=TLSv1.2, TLSv1.3
max_bpp=32

[Logging]
LogFile=${path.join(home, 'xrdp.log')}
LogLevel=INFO
EnableSyslog=false
EnableConsole=true
ConsoleLevel=INFO

[Channels]

[Nothing]
name=Nothing
lib=libxup.so
ip=127.0.0.1
port=-1
`;
}

interface Certificate {
  readonly key: Buffer;
  readonly certificate: Buffer;
}

let shared: Certificate | undefined;

function sharedCertificate(): Certificate {
  shared ??= makeCertificate();
  return shared;
}

function makeCertificate(): Certificate {
  const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-server-'));
  try {
    const [keyFile, certificateFile] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
    const request = 'req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=xrdp.lab.example';
    const args = [...request.split(' '), '-keyout', keyFile, '-out', certificateFile];
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    return { key: readFileSync(keyFile), certificate: readFileSync(certificateFile) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
