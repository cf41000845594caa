import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../../lab/certificate/index.ts';
import { healthyMachine, type MachineLiteral, setValue } from '../../lab/machine/index.ts';
import { listenerKeyFile, pin, pinCertificate, replaceSelfSigned } from '../../lab/world/certificates.ts';
import { labNow } from '../../lab/world/check-tester.ts';
import {
  alerted,
  endsInTls,
  fails,
  hello,
  labCertificate,
  selects,
} from '../../lab/world/network-answers.ts';
import { answersInstead, negotiatesNoTls } from '../../lab/world/network-plants.ts';
import {
  type EndpointKind,
  type EndpointWorld,
  endpointSource,
  endsAt,
  healthyEndpoint,
  put,
  repeated,
  seen,
  unseen,
} from '../../lab/world/network-world.ts';
import { type Blindness, worldSource } from '../../lab/world/world.ts';
import type { TcpOutcome } from '../model/endpoint.ts';
import { isTrouble, type Trouble } from '../model/finding.ts';
import type { Source } from '../model/source.ts';
import { say } from '../text/index.ts';
import type { TlsVersion } from '../wire/tls/index.ts';
import { type CaseDiagnosis, diagnoseTogether } from './diagnose-together.ts';
import { checks } from './index.ts';

const name = 'WIN-LAB';
const control = 'ControlSet001\\Control';
const services = 'ControlSet001\\Services';
const listener = `${control}\\Terminal Server\\WinStations\\RDP-Tcp`;
const schannel = `${control}\\SecurityProviders\\SCHANNEL`;
const tsPolicy = 'Policies\\Microsoft\\Windows NT\\Terminal Services';
const suitePolicy = 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const every: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];
const cbcSha = 0xc014;

type Plant = (machine: MachineLiteral) => void;
type Sight = (endpoint: EndpointWorld) => void;

/** The lab's endpoint and the machine whose it is: it presents what the disk has. */
const dates = { notBefore: labCertificate.notBefore, notAfter: labCertificate.notAfter };

function disk(plant: Plant = () => {}, { computerName = name, blind = {} as Blindness } = {}): Source {
  const machine = healthyMachine('2022', { now: labNow, computerName });
  replaceSelfSigned(machine, { subject: name, ...dates });
  plant(machine);
  return worldSource(machine, blind);
}

/** `computerName` is what the endpoint gives for its own; null where it gives none. */
function endpoint(
  sight: Sight = () => {},
  { computerName = name as string | null, kind = 'windows-2022-nla' as EndpointKind } = {},
): Source {
  const world = healthyEndpoint(kind);
  sight(world);
  const source = endpointSource(world);
  return { ...source, machine: { ...source.machine, computerName: computerName ?? undefined } };
}

const together = (...sources: readonly Source[]): Promise<CaseDiagnosis> =>
  diagnoseTogether(sources, checks, labNow);

function troubles({ diagnoses }: CaseDiagnosis, place: number): readonly Trouble[] {
  return diagnoses[place]?.findings.filter(isTrouble) ?? [];
}

/** A finding in a line: `tls-1.2-server-disabled proven disk+endpoint`, with what explains it. */
function lines(diagnosis: CaseDiagnosis, place: number): string[] {
  return troubles(diagnosis, place).map(({ check, certainty, evidence, explainedBy }) => {
    const sources = [...new Set(evidence.map(({ source }) => source))].sort().join('+');
    return [check, certainty, sources, ...(explainedBy ? [`by ${explainedBy.join(', ')}`] : [])].join(' ');
  });
}

const reset: Sight = (world) => {
  put(world, 'tls', {
    first: endsInTls(every, 'reset'),
    alone: every.map((one) => endsInTls([one], 'reset')),
  });
  put(world, 'tls', { handshake: { kind: 'broken', detail: 'read ECONNRESET' } });
  repeated(world, 'TLS ClientHello', 'reset', 'reset', 'reset');
  unseen(world, 'the connection did not get that far', 'cipher-suites', 'certificate', 'nla', 'settings');
};

const alert =
  (description: number): Sight =>
  (world) => {
    reset(world);
    put(world, 'tls', {
      first: alerted(every, description),
      alone: every.map((one) => alerted([one], description)),
    });
    repeated(world, 'TLS ClientHello', 'alert', 'alert');
  };

