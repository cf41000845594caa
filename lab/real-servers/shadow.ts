import { type ProcessGroup, startGroup } from './process-group.ts';
import { freePort, type RealServer, raise, temporaryHome, until, untilAccepting } from './real-server.ts';

export interface ShadowOptions {
  /** The one security protocol that it offers. NLA answers a CHALLENGE; nobody can sign in, as there is no SAM file. */
  readonly security: 'nla' | 'tls' | 'rdp';
  /** A free one unless told. */
  readonly port?: number;
}

/** What it takes: FreeRDP's server that shares a display, and a display to share. */
export const shadowPrograms: readonly string[] = ['freerdp-shadow-cli', 'Xvfb', 'setpriv'];

/**
 * Without `-noreset` Xvfb starts anew when its last client leaves. The shadow server opens the display once to look at it
 * and once more to share it, and the second time it may find nobody there.
 */
const xvfbArguments = ['-displayfd', '3', '-noreset', '-screen', '0', '640x480x24'];

/**
 * Starts FreeRDP's shadow server (Debian: freerdp2-shadow-x11) on 127.0.0.1 with a display of its own (xvfb). It makes
 * itself a certificate. Ready means that it accepts connections.
 */
export function startShadow({ security, port }: ShadowOptions): Promise<RealServer> {
  return raise(async (undo) => {
    const home = temporaryHome(undo);
    const xvfb = await startGroup('Xvfb', xvfbArguments, { HOME: home });
    undo(() => xvfb.end());
    const display = await displayOf(xvfb);
    const chosen = await freePort(port);
    const args = [`/port:${chosen}`, '/bind-address:127.0.0.1', `/sec:${security}`];
    const shadow = await startGroup('freerdp-shadow-cli', args, { HOME: home, DISPLAY: display });
    undo(() => shadow.end());
    await untilAccepting(chosen, shadow, 'freerdp-shadow-cli');
    return { port: chosen, groups: [xvfb, shadow] };
  });
}

// Xvfb takes a display that is free and writes its number when it is ready for clients.
async function displayOf(xvfb: ProcessGroup): Promise<string> {
  let written = '';
  xvfb.signals.on('data', (text: Buffer) => {
    written += text.toString();
  });
  await until(() => written.endsWith('\n'), xvfb, 'Xvfb');
  return `:${written.trim()}`;
}
