/** Certificates made by OpenSSL, and blobs around them as the registry has them (MS-GPEF 2.2.1.1.1). */

/** RSA 2048, names itself and signed by itself, for serving TLS: as Windows makes the listener's own. */
export const selfSignedDer: Buffer = decode(`
MIIDGTCCAgGgAwIBAgICEjQwDQYJKoZIhvcNAQELBQAwFDESMBAGA1UEAwwJV0lOLVJEUDAxMB4XDTI2MTEyMTAyNTQ0M1oXDTI3MDUyMjAy
NTQ0M1owFDESMBAGA1UEAwwJV0lOLVJEUDAxMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtBt7amzKAcPrh9S2DCIhcH4I9vsw
QtiVsB+YDuOuBHg7lIPHyKsHbe7cJhuhnEzuZIYw8Fv3ypMEQ9QB1qUzc3UOLAE3WDpbcwbgX7l5MHlB97iL7ZpHHITtIqEXs4OgxhqjXsSc
A6lPXSVnQZQFwDhiBp+qBkLLuhVDmoqIp/qbDw+HusvZmys+olIgb7vgbGcjGTPB3F6ooKSDfXYwcf0kz5rTxLqUc+TqlRRpqNQhJlBcez/9
tKsBQH0Yqvro5CIpb2gCAXLWD+oYhkiyt26MC2EEAkdaymeQnZSpyaBJYyKHTEi2bkjgyugtOJG7bQBAHVul1HsqlYf+fA6sHQIDAQABo3Uw
czAdBgNVHQ4EFgQU9hCKnaoFRBBA+UX1FOxYRpKhPKcwHwYDVR0jBBgwFoAU9hCKnaoFRBBA+UX1FOxYRpKhPKcwDwYDVR0TAQH/BAUwAwEB
/zATBgNVHSUEDDAKBggrBgEFBQcDATALBgNVHQ8EBAMCBDAwDQYJKoZIhvcNAQELBQADggEBAJwMh3kHiT3rZc3k2OtQeKjUGsDor169P2AD
p6YtWKFXliyZsaHtKzQ0L6VPALTqyQF+7O9O1KU/YcFGlWP/Dz7F4DvFiyNH1Dki3unCc4XY8n9wFfhj0tf2TZnay3KMVt0N542GWzHnz0x/
+OrycV24Z/ihTMreZVNLYyKfUs+aDijHDuQczwFaOdaj8HR9bKvGa5S7knoUUpo5ARGKSwMXFPXd1OXC627geMEcIlbaKK2lwyzBcx3LEKWQ
T5z/D2LbTnphg9oVNdvJryTwetd1ydxXNWHrVgwefHL/Xk/lAEWyIq3mBQMf6Tv5POL9S+0vWE7yXNBkFbntF5mH9XQ=
`);

/** EC P-256, signed by `ca`, with Remote Desktop Authentication as its only extended usage. */
export const remoteDesktopDer: Buffer = decode(`
MIIB0DCCAVWgAwIBAgIBBTAKBggqhkjOPQQDAzA6MQswCQYDVQQGEwJTRTEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjETMBEGA1UEAwwKRXhh
bXBsZSBDQTAeFw0yNjExMjEwMjU0NDNaFw0yNzAyMTkwMjU0NDNaMC0xEDAOBgNVBAoMB0V4YW1wbGUxGTAXBgNVBAMMEHJkcC5leGFtcGxl
LnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQPRryDTmhDDtqZ0Qd/92Q+fNyZslR3xYBLIKiB5F+YiINT3PES5a4I9MHUojvOrN3F
x3SAhPIWaHLkrsWxOXYco1kwVzAVBgNVHSUEDjAMBgorBgEEAYI3NgECMB0GA1UdDgQWBBSI/E2deYfKpmbKjwAlqfzm9TSuLzAfBgNVHSME
GDAWgBQYAK4+4yxT7pachHX4R6djAf/y3DAKBggqhkjOPQQDAwNpADBmAjEAm5iZcDJMTshS9xHdxhfmqXsgpy3JATqw9SoduiprKzU06xQY
XSWYgKHZNQXfhVnGAjEAsgfIwTrvkju5EXJo0MSAqkQ1IRtca5aHBjC6WUN0wHw2EW+C1A1y0e/Ia/eHW4/p
`);