const tls10: Sight = (world) => {
  put(world, 'tls', {
    first: hello(every, 'TLS 1.0', cbcSha),
    alone: [hello(['TLS 1.0'], 'TLS 1.0', cbcSha), ...every.slice(1).map((one) => alerted([one], 70))],
  });
  put(world, 'cipher-suites', [{ version: 'TLS 1.0', suites: [cbcSha], complete: true }]);
};

const keyNotProven: Sight = (world) => {
  put(world, 'tls', { handshake: { kind: 'broken', detail: 'read ECONNRESET' } });
  put(world, 'certificate', { keyProven: false });
  unseen(world, 'the connection did not get that far', 'nla', 'settings');
};

const tcp =
  (outcome: TcpOutcome, port = 3389): Sight =>
  (world) => {
    const [address] = seen(world, 'reachability').addresses;
    if (!address) throw new Error('an endpoint has an address');
    put(world, 'reachability', { port, addresses: [{ ...address, tcp: outcome }] });
    endsAt(world, 'reachability');
  };

const silentInTls: Sight = (world) => {
  reset(world);
  put(world, 'tls', { first: endsInTls(every, 'too-late'), alone: [] });
  repeated(world, 'TLS ClientHello', 'timed-out', 'timed-out');
};

const standardAlone: Sight = (world) =>
  negotiatesNoTls(world, (requested) => (requested === 0 ? selects(0) : fails(2)));

const withoutNla: Sight = (world) => answersInstead(world, { 0: fails(1), 1: selects(1) });

const credsspBreaks: Sight = (world) => {
  const credssp = { kind: 'ended', ending: 'closed', bytes: Buffer.alloc(0) } as const;
  put(world, 'nla', { credssp });
};

const presents =
  (from: Date, to: Date): Sight =>
  (world) => {
    const made = makeCertificate({ subject: name, notBefore: from, notAfter: to });
    const { thumbprint } = made;
    const der = new Uint8Array(made.der);
    const certificate = { ...labCertificate, thumbprint, der, notBefore: from, notAfter: to };
    put(world, 'certificate', { certificates: [certificate] });
  };
const ended = [new Date('2026-01-01'), new Date('2026-06-15T11:30:00Z')] as const;
const presentsEnded = presents(...ended);

const off =
  (service: string): Plant =>
  ({ system }) =>
    setValue(system, `${services}\\${service}`, 'Start', 4);
const version =
  (which: TlsVersion, enabled: number): Plant =>
  ({ system }) =>
    setValue(system, `${schannel}\\Protocols\\${which}\\Server`, 'Enabled', enabled);
const noVersion: Plant = (machine) => {
  for (const one of every) version(one, 0)(machine);
};
const tls12Off = version('TLS 1.2', 0);
const keyUnreadable: Plant = (machine) => {
  listenerKeyFile(machine).sddl = 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)';
};
const moved =
  (port: number): Plant =>
  ({ system }) =>
    setValue(system, listener, 'PortNumber', port);
const suites =
  (list: string): Plant =>
  ({ software }) =>
    setValue(software, suitePolicy, 'Functions', list);
const noCredssp: Plant = ({ system }) =>
  setValue(system, `${control}\\SecurityProviders`, 'SecurityProviders', '');
const denied: Plant = ({ system }) =>
  setValue(system, `${control}\\Terminal Server`, 'fDenyTSConnections', 1);
const firewallShut: Plant = ({ system }) => {
  const profiles = `${services}\\SharedAccess\\Parameters\\FirewallPolicy`;
  for (const profile of ['DomainProfile', 'StandardProfile', 'PublicProfile']) {
    setValue(system, `${profiles}\\${profile}`, 'DoNotAllowExceptions', 1);
  }
};
const both =
  (...plants: readonly Plant[]): Plant =>
  (machine) => {
    for (const plant of plants) plant(machine);
  };
const healthy: Plant = () => {};

