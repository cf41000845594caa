import { createCipheriv, createHmac } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { contentType, version } from './tls-bytes.ts';

/** The only suite for which the alert can be made: AES-128-GCM, whose pseudo-random function is of SHA-256. */
export const suiteForAlertInside = 'ECDHE-RSA-AES128-GCM-SHA256';

/** Key block of that suite (RFC 5246, 6.3; RFC 5288, 3): two keys, then two salts; the client's are first. */
const keyBlock = { serverKey: 16, serverSalt: 36, size: 40 } as const;

/** Where a TLS 1.2 ServerHello has its random: behind the record's, the message's header and the version. */
const serverRandomAt = 5 + 4 + 2;

/** The master secret and the client's random, as Node tells them of a handshake (the NSS key log format). */
export interface Secrets {
  readonly clientRandom: Buffer;
  readonly master: Buffer;
}

/** To be called before the handshake; its answer is there after it. */
export function secretsOf(socket: TLSSocket): () => Secrets | undefined {
  let secrets: Secrets | undefined;
  socket.on('keylog', (line: Buffer) => {
    const [label, random = '', master = ''] = line.toString('latin1').trim().split(' ');
    if (label !== 'CLIENT_RANDOM') return;
    secrets = { clientRandom: Buffer.from(random, 'hex'), master: Buffer.from(master, 'hex') };
  });
  return () => secrets;
}

/**
 * A fatal alert encrypted as the server's second record after Finished is: what OpenSSL gives no way to send. TLS 1.2 alone,
 * and only while the server has sent nothing else inside (RFC 5246, 6.2.3.3; RFC 5288). `flight` is what the server has sent
 * since its ServerHello.
 */
export function alertInside(secrets: Secrets, flight: Buffer, description: number): Buffer {
  const serverRandom = flight.subarray(serverRandomAt, serverRandomAt + 32);
  const block = expand(secrets, serverRandom, keyBlock.size);
  const sequence = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);
  const plain = Buffer.from([2, description]);
  const header = Buffer.from([contentType.alert, version.tls12 >> 8, version.tls12 & 0xff]);
  const salt = block.subarray(keyBlock.serverSalt);
  const key = block.subarray(keyBlock.serverKey, keyBlock.serverKey + 16);
  const cipher = createCipheriv('aes-128-gcm', key, Buffer.concat([salt, sequence]));
  cipher.setAAD(Buffer.concat([sequence, header, Buffer.from([0, plain.length])]));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const fragment = Buffer.concat([sequence, sealed]);
  return Buffer.concat([header, Buffer.from([0, fragment.length]), fragment]);
}

/** P_SHA256 of the master secret for `key expansion` (RFC 5246, 5 and 6.3). */
function expand({ master, clientRandom }: Secrets, serverRandom: Buffer, length: number): Buffer {
  const seed = Buffer.concat([Buffer.from('key expansion', 'latin1'), serverRandom, clientRandom]);
  const hmac = (bytes: Buffer): Buffer => createHmac('sha256', master).update(bytes).digest();
  const blocks: Buffer[] = [];
  for (let a = hmac(seed); blocks.length * 32 < length; a = hmac(a)) {
    blocks.push(hmac(Buffer.concat([a, seed])));
  }
  return Buffer.concat(blocks).subarray(0, length);
}
