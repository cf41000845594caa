/** IANA, "TLS Alerts". */
const alerts: ReadonlyMap<number, string> = new Map([
  [0, 'close_notify'],
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [21, 'decryption_failed'],
  [22, 'record_overflow'],
  [30, 'decompression_failure'],
  [40, 'handshake_failure'],
  [41, 'no_certificate'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [52, 'too_many_cids_requested'],
  [60, 'export_restriction'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [100, 'no_renegotiation'],
  [109, 'missing_extension'],
  [110, 'unsupported_extension'],
  [111, 'certificate_unobtainable'],
  [112, 'unrecognized_name'],
  [113, 'bad_certificate_status_response'],
  [114, 'bad_certificate_hash_value'],
  [115, 'unknown_psk_identity'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
  [121, 'ech_required'],
]);

/** Names of consecutive numbers of IANA's "TLS Supported Groups", from the first of them on. */
const namedGroups: readonly (readonly [first: number, names: string])[] = [
  [1, 'sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1 sect283k1 sect283r1'],
  [11, 'sect409k1 sect409r1 sect571k1 sect571r1 secp160k1 secp160r1 secp160r2 secp192k1 secp192r1'],
  [20, 'secp224k1 secp224r1 secp256k1 secp256r1 secp384r1 secp521r1'],
  [26, 'brainpoolP256r1 brainpoolP384r1 brainpoolP512r1 x25519 x448'],
  [31, 'brainpoolP256r1tls13 brainpoolP384r1tls13 brainpoolP512r1tls13'],
  [34, 'GC256A GC256B GC256C GC256D GC512A GC512B GC512C curveSM2'],
  [256, 'ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192'],
  [512, 'MLKEM512 MLKEM768 MLKEM1024'],
  [4587, 'SecP256r1MLKEM768 X25519MLKEM768 SecP384r1MLKEM1024'],
];

const groupNames: ReadonlyMap<number, string> = new Map(
  namedGroups.flatMap(([first, names]) =>
    names.split(' ').map((name, i): [number, string] => [first + i, name]),
  ),
);

/** The name of an alert's description: `handshake_failure`; `alert 255` where it is not known. */
export function alertName(description: number): string {
  return alerts.get(description) ?? `alert ${description}`;
}

/** The name of a named group: `x25519`, `secp256r1`; `group 65535` where it is not known. */
export function groupName(group: number): string {
  return groupNames.get(group) ?? `group ${group}`;
}
