import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { labOnlyKey, makeCertificate } from '../../../../lab/certificate/index.ts';
import { expectNoSecret, secretQuery } from '../../../../lab/http/secrets.ts';
import {
  cleanUps,
  content,
  failureOf,
  from,
  only,
  open,
  readThrough,
  serve,
} from '../../../../lab/http/trial.ts';

describe('a redirect', () => {
  it('is followed to another host, without the user and the password', async () => {
    const far = await serve();
    const near = await serve({
      fault: from(0, { kind: 'status', status: 307, headers: { location: far.url } }),
    });
    const file = await open(near.url.replace('//', '//admin:hunter2@'));
    expect(await readThrough(file, 1_000_000, 4)).toEqual(content.subarray(1_000_000, 1_000_004));
    expect(file.name).toBe(`${near.origin}/images/os.vhd`);
    expect(near.requests[0]?.headers.authorization).toBe(`Basic ${btoa('admin:hunter2')}`);
    expect(far.requests.every(({ headers }) => headers.authorization === undefined && !headers.referer)).toBe(
      true,
    );
    expect(near.requests).toHaveLength(1);
    expectNoSecret(file);
  });

  it('keeps the user and the password on the same origin', async () => {
    const server = await serve({
      fault: only(0, { kind: 'status', status: 302, headers: { location: '/other' } }),
    });
    await open(server.url.replace('//', '//admin:hunter2@'));
    expect(server.requests[1]?.headers.authorization).toBeDefined();
  });

  it('whose target has grown too old is asked for again', async () => {
    const far = await serve({ fault: only(1, { kind: 'status', status: 403 }) });
    const near = await serve({
      fault: from(0, { kind: 'status', status: 302, headers: { location: far.url } }),
    });
    const file = await open(near.url);
    await readThrough(file, 1_000_000, 4);
    expect(near.requests).toHaveLength(2);
  });

  const refused: [string, Record<string, string>, RegExp][] = [
    ['in a circle', { location: '/again?sig=SECRET' }, /more than 5/],
    ['to a file on this machine', { location: 'file:///etc/passwd' }, /no http/],
    ['to nowhere', {}, /no http/],
    ['to no valid URL', { location: 'http://[SECRET' }, /no http/],
  ];
  it.each(refused)('%s is refused', async (_, headers, message) => {
    const server = await serve({ fault: from(0, { kind: 'status', status: 302, headers }) });
    const failure = await failureOf(open(server.url));
    expect(failure.kind).toBe('redirect');
    expect(failure.message).toMatch(message);
  });
});

describe('an https URL', () => {
  const tls = {
    key: labOnlyKey('rsa2048').export({ format: 'pem', type: 'pkcs8' }) as string,
    cert: pem(
      makeCertificate({
        subject: 'localhost',
        notBefore: new Date('2020-01-01'),
        notAfter: new Date('2049-01-01'),
      }).der,
    ),
  };

  it('with a certificate that is not trusted is refused by name', async () => {
    const server = await serve({ tls });
    const failure = await failureOf(open(server.url.replace('127.0.0.1', 'localhost'), { retries: 5 }));
    expect(failure.kind).toBe('tls');
    expect(failure.message).toMatch(/signed by itself/);
  });

  it('is read with one that is, for its own name only, and never by way of http', async () => {
    const defaults = getCACertificates('default');
    cleanUps.push(() => setDefaultCACertificates(defaults));
    setDefaultCACertificates([...defaults, tls.cert]);
    const plain = await serve();
    const server = await serve({
      tls,
      fault: (request) =>
        request.target === '/down'
          ? { kind: 'status', status: 302, headers: { location: plain.url } }
          : undefined,
    });
    const localhost = server.origin.replace('127.0.0.1', 'localhost');
    const file = await open(`${localhost}/os.vhd${secretQuery}`);
    expect(await readThrough(file, 1_000_000, 4)).toEqual(content.subarray(1_000_000, 1_000_004));
    const otherName = await failureOf(open(server.url));
    expect(otherName.kind).toBe('tls');
    expect(otherName.message).toMatch(/another host name/);
    const down = await failureOf(open(`${localhost}/down`));
    expect(down.message).toMatch(/from https to http/);
    expect(plain.requests).toHaveLength(0);
  });

  it('of a server without TLS is a TLS error', async () => {
    const server = await serve();
    expect((await failureOf(open(server.url.replace('http:', 'https:')))).kind).toBe('tls');
  });
});

function pem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}