/** EC P-384, signed by itself, no extended usage, a comma in its name. */
export const authorityDer: Buffer = decode(`
MIICBjCCAYygAwIBAgIUVeVmsDm/VnhG9aR6ZEzQZ5grjUAwCgYIKoZIzj0EAwMwOjELMAkGA1UEBhMCU0UxFjAUBgNVBAoMDUV4YW1wbGUs
IEluYy4xEzARBgNVBAMMCkV4YW1wbGUgQ0EwHhcNMjYxMTIxMDI1NDQzWhcNMzYxMTE4MDI1NDQzWjA6MQswCQYDVQQGEwJTRTEWMBQGA1UE
CgwNRXhhbXBsZSwgSW5jLjETMBEGA1UEAwwKRXhhbXBsZSBDQTB2MBAGByqGSM49AgEGBSuBBAAiA2IABHk9doAHRP8mwtiYsvGCorLudJm8
fiWWuFCC8Ku1PE5D+eVIQgADN20xN2+fzO8QrNu/T07X91Zt0yTD+o6zN4cPy3A//jMS2urBtv7aSLPvvvQ9XMxbjKX63rbCy8V3W6NTMFEw
HQYDVR0OBBYEFBgArj7jLFPulpyEdfhHp2MB//LcMB8GA1UdIwQYMBaAFBgArj7jLFPulpyEdfhHp2MB//LcMA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoZIzj0EAwMDaAAwZQIwXeymoVUUe3FcProPMk2t0OddfkqXB28IFouzv082zkWCUdkYN3pF1Qq9KUtHRMqUAjEAsDEGVWsAP6FClvKZ
4kEyyQC6N2AbO6zrBqYeucx773Hyg2Hclzyxcvg3TnY0zmBl
`);

/** RSA 1024, names itself as its issuer but was signed by another key of that name. */
export const sameNameDer: Buffer = decode(`
MIIBjDCB9gIBBzANBgkqhkiG9w0BAQsFADAPMQ0wCwYDVQQDDARTYW1lMB4XDTI2MTEyMTAyNTQ0NFoXDTI2MTIyMTAyNTQ0NFowDzENMAsG
A1UEAwwEU2FtZTCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEA0jJ35hbdOawqa/2bGw1XL+cFpUAimUySoXUTc48qMV+jh6SDAm1ALxJP
E96vD3SNvbHkb8XrU+rzhaiUBe9mORbTpA2oECfCloZEX7+mh9cAt9LpF+xMU8HXswqdyNXDQQfRZDZk9UtSsMQp2w70wt7V6qfR+xq1vMn/
JRwvb4sCAwEAATANBgkqhkiG9w0BAQsFAAOBgQAFU3X+NHTVp8OOjZ1LLOyYz9VCxfUZ/ZP3odIT3ZynoTJIja+1aqRQe1WV7+nL/RzfZkn3
/oDG49ElmoUb7fY1aUTVcZrIg+iAl0KW5skLU9fAOBN5BxgFs8ZqZ/SkReTnysCCKhtA/VUss2zyxK/6KexV3LPbZ8G7Pn5/YfCHZQ==
`);

function decode(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

/** A property's bytes under its id. */
export type Property = readonly [id: number, bytes: Buffer];

/** A blob of these properties, in their order. */
export function makeBlob(properties: readonly Property[]): Buffer {
  return Buffer.concat(
    properties.flatMap(([id, bytes]) => {
      const header = Buffer.alloc(12);
      header.writeUInt32LE(id, 0);
      header.writeUInt32LE(1, 4);
      header.writeUInt32LE(bytes.length, 8);
      return [header, bytes];
    }),
  );
}

export interface KeyProviderWish {
  readonly container: string;
  readonly provider: string;
  readonly type?: number;
  readonly flags?: number;
  readonly keySpec?: number;
}

/** The property 2 of a blob: 28 bytes, then the container's name and the provider's. */
export function makeKeyProvider({
  container,
  provider,
  type = 0,
  flags = 0x20,
  keySpec = 0,
}: KeyProviderWish): Buffer {
  const header = Buffer.alloc(28);
  const containerBytes = Buffer.from(`${container}\0`, 'utf16le');
  header.writeUInt32LE(28, 0);
  header.writeUInt32LE(28 + containerBytes.length, 4);
  header.writeUInt32LE(type, 8);
  header.writeUInt32LE(flags, 12);
  header.writeUInt32LE(keySpec, 24);
  return Buffer.concat([header, containerBytes, Buffer.from(`${provider}\0`, 'utf16le')]);
}
