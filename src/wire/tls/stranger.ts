/** What others begin with, as Latin-1. */
const beginnings: readonly (readonly [string, string])[] = [
  ['HTTP', 'an HTTP answer'],
  ['<!DOC', 'a page of HTML'],
  ['<html', 'a page of HTML'],
  ['SSH-', 'an SSH greeting'],
  ['RFB ', 'a VNC greeting'],
  ['\x03\x00', 'a TPKT packet'],
];

const told = 5;

/** What bytes are that are no TLS record, told by the first five: `an HTTP answer`, `not TLS: 0102030405`. */
export function strangerOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, told));
  const text = start.toString('latin1');
  const known = beginnings.find(([beginning]) => text.startsWith(beginning))?.[1];
  if (known) return known;
  if (isSsl2(start)) return 'an SSL 2.0 answer';
  if (/^[ -~]+$/.test(text)) return `not TLS: text that begins with "${text}"`;
  return `not TLS: ${start.toString('hex')}`;
}

/** A length of two bytes with its highest bit set, then ERROR or SERVER-HELLO. */
function isSsl2([length = 0, , message]: Uint8Array): boolean {
  return length >= 0x80 && (message === 0 || message === 4);
}
