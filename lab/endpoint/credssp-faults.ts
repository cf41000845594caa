import { randomBytes } from 'node:crypto';
import type { Behaviour, Connection } from './connection.ts';
import { answerNegotiate, credssp, readTsRequest, spnegoRejection, tsRequest } from './credssp.ts';
import { element } from './der.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { avPair, avPairs, type Identity, ntlmChallenge, withField } from './ntlm.ts';
import { protocol, rdpFront } from './rdp.ts';
import { honestTls, type SendAlert, type TlsLiteral } from './tls.ts';
import { suiteForAlertInside } from './tls-alert-inside.ts';
import { domainMember, listenerCertificate } from './windows.ts';

const identity = domainMember('SRV2022', 10, 0, 20348);
const tls: TlsLiteral = { certificate: listenerCertificate(identity.dnsComputer) };

/** CredSSP selected, TLS as it should be, and inside it what `inside` does. */
function nla(
  inside: (inner: Connection, sendAlert: SendAlert) => Promise<void>,
  differing: Partial<TlsLiteral> = {},
): Behaviour {
  return rdpFront(() => ({ selected: protocol.hybrid }), honestTls({ ...tls, ...differing }, inside));
}

/** Reads a NEGOTIATE, and does something else than to answer it. */
function afterNegotiate(then: Behaviour): Behaviour {
  return nla(async (inner) => {
    await readTsRequest(inner);
    await then(inner);
  });
}

/** Answers a NEGOTIATE by this TSRequest, whatever is right about it. */
function answering(bytes: Buffer): Behaviour {
  return nla(answerNegotiate(() => bytes));
}

function challenging(challenge: Buffer): Behaviour {
  return answering(tsRequest(6, { token: challenge }));
}

function withClock(about: string, milliseconds: number): EndpointLiteral {
  const clock = (): Date => new Date(Date.now() + milliseconds);
  const skewed: Identity = { ...identity, clock };
  return { about, serve: nla(credssp(6, skewed)) };
}

/** NTSTATUS (MS-ERREF 2.3.1) and SECURITY_STATUS that CredSSP can carry as errorCode. */
const status = {
  noLogonServers: 0xc000005e,
  logonTypeNotGranted: 0xc000015b,
  noCredentials: 0x8009030e,
} as const;

const internalError = 80;

