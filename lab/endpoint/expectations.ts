import type { EndpointName } from './index.ts';
import type { Ending } from './plain-client.ts';

/** What a plain client must see of a server: how far it is to go, how that ends, and how the last answer begins (in hex). */
export type Expectation =
  | {
      readonly step: 'request' | 'hello' | 'credssp' | 'mcs';
      readonly ending: Ending;
      readonly begins: string;
    }
  | { readonly step: 'challenge'; readonly tls: string };

const at =
  (step: 'request' | 'hello' | 'credssp' | 'mcs') =>
  (ending: Ending, begins = ''): Expectation => ({ step, ending, begins });

/** To a Connection Request for 1, 2 and 8. */
const request = at('request');
/** To a ClientHello after the Connection Confirm. */
const hello = at('hello');
/** To a NEGOTIATE inside TLS. */
const credssp = at('credssp');
/** To a MCS Connect Initial under standard security. */
const mcs = at('mcs');

/** All the way to a CHALLENGE, over this version and suite. */
const challenge = (tls = 'TLSv1.3 TLS_AES_256_GCM_SHA384'): Expectation => ({ step: 'challenge', tls });

const latin1 = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const failed = (code: string): Expectation => request('closed', `030000130ed0000012340003000800${code}`);
const selected = (flags: string, protocol: string): string =>
  `030000130ed0000012340002${flags}0800${protocol}000000`;
const confirm = selected('1f', '02');
const fatal = (description: string): Expectation => hello('closed', `150303000202${description}`);
const tls12 = 'TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const tls12ServerHello = '160303002a020000260303';
const mcsConnected = '0300';