describe('a cause on the disk that the endpoint shows', () => {
  it.each<[string, Plant, Sight, string[], string[]]>([
    [
      'TLS 1.2 off, and TLS 1.0 alone is accepted',
      tls12Off,
      tls10,
      ['tls-1.2-server-disabled proven disk+endpoint'],
      ['no-modern-tls proven disk+endpoint by tls-1.2-server-disabled'],
    ],
    [
      'TLS 1.2 off, and every handshake is reset',
      tls12Off,
      reset,
      ['tls-1.2-server-disabled proven disk+endpoint'],
      ['dropped-at-tls proven disk+endpoint by tls-1.2-server-disabled'],
    ],
    [
      'no version on, and the alert protocol_version',
      noVersion,
      alert(70),
      ['no-tls-version-enabled proven disk+endpoint'],
      ['tls-refused proven disk+endpoint by no-tls-version-enabled'],
    ],
    [
      'a key that cannot be read, and every handshake is reset',
      keyUnreadable,
      reset,
      ['certificate-key-unreadable proven disk+endpoint'],
      ['dropped-at-tls proven disk+endpoint by certificate-key-unreadable'],
    ],
    [
      'a key that cannot be read, and the handshake breaks once it is needed',
      keyUnreadable,
      keyNotProven,
      ['certificate-key-unreadable proven disk+endpoint'],
      ['dropped-at-tls proven disk+endpoint by certificate-key-unreadable'],
    ],
    [
      'what is only likely becomes proven where it is alone',
      off('KeyIso'),
      reset,
      ['certificate-service-disabled proven disk+endpoint'],
      ['dropped-at-tls proven disk+endpoint by certificate-service-disabled'],
    ],
    [
      'what is only likely stays so beside a fault that would look the same',
      both(off('KeyIso'), keyUnreadable),
      reset,
      [
        'certificate-key-unreadable proven disk+endpoint',
        'certificate-service-disabled likely disk+endpoint',
      ],
      ['dropped-at-tls proven disk+endpoint by certificate-key-unreadable, certificate-service-disabled'],
    ],
    [
      'no usable suite, and the alert handshake_failure',
      suites('TLS_RSA_WITH_RC4_128_SHA'),
      alert(40),
      ['cipher-suite-policy-unusable proven disk+endpoint'],
      ['tls-refused proven disk+endpoint by cipher-suite-policy-unusable'],
    ],
    [
      'suites for TLS 1.3 alone, and TLS 1.3 alone is accepted',
      suites('TLS_AES_256_GCM_SHA384'),
      (world) => {
        put(world, 'tls', {
          alone: [
            ...every.slice(0, 3).map((one) => alerted([one], 40)),
            hello(['TLS 1.3'], 'TLS 1.3', 0x1302),
          ],
        });
        put(world, 'cipher-suites', [{ version: 'TLS 1.3', suites: [0x1302], complete: true }]);
      },
      ['cipher-suite-policy-unusable proven disk+endpoint'],
      ['no-modern-tls proven disk+endpoint by cipher-suite-policy-unusable'],
    ],
    [
      'remote connections denied, and the port is closed',
      denied,
      tcp('refused'),
      ['remote-connections-denied proven disk+endpoint'],
      ['port-closed proven disk+endpoint by remote-connections-denied'],
    ],
    [
      'TermService off, and nothing answers',
      off('TermService'),
      tcp('timed-out'),
      ['rdp-service-disabled proven disk+endpoint'],
      ['port-unreachable proven disk+endpoint by rdp-service-disabled'],
    ],
    [
      'a firewall that is shut, and nothing answers',
      firewallShut,
      tcp('timed-out'),
      ['firewall-blocks-rdp proven disk+endpoint'],
      ['port-unreachable proven disk+endpoint by firewall-blocks-rdp'],
    ],
    [
      'a port that was moved and is not let through, and the old one is closed',
      moved(3390),
      tcp('refused'),
      ['listener-port-moved proven disk+endpoint'],
      ['port-closed proven disk+endpoint by listener-port-moved'],
    ],
    [
      'CredSSP not loaded, and it breaks off',
      noCredssp,
      credsspBreaks,
      ['credssp-provider-missing proven disk+endpoint'],
      ['credssp-fails proven disk+endpoint by credssp-provider-missing'],
    ],
    [
      'a policy without TLS, and standard security alone',
      ({ software }) => setValue(software, tsPolicy, 'SecurityLayer', 0),
      standardAlone,
      ['negotiation-test-left-on proven disk+endpoint'],
      ['legacy-security-only proven disk+endpoint by negotiation-test-left-on'],
    ],
    [
      'no negotiation, and one failure for every request',
      ({ system }) => setValue(system, listener, 'fAllowSecProtocolNegotiation', 0),
      (world) => negotiatesNoTls(world, () => fails(5)),
      ['security-negotiation-off proven disk+endpoint'],
      ['negotiation-mismatch proven disk+endpoint by security-negotiation-off'],
    ],
    [
      'a certificate that has ended is one finding',
      (machine) => replaceSelfSigned(machine, { subject: name, notBefore: ended[0], notAfter: ended[1] }),
      presentsEnded,
      ['certificate-expired proven disk+endpoint'],
      [],
    ],
    [
      'a pinned certificate that has ended',
      (machine) => pinCertificate(machine, { subject: name, notBefore: ended[0], notAfter: ended[1] }),
      presentsEnded,
      ['pinned-certificate-unusable proven disk+endpoint'],
      ['certificate-expired proven disk+endpoint by pinned-certificate-unusable'],
    ],
    [
      'NLA off, and clients are let in without',
      ({ system }) => setValue(system, listener, 'UserAuthentication', 0),
      withoutNla,
      ['nla-off proven disk+endpoint'],
      [],
    ],
    [
      'TLS 1.0 turned on by hand, and accepted',
      version('TLS 1.0', 1),
      (world) => {
        const [, ...newer] = seen(world, 'tls').alone;
        put(world, 'tls', { alone: [hello(['TLS 1.0'], 'TLS 1.0', cbcSha), ...newer] });
      },
      ['legacy-tls-enabled proven disk+endpoint'],
      [],
    ],
  ])('%s', async (_, plant, sight, onDisk, atEndpoint) => {
    const diagnosis = await together(disk(plant), endpoint(sight));
    expect(lines(diagnosis, 0)).toEqual(onDisk);
    expect(lines(diagnosis, 1)).toEqual(atEndpoint);
    expect(diagnosis.contradictions).toEqual([]);
    expect(diagnosis.unexplained).toEqual([]);
  });

  it("keeps the server's clock where both have one finding", async () => {
    const plant: Plant = (machine) =>
      replaceSelfSigned(machine, { subject: name, notBefore: ended[0], notAfter: ended[1] });
    const [finding] = troubles(await together(disk(plant), endpoint(presentsEnded)), 0);
    expect(finding?.evidence.map(({ where }) => where)).toContain('10.0.0.4:3389, CredSSP');
  });
});

