import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { tcpStreams } from '../../../lab/pcap/index.ts';
import { flightOf } from './flights.fixture.ts';
import { readOffer, suiteName } from './index.ts';

describeWithCorpus('captures of real Windows servers', () => {
  const streams = tcpStreams(corpusFile('pcap/rdp-to-ssl.pcap')).map(({ inOrder }) => {
    const isTls = ({ bytes }: { bytes: Buffer }) => bytes[0] !== 3;
    const of = (side: string) => inOrder.filter((one) => one.from === side && isTls(one));
    return { client: of('client').map(({ bytes }) => bytes), server: of('server').map(({ bytes }) => bytes) };
  });

  test('there are two connections', () => expect(streams).toHaveLength(2));

  test.each(streams.map(({ client }) => client[0] ?? Buffer.alloc(0)))('mstsc offers TLS 1.0', (hello) => {
    const { versions, suites } = readOffer(hello);
    expect(versions).toEqual([0x0301]);
    expect(suites.map(suiteName)).toEqual([
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_RC4_128_SHA',
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_256_CBC_SHA',
      'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
      'TLS_RSA_WITH_RC4_128_MD5',
    ]);
  });

  test.each(streams)('the server answers with a whole flight', ({ client, server }) => {
    const flight = flightOf(client[0] ?? Buffer.alloc(0), server);
    expect(flight).toMatchObject({
      kind: 'server-hello',
      version: 'TLS 1.0',
      suite: 0x002f,
      complete: true,
      group: undefined,
      asksForCertificate: false,
    });
    const [der] = flight.kind === 'server-hello' ? flight.certificates : [];
    const certificate = new X509Certificate(der ?? Buffer.alloc(0));
    expect([certificate.subject, certificate.issuer]).toEqual([certificate.issuer, certificate.subject]);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });
});