export const expectations: Readonly<Record<EndpointName, Expectation>> = {
  'windows-nla': challenge(),
  'windows-tls': challenge(),
  'windows-negotiate': challenge(),
  'windows-standard': failed('02000000'),
  'windows-11': challenge(),
  'windows-2016': challenge(tls12),
  'windows-7': challenge('TLSv1 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'),

  silent: request('silence'),
  'closes-at-once': request('closed'),
  'resets-at-once': request('reset'),
  'closes-at-request': request('closed'),
  'resets-at-request': request('reset'),
  'closes-after-confirm': request('closed', confirm),
  'resets-after-confirm': hello('reset'),
  'closes-at-client-hello': hello('closed'),
  'resets-at-client-hello': hello('reset'),
  'silent-at-client-hello': hello('silence'),

  http: request('closed', latin1('HTTP/1.1 400 ')),
  'http-waiting': request('silence'),
  ssh: request('silence', latin1('SSH-2.0-')),
  smtp: request('silence', latin1('220 mail')),
  ftp: request('silence', latin1('220 ftp')),
  vnc: request('silence', latin1('RFB 003.008')),
  'bare-tls': request('closed'),

  'fails-ssl-required': failed('01000000'),
  'fails-ssl-not-allowed': failed('02000000'),
  'fails-no-certificate': failed('03000000'),
  'fails-inconsistent-flags': failed('04000000'),
  'fails-hybrid-required': failed('05000000'),
  'fails-user-auth-required': failed('06000000'),
  'fails-unknown': failed('67120000'),
  'no-negotiation-data': mcs('enough', mcsConnected),
  'selects-standard-always': mcs('enough', mcsConnected),
  xrdp: request('silence', selected('01', '01')),
  'xrdp-tls': request('silence', selected('01', '01')),
  'selects-unasked': request('silence', selected('01', '08')),
  'selects-unknown': request('silence', selected('01', '40')),
  disconnects: request('closed', '0300000902f0802180'),

  'alert-close-notify': fatal('00'),
  'alert-unexpected-message': fatal('0a'),
  'alert-bad-record-mac': fatal('14'),
  'alert-record-overflow': fatal('16'),
  'alert-handshake-failure': fatal('28'),
  'alert-bad-certificate': fatal('2a'),
  'alert-unsupported-certificate': fatal('2b'),
  'alert-certificate-revoked': fatal('2c'),
  'alert-certificate-expired': fatal('2d'),
  'alert-certificate-unknown': fatal('2e'),
  'alert-illegal-parameter': fatal('2f'),
  'alert-unknown-ca': fatal('30'),
  'alert-access-denied': fatal('31'),
  'alert-decode-error': fatal('32'),
  'alert-decrypt-error': fatal('33'),
  'alert-protocol-version': fatal('46'),
  'alert-insufficient-security': fatal('47'),
  'alert-internal-error': fatal('50'),
  'alert-inappropriate-fallback': fatal('56'),
  'alert-user-canceled': fatal('5a'),
  'alert-missing-extension': fatal('6d'),
  'alert-unsupported-extension': fatal('6e'),
  'alert-unrecognized-name': fatal('70'),
  'alert-certificate-required': fatal('74'),
  'alert-no-application-protocol': fatal('78'),
  'alert-unknown': fatal('c7'),
  'warning-close-notify': hello('closed', '15030300020100'),
  'warning-handshake-failure': hello('closed', '15030300020128'),
  'warning-then-handshake': challenge(),
  'alert-then-reset': hello('reset', '15030300020250'),
  'alert-for-credssp-only': fatal('50'),

  'tls-1.0': challenge('TLSv1 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'),
  'tls-1.1': challenge('TLSv1.1 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'),
  'tls-1.2': challenge(tls12),
  'tls-1.3': challenge(),
  'tls-1.0-to-1.2': challenge(tls12),
  'tls-1.3-hello-retry': hello('silence', '1603030058020000540303cf21ad74e59a6111'),
  'tls-p521': challenge(),
  'tls-null': challenge('TLSv1.2 TLS_RSA_WITH_NULL_SHA256'),
  'tls-aes128-sha': challenge('TLSv1.2 TLS_RSA_WITH_AES_128_CBC_SHA'),
  'tls-ecdhe-rsa-aes256-gcm': challenge(tls12),
  'tls-chacha20': challenge('TLSv1.2 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'),
  'tls-dhe': challenge('TLSv1.2 TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'),

  'closes-after-server-hello': hello('closed', tls12ServerHello),
  'resets-after-server-hello': hello('reset', tls12ServerHello),
  'silent-after-server-hello': hello('silence', tls12ServerHello),
  'alert-after-server-hello': hello('closed', tls12ServerHello),
  'closes-within-server-hello': hello('closed', tls12ServerHello),
  'http-at-client-hello': hello('silence', latin1('HTTP/1.1 ')),
  'tls-rc4': fatal('28'),
  'tls-3des': fatal('28'),
  'tls-export': fatal('28'),
  'ssl-3.0': hello('silence', '160300002a020000260300'),
  'tls-version-unknown': hello('silence', '160303002a020000260399'),
  'tls-suite-not-offered': hello('silence', tls12ServerHello),
  'tls-extensions-lie': hello('silence', '16030300300200002c0303'),
  'tls-retries-for-ever': hello('silence', '1603030038020000340303cf21ad74e59a6111'),
  'tls-record-type-unknown': hello('silence', '63030300'),
  'tls-application-data-first': hello('silence', '1703030040'),
  'tls-record-empty': hello('enough', '16030300001603030000'),
  'tls-record-65535': hello('silence', '160303ffff'),
  'tls-handshake-16-mib': hello('silence', '160303004a02ffffff'),
  'tls-endless-certificate': hello('enough', tls12ServerHello),
  'tls-endless-hello-requests': hello('enough', '160303000400000000'),
  'tls-endless-warnings': hello('enough', '15030300020170'),
  'certificate-list-lies': hello('silence', tls12ServerHello),
  'certificate-length-lies': hello('silence', tls12ServerHello),
  'certificate-list-empty': hello('silence', tls12ServerHello),
  'certificate-junk': hello('silence', tls12ServerHello),
  'certificates-many': hello('silence', tls12ServerHello),

  'certificate-expired': challenge(tls12),
  'certificate-expired-tls-1.3': challenge(),
  'certificate-not-yet-valid': challenge(tls12),
  'certificate-rsa512': challenge(tls12),
  'certificate-rsa1024': challenge(tls12),
  'certificate-sha1': challenge(tls12),
  'certificate-ec256': challenge('TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'),
  'certificate-wrong-name': challenge(tls12),
  'certificate-with-names': challenge(tls12),
  'certificate-not-for-servers': challenge(tls12),
  'certificate-issued': challenge(tls12),
  'certificate-issued-alone': challenge(tls12),

  'credssp-closes': credssp('closed'),
  'credssp-resets': credssp('reset'),
  'credssp-silent': credssp('silence'),
  'credssp-alert': credssp('reset'),
  'credssp-closes-after-handshake': credssp('closed'),
  'resets-after-tls': credssp('reset'),
  'credssp-refuses': credssp('silence', '300da003020106a4060204c000005e'),
  'credssp-refuses-logon-type': credssp('silence', '300da003020106a4060204c000015b'),
  'credssp-no-credentials': credssp('silence', '300da003020106a40602048009030e'),
  'credssp-no-ntlm': credssp('silence', '3018a003020106'),
  'credssp-empty': credssp('silence', '3005a003020106'),
  'credssp-version-2': challenge(),
  'credssp-junk': credssp('enough'),
  'credssp-http': credssp('silence', latin1('HTTP/1.1 ')),
  'credssp-2-gib': credssp('silence', '30847fffffffa003020106'),
  'credssp-length-indefinite': credssp('silence', '3080a003020106'),
  'credssp-length-of-127-bytes': credssp('enough', '30ffffffff'),
  'credssp-nested': credssp('enough', '30820ef1'),
  'credssp-endless': credssp('enough', '30847fffffff'),
  'ntlm-offsets-lie': challenge(),
  'ntlm-length-lies': challenge(),
  'ntlm-pairs-without-end': challenge(),
  'ntlm-pair-length-lies': challenge(),
  'ntlm-no-names': challenge(),
  'ntlm-hostile-names': challenge(),
  'ntlm-cut': credssp('silence', '3023a003020106'),
  'clock-a-day-ahead': challenge(),
  'clock-a-day-behind': challenge(),
  'clock-in-2019': challenge(),

  'tpkt-length-0': request('silence', '030000000ed0'),
  'tpkt-length-3': request('silence', '030000030ed0'),
  'tpkt-length-5': request('silence', '030000050ed0'),
  'tpkt-length-65535': request('silence', '0300ffff0ed0'),
  'tpkt-length-65535-whole': request('enough', '0300ffff0ed0'),
  'tpkt-version-2': request('silence', '020000130ed0'),
  'x224-length-indicator-255': request('silence', '03000013ffd0'),
  'x224-length-indicator-0': request('silence', '0300001300d0'),
  'x224-disconnect-request': request('silence', '0300000b0680'),
  'x224-data': request('silence', '0300000f02f080'),
  'x224-unknown': request('silence', '030000130e30'),
  'negotiation-type-unknown': request('silence', '030000130ed0000012340009'),
  'negotiation-length-wrong': request('silence', '030000130ed00000123400021fff'),
  'negotiation-cut': request('silence', '0300000f0ad00000123400021f0800'),
  'confirm-stalls': request('silence', confirm.slice(0, 20)),
  'confirm-cut': request('closed', confirm.slice(0, 20)),
  'endless-junk': request('enough'),
  'endless-zeros': request('enough', '0000000000'),
  'endless-tpkt': request('enough', '030003ef02f080'),
  'endless-text': request('enough', latin1('aaaa')),
  'mcs-disconnects': mcs('enough', '0300000902f0802180'),
  'mcs-refuses': mcs('enough', mcsConnected),
  'mcs-no-security': mcs('enough', mcsConnected),
  'mcs-length-lies': mcs('enough', mcsConnected),
  'mcs-block-length-0': mcs('enough', mcsConnected),
  'mcs-block-length-65535': mcs('enough', mcsConnected),
  'mcs-cut': mcs('silence', mcsConnected),

  'byte-a-second': request('silence', '03'),
  'slow-negotiation': challenge(),
  'in-pieces': challenge(),
  late: challenge(),

  'two-at-a-time': challenge(),
  'every-third-resets': challenge(),
  'every-fifth-silent': challenge(),
  'resets-at-random': challenge(),
  'works-twice': challenge(),
  'works-later': request('reset'),
  'two-machines': challenge(),
};
