import { type Arrival, Inbox } from '../dialogue.ts';
import { askedSuites, type FirstFlight, firstFlight, makeClientHello, type TlsVersion } from './index.ts';

/** A ClientHello for each set of versions with all of their suites, newest first. */
export function helloFor(...versions: readonly TlsVersion[]): Uint8Array {
  const suites = new Set([...versions].reverse().flatMap((version) => askedSuites[version]));
  return makeClientHello({ versions, suites: [...suites], random: Buffer.alloc(32, 7) });
}

/** What becomes of a ClientHello where these bytes come in turn, and then this end. */
export function flightOf(
  hello: Uint8Array,
  chunks: readonly Uint8Array[],
  ending: 'closed' | 'reset' | 'too-late' = 'closed',
): FirstFlight {
  const dialogue = firstFlight(new Inbox(), hello);
  const arrivals: readonly Arrival[] = [
    ...chunks.map((bytes): Arrival => ({ kind: 'bytes', bytes, at: 1 })),
    { kind: ending, at: 2 },
  ];
  let turn = dialogue.next({ kind: 'too-late', at: 0 });
  for (const arrival of arrivals) {
    if (turn.done) return turn.value;
    turn = dialogue.next(arrival);
  }
  if (!turn.done) throw new Error('it went on after the end');
  return turn.value;
}

/** A record of these bytes. */
export function record(type: number, fragment: Uint8Array): Buffer {
  const header = Buffer.from([type, 3, 3, fragment.length >> 8, fragment.length & 0xff]);
  return Buffer.concat([header, fragment]);
}

/** A handshake message of these bytes. */
export function message(type: number, body: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from([type, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff]),
    body,
  ]);
}

/** The handshake messages of a flight whose records hold nothing else, without the records. */
export function handshakeOf(flight: Buffer): Buffer {
  const fragments: Buffer[] = [];
  for (let at = 0; at < flight.length; at += 5 + flight.readUInt16BE(at + 3)) {
    fragments.push(flight.subarray(at + 5, at + 5 + flight.readUInt16BE(at + 3)));
  }
  return Buffer.concat(fragments);
}

/** TLS 1.2 with an EC key, from OpenSSL 3.0, which was told to ask for a client's certificate. */
export const flightOf12: Buffer = Buffer.from(
  'FgMDAF0CAABZAwNVqFAlbSoZ79VBS6cWS5LLpDg3zOCxkp7kF3YghJEUTyDYKiArP8a6y7Sd5Cz83fltRABRAkU7NIljBENBi8f9' +
    'S8AsAAAR/wEAAQAACwAEAwABAgAXAAAWAwMBkwsAAY8AAYwAAYkwggGFMIIBK6ADAgECAhRiwtvNEPyCroWiQEGZqGZJeUksNjAK' +
    'BggqhkjOPQQDAjAYMRYwFAYDVQQDDA1yZHAwMS5leGFtcGxlMB4XDTI2MTEyMTA1NDAyMloXDTM2MTExODA1NDAyMlowGDEWMBQG' +
    'A1UEAwwNcmRwMDEuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNppLeJahmchY3R7S/TiA4YfOrkdv7p4GtVe1US/' +
    'oE0zx6E3vHJpEa9wMbbwOQjUa/P6clkaDcsN3SNZCk8OR7OjUzBRMB0GA1UdDgQWBBSzsxD3Z/TboMQpbcR0wdyLxB2fHzAfBgNV' +
    'HSMEGDAWgBSzsxD3Z/TboMQpbcR0wdyLxB2fHzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDWepUuULlM5MUO' +
    'ax9Ks7aGT5rRfQBJYZL4DozxYi3bxwIgPB5A1yd4+tOCyK3WKyozaIXhC2amIxmCtk2kd0q1vj8WAwMAdAwAAHADAB0gxDSmmPb3' +
    'dXOV3oWiU1sg6Q5rD+kd6H1V0/JoammZtEEEAwBIMEYCIQC0CNFV74gsWRtbOJwM/2ZFd6Y56jNyc03OPMBA1+IFbQIhALVyEI8z' +
    'Xr8QkBLljZEoJd2Ih5FqHp2r8fiUFtavKwQ8FgMDAFANAABMAwECQAAoBAMFAwYDCAcICAgJCAoICwgECAUIBgQBBQEGAQMDAwED' +
    'AgQCBQIGAgAcABowGDEWMBQGA1UEAwwNcmRwMDEuZXhhbXBsZRYDAwAEDgAAAA==',
  'base64',
);

/** TLS 1.3 from OpenSSL 3.0: a ServerHello, a ChangeCipherSpec, and records that are encrypted. */
export const flightOf13: Buffer = Buffer.from(
  'FgMDAFoCAABWAwOizjaB5UqsrNxN1Vt7pEQNlBDE4KO7thDBh4hKqJCengATAgAALgArAAIDBAAzACQAHQAg3RrsaQzKz4RdUAyV' +
    'wEsL49/2M7A/KbYkv7qzuhyfHQIUAwMAAQEXAwMAF9cqX8yG54z211uYGT/vYAXf/3eaQZrKFwMDAGdk932Rxt2UcxWOMjskRprv' +
    '8zd+9/Q0DGeX/5+Jd+cKsbHui8lwiaz7YiS9GKFZ0c99Vi/wO+FeVZuGsE+dVOzUnXU4gjrkvZZrmQMZTgxvWu77C7shJ7i6NYqx' +
    '+XY15gZR2D0djj6yrfRf',
  'base64',
);

/** TLS 1.3 from OpenSSL 3.0 that takes P-384 alone. */
export const retryRequest: Buffer = Buffer.from(
  'FgMDADgCAAA0AwPPIa105ZphEb4djAIeZbiRwqIRFnq7jF4HngniyKgznAATAgAADAArAAIDBAAzAAIAGBQDAwABAQ==',
  'base64',
);

/** Fatal alerts: a server of TLS 1.2 that is offered 1.0, and one without a suite in common. */
export const protocolVersion: Buffer = Buffer.from('15030100020246', 'hex');
export const handshakeFailure: Buffer = Buffer.from('15030300020228', 'hex');