describe('a cause on the disk that is not what the endpoint shows', () => {
  it.each<[string, Plant, Sight, string[], string[]]>([
    [
      'a service that listens to nothing, and a closed port',
      off('UmRdpService'),
      tcp('refused'),
      ['rdp-service-disabled possible disk'],
      ['port-closed proven endpoint'],
    ],
    [
      'the service that makes certificates, and a closed port',
      off('SessionEnv'),
      tcp('refused'),
      ['rdp-service-disabled likely disk'],
      ['port-closed proven endpoint'],
    ],
    [
      'a service for smart cards, and a reset handshake',
      off('CertPropSvc'),
      reset,
      ['certificate-service-disabled possible disk'],
      ['dropped-at-tls proven endpoint'],
    ],
    [
      'services of the firewall off, and silence, as of a machine that is off',
      off('mpssvc'),
      tcp('timed-out'),
      ['firewall-service-disabled likely disk'],
      ['port-unreachable likely endpoint'],
    ],
  ])(
    '%s: neither is made more certain, nor said to be unexplained',
    async (_, plant, sight, onDisk, atEndpoint) => {
      const diagnosis = await together(disk(plant), endpoint(sight));
      expect(lines(diagnosis, 0)).toEqual(onDisk);
      expect(lines(diagnosis, 1)).toEqual(atEndpoint);
      expect(diagnosis.unexplained).toEqual([]);
    },
  );

  it.each<[string, Plant, Sight, string]>([
    ['a shut firewall, and a refusal, which it never sends', firewallShut, tcp('refused'), 'port-closed'],
    [
      'TermService off, and a router that knows no way',
      off('TermService'),
      tcp('unreachable'),
      'port-unreachable',
    ],
    ['an unreadable key, and an alert about versions', keyUnreadable, alert(70), 'tls-refused'],
    ['an unreadable key, and an alert about the name', keyUnreadable, alert(112), 'tls-refused'],
    ['an unreadable key, and silence', keyUnreadable, silentInTls, 'dropped-at-tls'],
    ['TLS off, and standard security alone', noVersion, standardAlone, 'legacy-security-only'],
  ])('%s: that is said', async (_, plant, sight, unexplained) => {
    const diagnosis = await together(disk(plant), endpoint(sight));
    const [finding] = troubles(diagnosis, 0);
    expect(finding?.evidence.every(({ source }) => source === 'disk')).toBe(true);
    expect(troubles(diagnosis, 1).map(({ explainedBy }) => explainedBy)).toEqual([undefined]);
    expect(diagnosis.unexplained).toEqual([{ source: 1, checks: [unexplained] }]);
  });

  it('a firewall that is shut in some profiles alone may be it, and proves nothing', async () => {
    const plant: Plant = ({ system }) =>
      setValue(
        system,
        `${services}\\SharedAccess\\Parameters\\FirewallPolicy\\PublicProfile`,
        'DoNotAllowExceptions',
        1,
      );
    const diagnosis = await together(disk(plant), endpoint(tcp('timed-out')));
    expect(lines(diagnosis, 0)).toEqual(['firewall-blocks-rdp proven disk+endpoint']);
    expect(lines(diagnosis, 1)).toEqual(['port-unreachable likely disk+endpoint by firewall-blocks-rdp']);
  });

  it('says nothing of what explains it where the disk could not be judged', async () => {
    const blind = { hives: ['SOFTWARE'] } as const;
    const diagnosis = await together(disk(healthy, { blind }), endpoint(reset));
    expect(diagnosis.unexplained).toEqual([]);
  });
});

