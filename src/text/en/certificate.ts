import { message } from '../message.ts';

/** Texts of the checks under `checks/certificate/`. */
export const certificate = {
  'saw.validity': message<{ from: string; to: string }>('valid from {from} to {to}'),

  'certificate-expired.title': "The listener's certificate is not valid today",
  'certificate-expired.explanation':
    'The certificate that Windows made for Remote Desktop ended while the machine was running. Windows should have renewed it and could not. Clients warn of it or refuse, and the listener may fail to start TLS.',
  'certificate-expired.since':
    'The certificate that Windows made for Remote Desktop is outside its dates. It ended after the machine last ran, or has not begun by this clock: Windows may renew it at the next start, and if it cannot, clients are refused.',
  'certificate-expired.pinned':
    'The certificate that is configured for Remote Desktop is outside its dates. Clients warn of it, and those that check strictly refuse.',
  'certificate-expired.expected': 'valid today',
  'certificate-expired.remedy':
    'Delete the certificate. Windows makes a new self-signed one when its services start; clients will be asked to trust it.',
  'certificate-expired.pinned-remedy':
    'This machine is a Connection Broker, whose certificates are managed by its deployment: replace the certificate there, in Server Manager or with Set-RDCertificate.',

  'certificate-key-missing.title': "The key of the listener's certificate is gone",
  'certificate-key-missing.explanation':
    'The certificate for Remote Desktop is there, but the file with its private key is not. The listener cannot prove who it is, so TLS fails; and while the certificate looks valid, Windows does not make another.',
  'certificate-key-missing.expected': message<{ thumbprint: string }>(
    'the key file of certificate {thumbprint}',
  ),
  'certificate-key-missing.remedy':
    'Delete the certificate. Windows makes a new one, with its key, when its services start.',

  'certificate-key-unreadable.title': 'Remote Desktop may not read the key of its certificate',
  'certificate-key-unreadable.not-owned-title':
    "The key of the listener's certificate does not belong to SYSTEM",
  'certificate-key-unreadable.unreadable':
    'The service runs as NETWORK SERVICE, and the permissions of the key file do not let that account read it. TLS fails as soon as a client connects; and while the certificate looks valid, Windows does not make another.',
  'certificate-key-unreadable.not-controlled':
    'SYSTEM has no full control of the key file, as Windows gives it. Windows then fails to open or to replace the key ("object already exists"), and nothing renews the certificate.',
  'certificate-key-unreadable.not-owned':
    'The key file does not belong to SYSTEM, as happens after takeown. Remote Desktop can read it today; when the certificate is to be renewed, Windows may fail to replace the key ("object already exists").',
  'certificate-key-unreadable.remedy':
    'Give this one file the permissions that this build of Windows ships. No other key is touched.',

  'certificate-key-of-another-machine.title': "The listener's key belongs to another machine",
  'certificate-key-of-another-machine.explanation':
    'Key files carry the identity of the machine that made them, and the only one for Remote Desktop carries another identity than this machine has: it was changed after the key was made, or the files come from another machine. Windows does not find the key of its certificate, so TLS fails.',
  'certificate-key-of-another-machine.expected': message<{ name: string }>('{name}'),
  'certificate-key-of-another-machine.remedy':
    "Delete the certificate; Windows makes a new one with a key of this machine's own. The other machine's key file stays where it is.",

  'machine-keys-folder-changed.title':
    "The folder of the machine's keys has other permissions than Windows ships",
  'machine-keys-folder-changed.explanation':
    'Keys that are there stay as they are, but the next one, such as the one for a renewed Remote Desktop certificate, inherits what this folder says or cannot be made at all.',
  'machine-keys-folder-changed.remedy':
    'Give the folder itself the shipped permissions, and leave the keys in it alone. If someone hardened it on purpose, decide first.',

  'pinned-certificate-unusable.title': 'The certificate that Remote Desktop is told to use cannot be used',
  'pinned-certificate-unusable.dangling':
    "The listener is told to present a certificate that is in none of the machine's stores. It has nothing to present but the one that it makes itself, if it does that at all; otherwise TLS fails.",
  'pinned-certificate-unusable.misnamed':
    "A value that Microsoft's article speaks of, and that Windows is not known to read, names a certificate that is in none of the machine's stores.",
  'pinned-certificate-unusable.misnamed-remedy': 'Delete the value, as the article says.',
  'pinned-certificate-unusable.expired':
    'The listener is told to present a certificate that is outside its dates. Clients warn of it, and those that check strictly refuse.',
  'pinned-certificate-unusable.no-key':
    'The listener is told to present a certificate whose private key is not on this machine. It cannot prove who it is, so TLS fails.',
  'pinned-certificate-unusable.unreadable':
    'The listener is told to present a certificate whose private key it may not read: the service runs as NETWORK SERVICE, and the key file does not let that account in. TLS fails as soon as a client connects.',
  'pinned-certificate-unusable.expected-stored':
    'the thumbprint of a certificate in the store "Remote Desktop" or "My"',
  'pinned-certificate-unusable.expected-usable': 'a certificate that is valid and whose key can be read',
  'pinned-certificate-unusable.expected-key': 'a certificate with its private key',
  'pinned-certificate-unusable.expected-readable': 'a key file that NETWORK SERVICE can read',
  'pinned-certificate-unusable.saw-no-key': 'the certificate alone, without a key',
  'pinned-certificate-unusable.saw-unreadable': 'NETWORK SERVICE cannot read it',
  'pinned-certificate-unusable.remedy':
    'Take the setting away, and Windows goes back to its own self-signed certificate. To keep the configured one, mend it instead: put it into the store with its key, and let NETWORK SERVICE read that key.',

  'certificate-store-denied.title': "SYSTEM is denied the store of the listener's certificate",
  'certificate-store-denied.explanation':
    "The registry key that holds Remote Desktop's certificates denies SYSTEM explicitly. Windows can neither find the certificate nor make another.",
  'certificate-store-denied.another':
    'The registry key that holds the certificates that Windows makes for Remote Desktop denies SYSTEM explicitly. The listener has another certificate; should that fail, Windows has nothing to fall back on.',
  'certificate-store-denied.expected': 'no entry that denies SYSTEM',
  'certificate-store-denied.remedy': 'Take that denial away, and change nothing else of the permissions.',

  'certificate-store-redirected.title': 'Windows looks for its certificate in the wrong store',
  'certificate-store-redirected.explanation':
    'The store for the self-signed certificate of Remote Desktop is set to another than "Remote Desktop", so the one that is there is not found and a new one ends up elsewhere.',
  'certificate-store-redirected.remedy': 'Name the store "Remote Desktop" again.',

  'program-data-redirected.title': 'The ProgramData folder was moved',
  'program-data-redirected.explanation':
    'Windows keeps the keys of the machine under ProgramData, and ProgramData is set to another place. Keys are then sought where there are none.',
  'program-data-redirected.remedy':
    'Set it back. If someone moved the folder on purpose, programs keep data in the other place: decide first.',

  'certificate-service-disabled.title': message<{ count: number }>(
    "{count, plural, one {A service} other {Services}} that the listener's certificate needs {count, plural, one {is} other {are}} disabled",
  ),
  'certificate-service-disabled.explanation': message<{ services: string }>(
    '{services} cannot start. Without them Windows cannot use the key of the Remote Desktop certificate, or make the certificate anew. It is no fault when they are merely stopped: they start when they are needed.',
  ),
  'certificate-service-disabled.remedy': 'Give the services back the start type that Windows ships.',
};
