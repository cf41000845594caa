import { malformed, WireError } from '../errors.ts';
import { Fields } from './fields.ts';

const mostCertificates = 16;

/**
 * The certificates of a Certificate message of TLS 1.0 to 1.2, as DER, the server's own first. Throws `WireError`, also
 * for more than 16. Source: RFC 5246, section 7.4.2.
 */
export function readCertificates(body: Uint8Array): readonly Uint8Array[] {
  const message = new Fields(body, 'Certificate message');
  const list = new Fields(message.vector(3), 'list of certificates');
  message.end();
  const certificates: Uint8Array[] = [];
  while (list.left > 0) {
    if (certificates.length === mostCertificates) {
      throw new WireError('too-long', `more than ${mostCertificates} certificates`);
    }
    const der = list.vector(3);
    if (der.length === 0) throw malformed('a certificate of no bytes');
    certificates.push(new Uint8Array(der));
  }
  return certificates;
}