describe('what speaks against each other', () => {
  const titles = ({ contradictions }: CaseDiagnosis) => contradictions.map(({ title }) => say(title));
  const notShown = (check: string) => `On the disk, and not at the endpoint: ${check}`;

  it.each<[string, Plant, Sight, string]>([
    ['TLS 1.2 on, and refused', healthy, tls10, 'The disk says that TLS 1.2 is on, the endpoint refuses it'],
    ['TLS 1.2 on, and reset', healthy, reset, 'The disk says that TLS 1.2 is on, the endpoint refuses it'],
    [
      'TLS 1.2 turned on by hand, and refused',
      version('TLS 1.2', 1),
      tls10,
      'The disk says that TLS 1.2 is on, the endpoint refuses it',
    ],
    [
      'NLA on, and not required',
      ({ system }) => setValue(system, listener, 'UserAuthentication', 1),
      withoutNla,
      'The disk says that NLA is required, the endpoint lets in without it',
    ],
    [
      'NLA off, and required',
      ({ system }) => setValue(system, listener, 'UserAuthentication', 0),
      () => {},
      notShown('nla-off'),
    ],
    [
      'old versions off, and accepted',
      both(version('TLS 1.0', 0), version('TLS 1.1', 0)),
      (world) => {
        const [, ...newer] = seen(world, 'tls').alone;
        put(world, 'tls', { alone: [hello(['TLS 1.0'], 'TLS 1.0', cbcSha), ...newer] });
      },
      'The disk says that TLS 1.0 and 1.1 are off, the endpoint accepts one',
    ],
    ['TLS 1.2 off, and accepted', tls12Off, () => {}, notShown('tls-1.2-server-disabled')],
    ['TermService off, and an answer', off('TermService'), () => {}, notShown('rdp-service-disabled')],
    ['a shut firewall, and an answer', firewallShut, () => {}, notShown('firewall-blocks-rdp')],
    [
      'an unreadable key, and a whole handshake',
      keyUnreadable,
      () => {},
      notShown('certificate-key-unreadable'),
    ],
    ['CredSSP not loaded, and it answers', noCredssp, () => {}, notShown('credssp-provider-missing')],
    [
      'no negotiation, and different selections',
      ({ system }) => setValue(system, listener, 'fAllowSecProtocolNegotiation', 0),
      () => {},
      notShown('security-negotiation-off'),
    ],
    [
      'a policy without TLS, and TLS',
      ({ software }) => setValue(software, tsPolicy, 'SecurityLayer', 0),
      () => {},
      notShown('negotiation-test-left-on'),
    ],
    [
      'a port that was moved, and nothing at the old one',
      both(moved(3390), ({ system }) => {
        const rules = `${services}\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules`;
        setValue(
          system,
          rules,
          'Moved',
          'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3390|Name=Moved|',
        );
      }),
      tcp('refused'),
      'By the disk Remote Desktop is on port 3390, and 3389 was asked',
    ],
  ])('%s', async (_, plant, sight, title) => {
    const diagnosis = await together(disk(plant), endpoint(sight));
    expect(titles(diagnosis)).toEqual([title]);
    const [contradiction] = diagnosis.contradictions;
    expect(contradiction?.sources).toEqual([0, 1]);
    expect(contradiction?.evidence.map(({ source }) => source)).toEqual(
      expect.arrayContaining(['disk', 'endpoint']),
    );
    expect(title.length).toBeLessThanOrEqual(76);
    for (const { explanation } of diagnosis.contradictions)
      expect(say(explanation).length).toBeGreaterThan(40);
  });

  it.each<[string, Plant, Sight, EndpointKind?]>([
    ['a healthy pair', healthy, () => {}],
    ['another port on the outside', healthy, (world) => put(world, 'reachability', { port: 50001 })],
    ['versions that were not asked alone', tls12Off, (world) => put(world, 'tls', { alone: [] })],
    ['a machine that is off', tls12Off, tcp('timed-out')],
    ['a service that may be missing', off('CertPropSvc'), () => {}],
    ['the service that makes certificates off', off('SessionEnv'), () => {}],
    ['an alert about the name says nothing of TLS 1.2', healthy, alert(112)],
    ['silence says nothing of TLS 1.2', healthy, silentInTls],
    ['a version that is on for want of a suite for it', suites('TLS_RSA_WITH_RC4_128_SHA'), alert(40)],
    [
      'a pinned certificate that has ended is no disagreement on dates',
      (machine) => pinCertificate(machine, { subject: name, notBefore: ended[0], notAfter: ended[1] }),
      presentsEnded,
    ],
    [
      'a store that keeps Windows from renewing what has ended',
      (machine) => {
        replaceSelfSigned(machine, { subject: name, notBefore: ended[0], notAfter: ended[1] });
        const winStations = `${control}\\Terminal Server\\WinStations`;
        setValue(machine.system, winStations, 'SelfSignedCertStore', 'Other');
      },
      presentsEnded,
    ],
    [
      'NLA that the security layer leaves out',
      ({ system }) => setValue(system, listener, 'SecurityLayer', 0),
      withoutNla,
    ],
  ])('is not made of: %s', async (_, plant, sight, kind) => {
    const diagnosis = await together(disk(plant), endpoint(sight, kind && { kind }));
    expect(titles(diagnosis)).toEqual([]);
  });

  it("takes nothing for on that is off by the Windows' own default", async () => {
    const machine = healthyMachine('7', { now: labNow, computerName: name });
    const diagnosis = await together(worldSource(machine), endpoint(tls10, { kind: 'windows-7' }));
    expect(titles(diagnosis)).toEqual([]);
  });

  it('a healthy pair has no finding at all', async () => {
    const diagnosis = await together(disk(), endpoint());
    expect([lines(diagnosis, 0), lines(diagnosis, 1)]).toEqual([[], []]);
    expect(diagnosis.unexplained).toEqual([]);
  });

  it('is told apart from what is merely thought to do harm', async () => {
    const { contradictions } = await together(disk(noCredssp), endpoint());
    expect(contradictions.map(({ explanation }) => say(explanation))).toEqual([
      expect.stringContaining('It may do no harm here'),
    ]);
  });

  it('keeps the certificates apart: another than the disk has is a risk with both evidences', async () => {
    const other = presents(new Date('2026-05-01'), new Date('2026-11-01'));
    const diagnosis = await together(disk(), endpoint(other));
    expect(lines(diagnosis, 1)).toEqual(['certificate-changed likely disk+endpoint']);
    expect(titles(diagnosis)).toEqual([]);
  });

  it('a pin that leads nowhere: what Windows falls back on is no other certificate', async () => {
    const diagnosis = await together(
      disk((machine) => pin(machine, 'AB'.repeat(20))),
      endpoint(),
    );
    expect(lines(diagnosis, 1)).toEqual([]);
    expect(titles(diagnosis)).toEqual([notShown('pinned-certificate-unusable')]);
  });
});

