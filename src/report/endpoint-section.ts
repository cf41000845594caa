import { say, text } from '../text/index.ts';
import type { ReportedEndpoint } from './schema.ts';
import { wrap } from './wrap.ts';

/** What an endpoint answered, a line a phase: the label and what was seen. */
export function endpointRows(target: ReportedEndpoint): readonly (readonly [label: string, seen: string])[] {
  return [
    [say(text('report.row-address')), target.addresses.map(addressWords).join('; ')],
    ...target.phases
      .filter(({ phase }) => phase === 'negotiation')
      .map(
        ({ answer, milliseconds }) =>
          [say(text('report.row-negotiation')), timed(answer, milliseconds)] as const,
      ),
    ...tlsRows(target),
    ...certificateRows(target),
    ...target.phases
      .filter(({ phase }) => phase === 'credssp')
      .map(
        ({ answer, milliseconds }) => [say(text('report.row-credssp')), timed(answer, milliseconds)] as const,
      ),
    ...clockRows(target),
    ...settingsRows(target),
  ];
}

function addressWords({ address, tcp, milliseconds }: ReportedEndpoint['addresses'][number]): string {
  return timed(`${address} ${tcp}`, milliseconds);
}

function timed(words: string, milliseconds: number): string {
  return `${words} (${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms)`;
}

function tlsRows({ tls, phases }: ReportedEndpoint): (readonly [string, string])[] {
  const first = phases.find(({ phase }) => phase === 'tls');
  if (!first) return [];
  const label = say(text('report.row-tls'));
  const answer = [label, timed(first.answer, first.milliseconds)] as const;
  const accepted = (tls ?? []).filter((version) => version.accepted);
  if (accepted.every(({ suites }) => suites === null)) return [answer];
  const versions = accepted.map(({ version, suites }) =>
    say(text('report.version-suites', { version, suites: suites?.length ?? 0 })),
  );
  return [answer, [say(text('report.row-versions')), versions.join('; ')]];
}

function certificateRows({ certificates }: ReportedEndpoint): (readonly [string, string])[] {
  const [own] = certificates ?? [];
  if (!own) return [];
  const { subject, notBefore, notAfter, keyType, keyBits, thumbprint } = own;
  const words = say(
    text('report.certificate', {
      subject,
      from: notBefore.slice(0, 10),
      to: notAfter.slice(0, 10),
      key: `${keyType.toUpperCase()} ${keyBits}`,
      thumbprint,
    }),
  );
  return [[say(text('report.row-certificate')), words]];
}

/** What Kerberos does not forgive: a difference of five minutes. */
const noticeableSeconds = 300;

function clockRows({ clock }: ReportedEndpoint): (readonly [string, string])[] {
  if (!clock || Math.abs(clock.aheadSeconds) < noticeableSeconds) return [];
  const { aheadSeconds, server } = clock;
  const minutes = Math.round(Math.abs(aheadSeconds) / 60);
  const words = text(aheadSeconds > 0 ? 'report.clock-ahead' : 'report.clock-behind', {
    minutes,
    time: server.slice(0, 16).replace('T', ' '),
  });
  return [[say(text('report.row-clock')), say(words)]];
}

function settingsRows({ settings }: ReportedEndpoint): (readonly [string, string])[] {
  if (!settings) return [];
  const { version, encryptionMethod, encryptionLevel } = settings;
  const parts = [version, encryptionLevel, encryptionMethod].filter((part) => part !== null);
  return [[say(text('report.row-settings')), parts.join(', ')]];
}

const outcomes = ['fails', 'connects', 'unknown'] as const;

/** Those that fail come first, and those of which nothing is known last. */
function gravity({ outcome }: ReportedEndpoint['clients'][number]): number {
  return outcomes.indexOf(outcome);
}

/** The clients, by what becomes of them: those of one fate together. */
export function clientLines({ clients }: ReportedEndpoint, width: number): string[] {
  const fates = new Map<string, typeof clients>();
  for (const client of clients.toSorted((one, other) => gravity(one) - gravity(other))) {
    const fate = `${client.outcome} ${client.reason}`;
    fates.set(fate, [...(fates.get(fate) ?? []), client]);
  }
  return [...fates.values()].flatMap((alike) => {
    const [{ outcome, reason } = { outcome: 'unknown', reason: '' } as const] = alike;
    const names = alike.map(({ client, believed }) =>
      believed ? say(text('report.client-believed', { client })) : client,
    );
    const heading = `${say(text(`report.client-${outcome}`))}  ${names.join(', ')}`;
    return [...wrap(heading, width), ...wrap(reason, width - 4).map((line) => `    ${line}`)];
  });
}
