import {
  fromSddl,
  grantedAccess,
  parseSecurityDescriptor,
  toSddl,
  wellKnownSids,
} from '../../../src/formats/security-descriptor/index.ts';
import type { FuzzTarget } from '../target.ts';

const texts = [
  'O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)',
  'O:BAG:SYD:AI(D;OICIIO;GW;;;BG)(OA;CI;RPWP;bf967aba-0de6-11d0-a285-00aa003049e2;00299570-246d-11d0-a768-00aa006e0529;AU)S:AI(AU;SAFA;FA;;;WD)(ML;OICI;NWNR;;;LW)',
  'O:SYG:SYD:(XA;;FX;;;BU;(@User.Title == "PM" && (Member_of {SID(BA), SID(S-1-5-21-1-2-3-4)} || !(WIN://SYSAPPID Contains "a"))))',
  'O:SYD:(XD;ID;FR;;;WD;(@Resource.Level >= -0x10 || Exists @Device.Bits && @User.Bits Any_of {1, 2, 017, #00ff}))S:(RA;CI;;;;WD;("Project",TS,0x0,"Windows","SQL"))(RA;;;;;WD;("Who",TD,0x1,SID(BA)))(TL;;0x1;;;S-1-19-512-4096)',
];

/** Descriptors as bytes; whatever is read must survive the way through SDDL and back. */
export const target: FuzzTarget = {
  name: 'security-descriptor',
  seeds: () => texts.map(fromSddl),
  run(input) {
    const descriptor = parseSecurityDescriptor(input);
    const text = toSddl(descriptor);
    const again = toSddl(parseSecurityDescriptor(fromSddl(text)));
    if (again !== text) throw new Error(`not the same after SDDL: ${text} and ${again}`);
    return grantedAccess(descriptor, [wellKnownSids.system, wellKnownSids.everyone], 0xf01f_01ff);
  },
};
