import { once } from 'node:events';
import { hostname } from 'node:os';
import { connect, type TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { describeWithOracle } from '../../../lab/oracle.ts';
import { sendConnectionRequest } from '../../../lab/real-servers/connection-request.ts';
import { shadowPrograms, startShadow } from '../../../lab/real-servers/shadow.ts';
import { startXrdp, xrdpPrograms } from '../../../lab/real-servers/xrdp.ts';
import { type Arrival, Inbox } from '../dialogue.ts';
import { type AskOptions, askForChallenge, type Credssp } from './index.ts';

/** Negotiates with bytes written by hand, leaves TLS to OpenSSL, and drives the dialogue inside it. */
async function ask(port: number, requestedProtocols: number, options?: AskOptions): Promise<Credssp> {
  const { socket } = await sendConnectionRequest(port, requestedProtocols);
  const secured = connect({ socket, rejectUnauthorized: false });
  await once(secured, 'secureConnect');
  try {
    return await drive(secured, options);
  } finally {
    secured.destroy();
  }
}

async function drive(secured: TLSSocket, options: AskOptions | undefined): Promise<Credssp> {
  const arrivals: Arrival[] = [];
  const news = new EventTarget();
  const tell = (arrival: Arrival) => {
    arrivals.push(arrival);
    news.dispatchEvent(new Event('arrival'));
  };
  secured.on('data', (bytes: Buffer) => tell({ kind: 'bytes', bytes, at: performance.now() }));
  secured.on('error', () => tell({ kind: 'reset', at: performance.now() }));
  secured.on('close', () => tell({ kind: 'closed', at: performance.now() }));
  const dialogue = askForChallenge(new Inbox(), options);
  for (let step = dialogue.next(); ; ) {
    if (step.done) return step.value;
    secured.write(step.value);
    if (arrivals.length === 0) await once(news, 'arrival');
    step = dialogue.next(arrivals.shift() as Arrival);
  }
}

describeWithOracle('CredSSP with a FreeRDP 2 server', shadowPrograms, () => {
  it('gets a CHALLENGE with the names of this machine, and no SPNEGO', async () => {
    await using server = await startShadow({ security: 'nla' });
    const credssp = await ask(server.port, 3);
    if (credssp.kind !== 'challenge') throw new Error(`${credssp.kind} in place of a CHALLENGE`);
    const { challenge, version } = credssp;
    const name = hostname().split('.')[0]?.slice(0, 15).toUpperCase();
    expect(version).toBe(6);
    expect(challenge.netbiosComputer?.slice(0, 15)).toBe(name);
    expect(challenge.dnsComputer?.slice(0, 15).toUpperCase()).toBe(name);
    // What it says whatever it runs on.
    expect(challenge.version).toEqual({ major: 6, minor: 1, build: 7601 });
    expect(Math.abs((challenge.timestamp?.getTime() ?? 0) - Date.now())).toBeLessThan(3_600_000);
    // NTSTATUS_FROM_WIN32 of SEC_E_INVALID_TOKEN's code, after twelve thousand zeros in place of a token.
    expect(await ask(server.port, 3, { mechanism: 'spnego' })).toMatchObject({
      kind: 'refused',
      version: 6,
      status: 0xc007_00ea,
    });
  });
});

describeWithOracle('CredSSP with a server that has none', xrdpPrograms, () => {
  it('is told goodbye by MCS', async () => {
    await using server = await startXrdp({ security: 'tls' });
    expect(await ask(server.port, 1)).toMatchObject({
      kind: 'not-credssp',
      detail: 'an MCS Disconnect Provider Ultimatum, reason 3',
    });
  });
});
