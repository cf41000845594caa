/** Services that answer where Remote Desktop was expected, told by their first bytes. */
export type Service =
  | 'HTTP'
  | 'SSH'
  | 'TLS'
  | 'FTP'
  | 'SMTP'
  | 'POP3'
  | 'IMAP'
  | 'VNC'
  | 'Telnet'
  | 'MySQL'
  | 'PostgreSQL'
  | 'SMB'
  | 'MSRPC'
  | 'Citrix ICA';

/** `undefined` while more bytes could tell; 'none' when none could. */
export type Recognition = Service | 'none' | undefined;

/** The bytes that a place may hold, as ranges of first and last. */
type Place = readonly (readonly [number, number])[];

interface Signature {
  readonly service: Service | 'a line of text';
  readonly places: readonly Place[];
}

const any: Place = [[0x00, 0xff]];

function byte(...values: number[]): Place {
  return values.map((value) => [value, value]);
}

function text(characters: string): Place[] {
  return [...Buffer.from(characters, 'latin1')].map((value) => byte(value));
}

/** As HTML is written: in either case. */
function eitherCase(characters: string): Place[] {
  return [...characters].map((character) => [
    ...byte(character.toLowerCase().charCodeAt(0)),
    ...byte(character.toUpperCase().charCodeAt(0)),
  ]);
}

const digit: Place = [[0x30, 0x39]];

/** No two of them can hold for the same bytes, so that it does not matter in which pieces those come. */
const signatures: readonly Signature[] = [
  { service: 'HTTP', places: text('HTTP/') },
  { service: 'HTTP', places: eitherCase('<html') },
  { service: 'HTTP', places: eitherCase('<!doctype html') },
  // RFC 4253, section 4.2
  { service: 'SSH', places: text('SSH-') },
  // A record's content type (RFC 8446, section 5.1) and a version from SSL 3.0 to TLS 1.3.
  { service: 'TLS', places: [[[0x14, 0x17]], byte(0x03), [[0x00, 0x04]]] },
  // RFC 1939, section 4: unlike Redis, which ends the line after it.
  { service: 'POP3', places: text('+OK ') },
  // RFC 3501, section 7.1
  { service: 'IMAP', places: text('* OK') },
  { service: 'IMAP', places: text('* PREAUTH') },
  { service: 'IMAP', places: text('* BYE') },
  // RFC 6143, section 7.1.1
  { service: 'VNC', places: text('RFB ') },
  // RFC 854: IAC, then WILL, WONT, DO or DONT.
  { service: 'Telnet', places: [byte(0xff), [[0xfb, 0xfe]]] },
  // A packet of less than 256 bytes, its number 0, then protocol 10 and a version, or an error 768 to 4095.
  { service: 'MySQL', places: [any, byte(0), byte(0), byte(0), byte(0x0a), digit] },
  { service: 'MySQL', places: [any, byte(0), byte(0), byte(0), byte(0xff), any, [[0x03, 0x0f]]] },
  // ErrorResponse: its length, the field of severity.
  { service: 'PostgreSQL', places: [byte(0x45), byte(0), byte(0), any, any, ...text('SFATAL')] },
  { service: 'PostgreSQL', places: [byte(0x45), byte(0), byte(0), any, any, ...text('SERROR')] },
  // MS-SMB2 2.1 and 2.2.1: a length of three bytes, then the protocol id.
  { service: 'SMB', places: [byte(0), any, any, any, byte(0xfe, 0xff), ...text('SMB')] },
  // C706, section 12.6: version 5, minor version 0 or 1, then fault, bind_ack or bind_nak.
  { service: 'MSRPC', places: [byte(5), byte(0, 1), byte(3, 12, 13)] },
  { service: 'Citrix ICA', places: [byte(0x7f), byte(0x7f), ...text('ICA')] },
  // A reply code, as FTP (RFC 959, section 4.2) and SMTP (RFC 5321, section 4.2) have it.
  { service: 'a line of text', places: [[[0x32, 0x35]], [[0x30, 0x35]], digit, byte(0x20, 0x2d)] },
];

/** RFC 5321, section 4.5.3.1.5: a reply line, its end included. */
const longestLine = 512;

/**
 * Tells which service bytes that are not TPKT are the start of. Where `isAll`, no more come: what cannot be told from
 * them is 'none'.
 */
export function recogniseService(bytes: Uint8Array, isAll: boolean): Recognition {
  const possible = signatures.filter(({ places }) => agrees(bytes, places));
  const found = possible.find(({ places }) => places.length <= bytes.length);
  if (found?.service === 'a line of text') return byItsLine(bytes, isAll);
  if (found) return found.service;
  return isAll || possible.length === 0 ? 'none' : undefined;
}

function agrees(bytes: Uint8Array, places: readonly Place[]): boolean {
  return places.every((place, i) => {
    const value = bytes[i];
    return value === undefined || place.some(([first, last]) => first <= value && value <= last);
  });
}

function byItsLine(bytes: Uint8Array, isAll: boolean): Recognition {
  const most = bytes.subarray(0, longestLine);
  const end = most.indexOf(0x0a);
  if (end < 0 && most.length < longestLine && !isAll) return undefined;
  const line = Buffer.from(end < 0 ? most : most.subarray(0, end)).toString('latin1');
  const isMail = /\bE?SMTP\b/i.test(line);
  const isFiles = /FTP/i.test(line);
  if (isMail === isFiles) return 'none';
  return isMail ? 'SMTP' : 'FTP';
}
