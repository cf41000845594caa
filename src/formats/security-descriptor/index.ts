export { type AccessMapping, genericMappings, grantedAccess } from './access.ts';
export type { Ace, AceKind, Acl, SecurityDescriptor, TrusteeAce, UnknownAce } from './descriptor.ts';
export { aceFlags, controlFlags } from './descriptor.ts';
export { encodeSecurityDescriptor } from './encode.ts';
export { parseSecurityDescriptor } from './read.ts';
export { fromSddl, parseSddl } from './sddl-read.ts';
export { toSddl } from './sddl-write.ts';
export { encodeSid, readSid, serviceSid, wellKnownSids } from './sid.ts';
