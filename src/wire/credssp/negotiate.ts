import { messageType, negotiateFlag, negotiateMessage, signature, version } from './layout.ts';

/**
 * What a Windows client asks for (0xE20882B7 in captures of mstsc): a server answers with what it has, so the most is
 * asked for.
 */
const asked = [
  negotiateFlag.unicode,
  negotiateFlag.oem,
  negotiateFlag.requestTarget,
  negotiateFlag.sign,
  negotiateFlag.seal,
  negotiateFlag.lmKey,
  negotiateFlag.ntlm,
  negotiateFlag.alwaysSign,
  negotiateFlag.extendedSessionSecurity,
  negotiateFlag.version,
  negotiateFlag.key128,
  negotiateFlag.keyExchange,
  negotiateFlag.key56,
].reduce((sum, flag) => sum + flag, 0);

/** "For debugging" by MS-NLMP 2.2.2.10, and no server weighs it: Windows 10, and NTLMSSP_REVISION_W2K3. */
const claimed = { major: 10, minor: 0, build: 19_045, ntlmRevision: 15 } as const;

/** A NTLM NEGOTIATE (MS-NLMP 2.2.1.1) that names neither a domain nor a workstation. */
export function makeNegotiate(): Uint8Array {
  const message = Buffer.alloc(negotiateMessage.size);
  message.set(signature, negotiateMessage.signature);
  message.writeUInt32LE(messageType.negotiate, negotiateMessage.messageType);
  message.writeUInt32LE(asked, negotiateMessage.negotiateFlags);
  message.writeUInt8(claimed.major, negotiateMessage.version + version.major);
  message.writeUInt8(claimed.minor, negotiateMessage.version + version.minor);
  message.writeUInt16LE(claimed.build, negotiateMessage.version + version.build);
  message.writeUInt8(claimed.ntlmRevision, negotiateMessage.version + version.ntlmRevision);
  return message;
}