describe('whose disk it is', () => {
  const titles = ({ contradictions }: CaseDiagnosis) =>
    contradictions.map(({ title, sources }) => `${say(title)} [${sources}]`);
  const otherMachine = 'The endpoint is not the machine of the disk, by its name';
  const undecided = 'Which of the disks is that of the endpoint is not known';
  const nameless = { computerName: null };
  const explainedBy = (diagnosis: CaseDiagnosis, place: number) =>
    troubles(diagnosis, place).map((finding) => finding.explainedBy);

  it.each<[string, string, string]>([
    ['case', 'win-lab', 'WIN-LAB'],
    ['the length of a NetBIOS name', 'A-LONG-NAME-OF-20-CH', 'A-LONG-NAME-OF-'],
  ])('names that differ by %s alone are the same', async (_, onDisk, atEndpoint) => {
    const diagnosis = await together(
      disk(keyUnreadable, { computerName: onDisk }),
      endpoint(reset, { computerName: atEndpoint }),
    );
    expect(titles(diagnosis)).toEqual([]);
    expect(explainedBy(diagnosis, 1)).toEqual([['certificate-key-unreadable']]);
  });

  it('names that differ are said, and neither speaks for the other', async () => {
    const diagnosis = await together(disk(tls12Off, { computerName: 'OTHER' }), endpoint(tls10));
    expect(titles(diagnosis)).toEqual([`${otherMachine} [0,1]`]);
    expect(lines(diagnosis, 0)).toEqual(['tls-1.2-server-disabled proven disk']);
    expect(lines(diagnosis, 1)).toEqual(['no-modern-tls proven endpoint']);
    expect(diagnosis.unexplained).toEqual([]);
  });

  it('an endpoint without a name is that of the only disk', async () => {
    const diagnosis = await together(endpoint(reset, nameless), disk(keyUnreadable));
    expect(explainedBy(diagnosis, 0)).toEqual([['certificate-key-unreadable']]);
  });

  it('two disks and one endpoint: the name tells, and the other disk is none of its matter', async () => {
    const diagnosis = await together(
      disk(tls12Off, { computerName: 'OTHER' }),
      disk(tls12Off),
      endpoint(tls10),
    );
    expect(titles(diagnosis)).toEqual([]);
    expect([lines(diagnosis, 0), lines(diagnosis, 1)]).toEqual([
      ['tls-1.2-server-disabled proven disk'],
      ['tls-1.2-server-disabled proven disk+endpoint'],
    ]);
  });

  it('two disks and an endpoint without a name: its certificate tells', async () => {
    const other: Plant = (machine) => replaceSelfSigned(machine, { subject: 'OTHER', ...dates });
    const diagnosis = await together(
      disk(both(other, tls12Off), { computerName: 'OTHER' }),
      disk(tls12Off),
      endpoint(tls10, nameless),
    );
    expect(lines(diagnosis, 1)).toEqual(['tls-1.2-server-disabled proven disk+endpoint']);
    expect(lines(diagnosis, 2)).toEqual(['no-modern-tls proven disk+endpoint by tls-1.2-server-disabled']);
  });

  it('two disks and an endpoint that tells nothing: neither is taken, and that is said', async () => {
    const diagnosis = await together(
      disk(off('TermService'), { computerName: 'OTHER' }),
      disk(healthy),
      endpoint(tcp('refused'), nameless),
    );
    expect(titles(diagnosis)).toEqual([`${undecided} [0,1,2]`]);
    expect(explainedBy(diagnosis, 2)).toEqual([undefined]);
    expect(lines(diagnosis, 0)).toEqual(['rdp-service-disabled proven disk']);
  });

  it('two endpoints and a disk: the one of that name is its machine, the other is another', async () => {
    const diagnosis = await together(
      disk(tls12Off),
      endpoint(tls10, { computerName: 'OTHER' }),
      endpoint(tls10),
    );
    expect(titles(diagnosis)).toEqual([]);
    expect(lines(diagnosis, 1)).toEqual(['no-modern-tls proven endpoint']);
    expect(lines(diagnosis, 2)).toEqual(['no-modern-tls proven disk+endpoint by tls-1.2-server-disabled']);
  });

  it('two addresses of one machine each bring their evidence, and get none of the other', async () => {
    const diagnosis = await together(disk(tls12Off), endpoint(tls10), endpoint(reset));
    const [finding] = troubles(diagnosis, 0);
    expect(finding?.evidence.map(({ source }) => source)).toEqual(['disk', 'endpoint', 'endpoint']);
    const [dropped] = troubles(diagnosis, 2);
    expect(dropped?.evidence.filter(({ source }) => source === 'disk')).toHaveLength(1);
  });

  it('one kind of target alone is no case', async () => {
    const disks = await together(disk(tls12Off), disk(tls12Off));
    const endpoints = await together(endpoint(tls10), endpoint(tls10, { computerName: 'OTHER' }));
    expect([titles(disks), titles(endpoints)]).toEqual([[], []]);
  });
});