/** Servers that are healthy until CredSSP. */
export const credsspFaults = {
  'credssp-closes': () => ({
    about: 'closes after the NEGOTIATE',
    serve: afterNegotiate(async (inner) => inner.close()),
  }),
  'credssp-resets': () => ({
    about: 'resets after the NEGOTIATE',
    serve: afterNegotiate(async (inner) => inner.reset()),
  }),
  'credssp-silent': () => ({
    about: 'never answers the NEGOTIATE',
    serve: afterNegotiate((inner) => inner.silence()),
  }),
  'credssp-alert': () => ({
    about: 'answers the NEGOTIATE by the TLS alert internal_error; TLS 1.2 alone',
    serve: nla(
      async (inner, sendAlert) => {
        await readTsRequest(inner);
        await sendAlert(internalError);
        await inner.silence();
      },
      { ciphers: suiteForAlertInside, maxVersion: 'TLSv1.2' },
    ),
  }),
  'credssp-closes-after-handshake': () => ({
    about: 'closes when TLS is done',
    serve: nla(async (inner) => inner.close()),
  }),
  'resets-after-tls': () => ({
    about: 'TLS without CredSSP, and a reset once it stands',
    serve: rdpFront(
      () => ({ selected: protocol.tls }),
      honestTls(tls, async (inner) => inner.reset()),
    ),
  }),
  'credssp-refuses': () => ({
    about: 'answers by STATUS_NO_LOGON_SERVERS',
    serve: answering(tsRequest(6, { status: status.noLogonServers })),
  }),
  'credssp-refuses-logon-type': () => ({
    about: 'answers by STATUS_LOGON_TYPE_NOT_GRANTED',
    serve: answering(tsRequest(6, { status: status.logonTypeNotGranted })),
  }),
  'credssp-no-credentials': () => ({
    about: 'answers by SEC_E_NO_CREDENTIALS',
    serve: answering(tsRequest(6, { status: status.noCredentials })),
  }),
  'credssp-no-ntlm': () => ({
    about: 'rejects NTLM in SPNEGO: neither a CHALLENGE nor an error',
    serve: answering(tsRequest(6, { token: spnegoRejection })),
  }),
  'credssp-empty': () => ({
    about: 'a TSRequest with a version and nothing else',
    serve: answering(tsRequest(6, {})),
  }),
  'credssp-version-2': () => ({ about: 'CredSSP of version 2', serve: nla(credssp(2, identity)) }),
  'credssp-junk': () => ({ about: 'random bytes', serve: answering(randomBytes(200)) }),
  'credssp-http': () => ({
    about: 'HTTP inside TLS',
    serve: answering(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n', 'latin1')),
  }),
  'credssp-2-gib': () => ({
    about: 'a TSRequest that claims 2 GiB',
    serve: answering(Buffer.from('30847fffffffa003020106', 'hex')),
  }),
  'credssp-length-indefinite': () => ({
    about: 'a TSRequest of indefinite length, which DER forbids',
    serve: answering(Buffer.from('3080a0030201060000', 'hex')),
  }),
  'credssp-length-of-127-bytes': () => ({
    about: 'a TSRequest whose length has 127 bytes',
    serve: answering(Buffer.concat([Buffer.from([0x30, 0xff]), Buffer.alloc(127, 0xff)])),
  }),
  'credssp-nested': () => ({
    about: 'a thousand sequences in each other',
    serve: answering(
      Array.from({ length: 1000 }).reduce<Buffer>((inner) => element(0x30, inner), Buffer.alloc(0)),
    ),
  }),
  'credssp-endless': () => ({
    about: 'a TSRequest of 2 GiB that keeps coming',
    serve: afterNegotiate(async (inner) => {
      await inner.write(Buffer.from('30847fffffff', 'hex'));
      await inner.pour(Buffer.alloc(16_384));
    }),
  }),
  'ntlm-offsets-lie': () => ({
    about: 'a CHALLENGE whose target info lies beyond its end',
    serve: challenging(withField(ntlmChallenge(identity), 'targetInfo', 200, 0x7fffffff)),
  }),
  'ntlm-length-lies': () => ({
    about: 'a CHALLENGE whose target name is longer than it all',
    serve: challenging(withField(ntlmChallenge(identity), 'targetName', 0xfffe, 56)),
  }),
  'ntlm-pairs-without-end': () => ({
    about: 'a CHALLENGE whose AV pairs have no end',
    serve: challenging(ntlmChallenge(identity, avPairs(identity, false))),
  }),
  'ntlm-pair-length-lies': () => ({
    about: 'a CHALLENGE with an AV pair that is longer than the rest',
    serve: challenging(
      ntlmChallenge(
        identity,
        Buffer.concat([avPair(1, Buffer.alloc(8)), Buffer.from('0200ffff4100', 'hex')]),
      ),
    ),
  }),
  'ntlm-no-names': () => ({
    about: 'a CHALLENGE without names and without a clock',
    serve: challenging(ntlmChallenge(identity, avPair(0, Buffer.alloc(0)))),
  }),
  'ntlm-hostile-names': () => ({
    about: 'a CHALLENGE whose names would steer a terminal',
    serve: nla(
      credssp(6, {
        ...identity,
        computer: '\u001b[2J\u001b]0;owned\u0007',
        dnsComputer: 'a\u202eb\r\nhealthy',
      }),
    ),
  }),
  'ntlm-cut': () => ({
    about: 'the first 20 bytes of a CHALLENGE',
    serve: challenging(ntlmChallenge(identity).subarray(0, 20)),
  }),
  'clock-a-day-ahead': () => withClock('a clock that is a day ahead', 86_400_000),
  'clock-a-day-behind': () => withClock('a clock that is a day behind', -86_400_000),
  'clock-in-2019': () => withClock('a clock that stands years ago', Date.UTC(2019, 0, 1) - Date.now()),
} as const satisfies Record<string, () => EndpointLiteral>;
