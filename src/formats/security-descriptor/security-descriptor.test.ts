import { describe, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { fuzz } from '../../../lab/fuzz/fuzz.ts';
import { mutate, randomFrom } from '../../../lab/fuzz/mutate.ts';
import { target } from '../../../lab/fuzz/targets/security-descriptor.ts';
import { FormatError } from '../errors.ts';
import {
  type Acl,
  encodeSecurityDescriptor,
  encodeSid,
  fromSddl,
  parseSddl,
  parseSecurityDescriptor,
  readSid,
  type SecurityDescriptor,
  serviceSid,
  toSddl,
  wellKnownSids,
} from './index.ts';
import { sdsEntries, sdsHash } from './sds.fixture.ts';

const machineKeys = 'O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)';

function refusal(act: () => unknown): FormatError {
  try {
    act();
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a descriptor', () => {
  it('is read from bytes', () => {
    // As ntfs-3g writes it for a new file, and ntfssecaudit shows it.
    const bytes = Buffer.from(
      '010004803000000040000000000000001400000002001c000100000000031400ff011f00010100000000000100000000' +
        '0102000000000005200000002002000001020000000000052000000020020000',
      'hex',
    );
    expect(parseSecurityDescriptor(bytes)).toEqual({
      control: 0x8004,
      resourceManagerControl: 0,
      owner: 'S-1-5-32-544',
      group: 'S-1-5-32-544',
      dacl: {
        revision: 2,
        aces: [
          {
            kind: 'allow',
            type: 0,
            flags: 3,
            mask: 0x1f01ff,
            sid: 'S-1-1-0',
            callback: false,
            data: Buffer.alloc(0),
          },
        ],
      },
      sacl: 'absent',
    });
    expect(toSddl(parseSecurityDescriptor(bytes))).toBe('O:BAG:BAD:(A;OICI;FA;;;WD)');
    expect(encodeSecurityDescriptor(parseSecurityDescriptor(bytes))).toEqual(bytes);
  });

  it('does not keep the bytes that it was read from', () => {
    const bytes = fromSddl('D:(XA;;FX;;;BU;(WIN://X))(0x63;0x0;#0102)');
    const descriptor = parseSecurityDescriptor(bytes);
    const before = toSddl(descriptor);
    bytes.fill(0);
    expect(toSddl(descriptor)).toBe(before);
  });

  const good = fromSddl(machineKeys);
  it.each([
    ['cut in its header', (b: Buffer) => b.subarray(0, 19), 'fewer than its header'],
    ['cut in its group', (b: Buffer) => b.subarray(0, b.length - 1), 'the group at 84 is cut short'],
    ['of revision 2', (b: Buffer) => patched(b, 0, 2), 'revision 2'],
    ['absolute', (b: Buffer) => patched(b, 3, 0x14), 'not self-relative'],
    ['with its owner in its header', (b: Buffer) => patched(b, 4, 8), 'the owner lies at 8 of 96'],
    ['with its DACL beyond its end', (b: Buffer) => patched(b, 17, 1), 'the DACL lies at 276'],
    ['with a list of no size', (b: Buffer) => patched(b, 22, 0), 'the DACL at 20 is cut short'],
    ['with an entry of no size', (b: Buffer) => patched(b, 30, 0), 'the DACL entry at 28 leaves its list'],
    [
      'with an entry beyond its list',
      (b: Buffer) => patched(b, 50, 0xff),
      'the DACL entry at 48 leaves its list',
    ],
    ['with a SID of 16 parts', (b: Buffer) => patched(b, 37, 16), 'has revision 1 and 16 parts'],
    ['with more entries than fit', (b: Buffer) => patched(b, 24, 3), 'the DACL entry at 72 leaves its list'],
  ])('is refused: %s', (_, change, message) => {
    const error = refusal(() => parseSecurityDescriptor(change(Buffer.from(good))));
    expect(error.kind).toBe('damaged');
    expect(error.message).toContain(message);
  });

  it('tells a null list, an empty one and none apart', () => {
    const kinds = ['', 'D:', 'D:NO_ACCESS_CONTROL'].map(
      (text) => parseSecurityDescriptor(fromSddl(text)).dacl,
    );
    expect(kinds).toEqual(['absent', { revision: 2, aces: [] }, 'null']);
  });
});

function patched(bytes: Buffer, at: number, value: number): Buffer {
  bytes.writeUInt8(value, at);
  return bytes;
}

describe('SDDL', () => {
  it.each([
    machineKeys,
    'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)(A;;FA;;;S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833)',
    'D:PARAI(A;OICINPIOID;GXGR;;;BU)(D;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;NS)',
    'O:S-1-5-21-1-2-3-500G:S-1-5-21-1-2-3-513D:(A;;KA;;;SY)(A;;KR;;;RC)(A;;KW;;;IU)(A;;;;;AN)',
    'D:(A;;0x1301bf;;;AU)(A;;SDGXGWGR;;;AU)(A;;FX;;;OW)(A;;FW;;;CO)',
    'D:(OA;CI;RPWP;bf967aba-0de6-11d0-a285-00aa003049e2;;PS)(OD;;CR;;00299570-246d-11d0-a768-00aa006e0529;WD)',
    'D:NO_ACCESS_CONTROL',
    'O:SYD:S:AINO_ACCESS_CONTROL',
    'S:PARAI(AU;OICISAFA;FA;;;WD)(ML;OICI;NW;;;LW)(ML;;NWNRNX;;;HI)(TL;;0x1200a9;;;S-1-19-512-4096)(SP;;;;;S-1-17-1)',
    'S:AI(RA;OICIIO;;;;WD;("IMAGELOAD",TU,0x0,1))(RA;;;;;WD;("Impact_MS",TI,0x10020,-3000))',
    'S:(RA;;;;;WD;("Project",TS,0x0,"Windows","SQL"))(RA;;;;;WD;("Who",TD,0x0,SID(BA)))(RA;;;;;WD;("Raw",TX,0x0,#00ff))',
    'D:(XA;OICI;0x1200a9;;;BU;(WIN://SYSAPPID Contains "Microsoft.GetHelp_8wekyb3d8bbwe"))',
    'D:(XA;;FA;;;IU;(!(WIN://ISMULTISESSIONSKU)))(XA;;FX;;;BU;(Exists WIN://SYSAPPID))',
    'D:(XD;;FX;;;WD;(@User.Title == "PM" && (@User.Division == "Finance" || @User.Division == "Sales")))',
    'D:(XA;;FX;;;WD;(a == 1 && b == 2 || c == 3 && (d == 4 && e == 5)))',
    'D:(XA;;FX;;;WD;(Member_of {SID(BA), SID(S-1-5-21-1-2-3-4)} && @Resource.Level >= -0x10 && x != +017))',
    'D:(ZA;;FX;bf967aba-0de6-11d0-a285-00aa003049e2;;WD;(@Device.a%0020b Any_of {1, #00ff}))',
    'S:(XU;SA;FA;;;WD;(Not_Exists @User.clearance))',
    'D:(0x4;0x3;#0102030405060708)(0x63;0xff;#)',
    'D:(A;;FA;;;S-1-0x100000000000-1)',
  ])('is the same after a turn through bytes: %s', (text) => {
    expect(toSddl(parseSecurityDescriptor(fromSddl(text)))).toBe(text);
    expect(toSddl(parseSddl(text))).toBe(text);
  });

  it.each([
    ['o:syg:syd:pai(a;;0X12019F;;;wd) (a;;fa;;;ba)', machineKeys],
    [' O:SY G:SY D:PAI (A ; ; 0x12019f ; ; ; WD)(A;;FA;;;S-1-5-32-544) ', machineKeys],
    ['D:PAI(A;;1180063;;;WD)(A;;07600777;;;BA)G:SYO:SY', machineKeys],
    ['D:(A;;RCSDWDWO;;;SY)', 'D:(A;;SDRCWDWO;;;SY)'],
    ['D:(A;CIOI;GRGX;;;SY)', 'D:(A;OICI;GXGR;;;SY)'],
    ['D:(A;;KX;;;s-1-5-018)', 'D:(A;;KR;;;SY)'],
    ['D:(XA;;FX;;;WD;( ( a==1 )&&( (b == "x;)(") ) ))', 'D:(XA;;FX;;;WD;(a == 1 && b == "x;)("))'],
    [
      'S:(RA;CI;;;;S-1-1-0; ("Project",TS,0,"Windows, SQL"))',
      'S:(RA;CI;;;;WD;("Project",TS,0x0,"Windows, SQL"))',
    ],
  ])('is understood in other spellings: %s', (text, canonical) => {
    expect(toSddl(parseSddl(text))).toBe(canonical);
  });

  it.each([
    'X:SY',
    'O:',
    'O:XX',
    'O:SYO:SY',
    'O:S-1-5-21-99999999999',
    'D:Q',
    'D:(A;;FA;;;BA',
    'D:(A;;FA;;;BA)x',
    'D:(A;;FA;;BA)',
    'D:(A;;FA;;;BA;;)',
    'D:(A;;FA;;;BA;(x))',
    'D:(QQ;;FA;;;BA)',
    'D:(A;XX;FA;;;BA)',
    'D:(A;O;FA;;;BA)',
    'D:(A;;ZZ;;;BA)',
    'D:(A;;0x100000000;;;BA)',
    'D:(A;;0x;;;BA)',
    'D:(A;;FA;;;)',
    'D:(A;;FA;bf967aba-0de6-11d0-a285-00aa003049e2;;BA)',
    'D:(OA;;FA;no-guid;;BA)',
    'D:NO_ACCESS_CONTROL(A;;FA;;;BA)',
    'D:(0x63;0x0;0102)',
    'D:(0x63;0x0;#012)',
    'D:(0x163;0x0;#01)',
    'D:(0x0;0x0;#0102)',
    'D:(XA;;FA;;;BA;(a ==))',
    'D:(XA;;FA;;;BA;())',
    'D:(XA;;FA;;;BA;(a b))',
    'D:(XA;;FA;;;BA;(a == 99999999999999999999))',
    'D:(XA;;FA;;;BA;(a == 089))',
    'D:(XA;;FA;;;BA;(Member_of {SID(BA) SID(SY)}))',
    `D:(XA;;FA;;;BA;(${'('.repeat(500)}a${')'.repeat(500)}))`,
    `D:(XA;;FA;;;BA;(${'!'.repeat(500)}a))`,
    'S:(RA;;;;;WD;("x",TQ,0x0,1))',
    'S:(RA;;;;;WD;("x",TI,0x0,one))',
    'S:(RA;;;;;WD;("x",TU,0x0,-1))',
    `D:${'(A;;FA;;;S-1-5-21-1-2-3-4)'.repeat(2000)}`,
  ])('is refused: %s', (text) => {
    expect(refusal(() => fromSddl(text)).kind).toBe('damaged');
  });

  it('is not read where it depends on a domain', () => {
    const error = refusal(() => fromSddl('D:(A;;FA;;;DA)'));
    expect([error.kind, error.message]).toEqual([
      'unsupported',
      "the SDDL's DA depends on a machine's or domain's own SID",
    ]);
  });

  it('keeps a condition that has no canonical text as bytes', () => {
    const descriptor = parseSddl('D:(XA;;FX;;;WD;(a == 1))');
    const ace = (descriptor.dacl as Acl).aces[0];
    if (!ace || ace.kind === 'unknown') throw new Error('no entry');
    const odd = Buffer.from(ace.data);
    odd.writeUInt8(0x02, odd.indexOf(0x04)); // an integer of 16 bits, as Windows never encodes one
    const text = toSddl({ ...descriptor, dacl: { revision: 2, aces: [{ ...ace, data: odd }] } });
    expect(text).toMatch(/^D:\(0x9;0x0;#[0-9a-f]+\)$/);
    expect(((parseSddl(text).dacl as Acl).aces[0] as typeof ace).data).toEqual(odd);
  });
});

describe('a resource attribute of 64 KiB', () => {
  const header = 16;
  const withAttribute = (data: Buffer): SecurityDescriptor => {
    const plain = {
      kind: 'resource-attribute',
      type: 0x12,
      flags: 0,
      mask: 0,
      sid: 'S-1-1-0',
      callback: false,
    } as const;
    const sacl: Acl = { revision: 2, aces: [{ ...plain, data }] };
    return {
      control: 0x8010,
      resourceManagerControl: 0,
      owner: undefined,
      group: undefined,
      dacl: 'absent',
      sacl,
    };
  };

  /** Octets that `count` offsets name all together. */
  function sharedOctets(count: number, length: number): Buffer {
    const values = header + 4 * count;
    const bytes = Buffer.alloc(values + 4 + length + 4, 0x5a);
    bytes.fill(0, 0, values);
    bytes.writeUInt32LE(values + 4 + length, 0);
    bytes.writeUInt16LE(0x10, 4);
    bytes.writeUInt32LE(count, 12);
    for (let i = 0; i < count; i++) bytes.writeUInt32LE(values, header + 4 * i);
    bytes.writeUInt32LE(length, values);
    bytes.write('N\0', values + 4 + length, 'utf16le');
    return bytes;
  }

  it('that names one value thousands of times is written as it is, and soon', () => {
    const data = sharedOctets(8000, 32_000);
    const start = performance.now();
    const text = toSddl(withAttribute(data));
    expect(performance.now() - start).toBeLessThan(1000);
    expect(text).toMatch(/^S:\(0x12;0x0;#[0-9a-f]+\)$/);
    expect(text.length).toBeLessThan(2.1 * data.length);
    expect(parseSddl(text).sacl).toEqual(withAttribute(data).sacl);
  });

  it.each([
    ['TX', `#${'5a'.repeat(60_000)}`],
    ['TS', `"${'x'.repeat(30_000)}"`],
    ['TI', Array(5000).fill('-9223372036854775808').join(',')],
    [
      'TD',
      Array(800)
        .fill(`SID(S-1-5-${Array(15).fill('4294967295').join('-')})`)
        .join(','),
    ],
  ])('of real values is written in words: %s', (word, values) => {
    const text = `S:(RA;;;;;WD;("${'%00e9'.repeat(100)}",${word},0xffffffff,${values}))`;
    expect(toSddl(parseSddl(text))).toBe(text);
  });
});

describe('a SID', () => {
  it.each([
    ['S-1-5-18', '010100000000000512000000'],
    ['S-1-5-32-544', '01020000000000052000000020020000'],
    ['S-1-0x100000000000-4294967295', '0101100000000000ffffffff'],
    ['S-1-5', '0100000000000005'],
  ])('is read and written: %s', (sid, hex) => {
    expect(encodeSid(sid).toString('hex')).toBe(hex);
    expect(readSid(Buffer.from(`ff${hex}ff`, 'hex'), 1)).toEqual({ sid, end: 1 + hex.length / 2 });
  });

  it.each([
    '',
    'S-1',
    'S-2-5',
    'S-1-5-',
    'S-1-5--1',
    'S-1-5-4294967296',
    `S-1-5${'-1'.repeat(16)}`,
    'S-1-281474976710656',
  ])('is refused: %s', (sid) => {
    expect(refusal(() => encodeSid(sid)).kind).toBe('damaged');
  });

  it.each([
    ['TrustedInstaller', wellKnownSids.trustedInstaller],
    ['trustedinstaller', wellKnownSids.trustedInstaller],
    // As published for these services.
    ['WdiServiceHost', 'S-1-5-80-3139157870-2983391045-3678747466-658725712-1809340420'],
    ['MpsSvc', 'S-1-5-80-3088073201-1464728630-1879813800-1107566885-823218052'],
  ])('is the one of service %s', (name, sid) => {
    expect(serviceSid(name)).toBe(sid);
  });
});

/** Everything of a descriptor that SDDL can carry. */
function meaning({ control, owner, group, dacl, sacl }: SecurityDescriptor): unknown {
  const list = (acl: Acl | 'null' | 'absent') => (typeof acl === 'string' ? acl : acl.aces);
  const daclBits = dacl === 'absent' ? 0 : 0x1504;
  const saclBits = sacl === 'absent' ? 0 : 0x2a10;
  return { owner, group, dacl: list(dacl), sacl: list(sacl), control: control & (daclBits | saclBits) };
}

describeWithCorpus('the descriptors of two Windows 10 volumes', () => {
  describe.each([
    ['sds/win10-a.SDS', 2313, 2199],
    ['sds/win10-b.SDS', 1541, 692],
  ] as const)('%s', (name, count, sameBytes) => {
    const entries = sdsEntries(corpusFile(name));
    const read = entries.map(({ descriptor }) => parseSecurityDescriptor(descriptor));
    const back = read.map((descriptor) => fromSddl(toSddl(descriptor)));

    it('are read, each with the hash that NTFS noted', () => {
      expect(entries).toHaveLength(count);
      expect(entries.filter(({ hash, descriptor }) => sdsHash(descriptor) !== hash)).toEqual([]);
    });

    it('are written back as they were, to the byte', () => {
      const different = entries.filter(
        ({ descriptor }, index) =>
          !encodeSecurityDescriptor(read[index] as SecurityDescriptor).equals(descriptor),
      );
      expect(different).toEqual([]);
    });

    it('mean the same after a turn through SDDL, and mostly have the same bytes', () => {
      expect(back.map((bytes) => meaning(parseSecurityDescriptor(bytes)))).toEqual(read.map(meaning));
      const identical = entries.filter(({ descriptor }, index) => back[index]?.equals(descriptor)).length;
      // The rest differ in a list's revision, or in a bit that speaks of a SACL which is not there.
      expect(identical).toBe(sameBytes);
    });

    it('need no entry in hexadecimal', () => {
      expect(read.map(toSddl).filter((text) => text.includes('#'))).toEqual([]);
    });

    it('have the one of the MachineKeys folder among them', () => {
      const texts = read.map((descriptor) => toSddl({ ...descriptor, sacl: 'absent' }));
      expect(texts).toContain(machineKeys);
    });
  });
});

it('survives mutated descriptors', () => {
  expect(() => fuzz(target, 1500, 1)).not.toThrow();
});

it('ends mutated SDDL in bytes or a typed error', () => {
  const seeds = target.seeds().map((bytes) => Buffer.from(toSddl(parseSecurityDescriptor(bytes)), 'latin1'));
  const outcomes = { read: 0, refused: 0 };
  for (let round = 0; round < 4000; round++) {
    const text = mutate(seeds[round % seeds.length] as Buffer, randomFrom(round)).toString('latin1');
    try {
      parseSecurityDescriptor(fromSddl(text));
      outcomes.read++;
    } catch (error) {
      if (!(error instanceof FormatError)) throw new Error(`untyped error for ${text}`, { cause: error });
      outcomes.refused++;
    }
  }
  expect(outcomes.read).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(1000);
});
