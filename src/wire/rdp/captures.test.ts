import { expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { type TcpStream, tcpStreams } from '../../../lab/pcap/index.ts';
import type { Dialogue, Inbox } from '../dialogue.ts';
import {
  connectMcs,
  type Negotiation,
  negotiate,
  readConnectInitial,
  readConnectionRequest,
  type ServerSettings,
  takeTpkt,
} from './index.ts';
import { oneByOne, play } from './play.fixture.ts';

interface Session {
  readonly request: object | string;
  readonly negotiation: object;
  /** MCS Connect in the clear, where standard security was selected. */
  readonly mcs?: { readonly client: object; readonly settings: object };
}

const plainRequest = { flags: 0, routingToken: undefined, correlationInfo: undefined };

/** The connections of each capture in its order. */
const captures: Record<string, readonly Session[]> = {
  'rdp-invalid-length': [
    {
      request: 'first byte 0x45, where TPKT has 0x03',
      negotiation: {
        kind: 'not-rdp',
        service: undefined,
        detail: 'RDP_NEG_RSP says that it has 0 bytes, not 8',
      },
    },
  ],
  'rdp-no-cookie-mstshash': [
    {
      request: { ...plainRequest, requested: 11, cookie: undefined },
      negotiation: { kind: 'selected', selected: 8, flags: 0x1f },
    },
  ],
  'rdp-proprietary-encryption': [
    {
      request: { ...plainRequest, requested: 1, cookie: 'FTBCO\\A70' },
      negotiation: { kind: 'failed', code: 2 },
    },
    {
      request: { ...plainRequest, requested: 0, cookie: 'FTBCO\\A70' },
      negotiation: { kind: 'selected', selected: 0, flags: 0 },
      mcs: {
        client: {
          version: 0x00080004,
          desktopWidth: 1152,
          desktopHeight: 864,
          keyboardLayout: 1033,
          clientBuild: 6000,
          clientName: 'FROG-POND',
          selectedProtocol: 0,
          encryptionMethods: 0x1b,
          channels: ['rdpdr', 'rdpsnd', 'drdynvc', 'cliprdr'],
        },
        settings: { kind: 'connected', version: 0x00080004, security: { method: 2, level: 3 } },
      },
    },
  ],
  'rdp-to-ssl': Array.from({ length: 2 }, () => ({
    request: { ...plainRequest, requested: 3, cookie: 'AWAKECODI' },
    negotiation: { kind: 'selected', selected: 2, flags: 1 },
  })),
};

describeWithCorpus('captures of real connections', () => {
  const cases = Object.entries(captures).flatMap(([name, sessions]) => {
    const streams = tcpStreams(corpusFile(`pcap/${name}.pcap`));
    return sessions.map((session, i) => [name, i, session, streams[i] as TcpStream, streams.length] as const);
  });

  it.each(cases)('%s, connection %i', (name, _, session, stream, count) => {
    expect(count).toBe(captures[name]?.length);
    const client = Buffer.concat(stream.client.map(({ bytes }) => bytes));
    expect(readFirst(client, readConnectionRequest)).toEqual(session.request);

    const segments = stream.server.map(({ bytes }) => bytes);
    for (const pieces of [segments, oneByOne(Buffer.concat(segments))]) {
      const { negotiation, mcs } = play(follow, pieces).outcome;
      expect(negotiation).toMatchObject(session.negotiation);
      if (session.mcs) expect(mcs).toMatchObject(session.mcs.settings);
      else expect(mcs).toBeUndefined();
    }
    if (session.mcs) {
      const requestLength = takeTpkt(client, 0xffff)?.length ?? 0;
      expect(readFirst(client.subarray(requestLength), readConnectInitial)).toEqual(session.mcs.client);
    }
  });
});

/** What a reader makes of the first packet, or why it refuses. */
function readFirst<T>(bytes: Uint8Array, read: (packet: Uint8Array) => T): T | string {
  try {
    return read(takeTpkt(bytes, 0xffff)?.value ?? bytes);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Both dialogues on one connection, one after the other. */
function* follow(inbox: Inbox): Dialogue<{ negotiation: Negotiation; mcs: ServerSettings | undefined }> {
  const negotiation = yield* negotiate(inbox, { requested: 0 });
  const isStandard = negotiation.kind === 'selected' && negotiation.selected === 0;
  return { negotiation, mcs: isStandard ? yield* connectMcs(inbox, 0) : undefined };
}
