import { entriesAt } from './codes/index.ts';
import type { Entry, Family, Phase, SentenceId } from './entry.ts';

/**
 * What the shape of a number tells, where no table has the number itself. Wrapped numbers are unwrapped: FreeRDP's
 * class 1, an HRESULT that carries a Win32 error (MS-ERREF 2.1.2) or an NTSTATUS (its N bit).
 */
export function decode(code: number): Entry[] {
  const wrapped = unwrapped(code);
  if (wrapped !== undefined) return [wrapped];
  const shape = shapes.find(({ fits }) => fits(code));
  if (shape === undefined) return [];
  const { family, meaning, phase } = shape;
  return [{ family, code, symbol: '', meaning, phase, causes: [], notes: [], listed: false }];
}

interface Wrapper {
  readonly fits: (code: number) => boolean;
  readonly inner: (code: number) => number;
  readonly innerFamily: Family;
  readonly family: Family;
  readonly note: SentenceId;
}

const wrappers: readonly Wrapper[] = [
  {
    fits: (code) => upperHalf(code) === 1,
    inner: lowerHalf,
    innerFamily: 'error-info',
    family: 'freerdp-error',
    note: 'explain.note.freerdp-errinfo',
  },
  {
    fits: (code) => upperHalf(code) === 0x8007,
    inner: lowerHalf,
    innerFamily: 'win32',
    family: 'hresult',
    note: 'explain.note.win32-wrapped',
  },
  {
    fits: (code) => code >= 0xd0000000 && code < 0xe0000000,
    inner: (code) => code - 0x10000000,
    innerFamily: 'ntstatus',
    family: 'hresult',
    note: 'explain.note.ntstatus-wrapped',
  },
];

function unwrapped(code: number): Entry | undefined {
  for (const { fits, inner, innerFamily, family, note } of wrappers) {
    if (!fits(code)) continue;
    const entry = entriesAt(inner(code)).find((candidate) => candidate.family === innerFamily);
    if (entry !== undefined) return { ...entry, family, code, notes: [...entry.notes, note] };
  }
  return undefined;
}

interface Shape {
  readonly fits: (code: number) => boolean;
  readonly family: Family;
  readonly meaning: SentenceId;
  readonly phase: Phase;
}

/** What fits first holds. */
const shapes: readonly Shape[] = [
  shape(between(0x20001, 0x2ffff), 'freerdp-error', 'explain.decoded.freerdp-connect', 'unknown'),
  shape(between(0x10001, 0x1ffff), 'freerdp-error', 'explain.decoded.freerdp-errinfo', 'session'),
  shape(between(0x3000000, 0x30000ff), 'disconnect-reason', 'explain.decoded.disconnect-gateway', 'gateway'),
  shape(
    between(0x100, 0x1ff, notADisconnectReason),
    'error-info',
    'explain.decoded.errinfo-licensing',
    'licensing',
  ),
  shape(
    between(0x400, 0x41f, notADisconnectReason),
    'error-info',
    'explain.decoded.errinfo-broker',
    'broker',
  ),
  shape(between(0x10c9, 0x1190), 'error-info', 'explain.decoded.errinfo-protocol', 'session'),
  shape(between(0x1191, 0x119f), 'error-info', 'explain.decoded.errinfo-encryption', 'session'),
  ...disconnectReasonShapes(),
  shape(between(0x1000, 0x7fff), 'extended-reason', 'explain.decoded.extended-protocol', 'session'),
  shape(facility(0xc, 0xa), 'ntstatus', 'explain.decoded.ntstatus-terminal-server', 'session'),
  shape(between(0xc0000000, 0xcfffffff), 'ntstatus', 'explain.decoded.ntstatus', 'unknown'),
  shape(facility(8, 1), 'hresult', 'explain.decoded.hresult-rpc', 'unknown'),
  shape(facility(8, 4), 'hresult', 'explain.decoded.hresult-interface', 'unknown'),
  shape(facility(8, 7), 'hresult', 'explain.decoded.hresult-win32', 'unknown'),
  shape(facility(8, 9), 'hresult', 'explain.decoded.hresult-security', 'any'),
  shape(facility(8, 0xb), 'hresult', 'explain.decoded.hresult-certificate', 'tls'),
  shape(facility(8, 0x10), 'hresult', 'explain.decoded.hresult-smart-card', 'nla'),
  shape(between(0x80000000, 0x8fffffff), 'hresult', 'explain.decoded.hresult', 'unknown'),
];

/**
 * No page documents how mstsc makes its numbers. That their last byte groups them is read off the published ones: 04 is
 * sockets and the connection, 06 encryption and memory, 07 TLS and the sign-in, 08 the client, 09 credentials, 0A
 * smart cards.
 */
function disconnectReasonShapes(): Shape[] {
  const byLastByte: readonly (readonly [number, SentenceId, Phase])[] = [
    [0x04, 'explain.decoded.disconnect-network', 'any'],
    [0x06, 'explain.decoded.disconnect-security', 'any'],
    [0x07, 'explain.decoded.disconnect-sign-in', 'nla'],
    [0x08, 'explain.decoded.disconnect-client', 'client'],
    [0x09, 'explain.decoded.disconnect-credentials', 'negotiation'],
    [0x0a, 'explain.decoded.disconnect-smart-card', 'nla'],
  ];
  return byLastByte.map(([lastByte, meaning, phase]) =>
    shape(
      (code) => mayBeDisconnectReason(code) && code % 0x100 === lastByte,
      'disconnect-reason',
      meaning,
      phase,
    ),
  );
}

function shape(fits: (code: number) => boolean, family: Family, meaning: SentenceId, phase: Phase): Shape {
  return { fits, family, meaning, phase };
}

function between(first: number, last: number, also: (code: number) => boolean = () => true) {
  return (code: number) => code >= first && code <= last && also(code);
}

/** The published ones go up to 0x2604. */
function mayBeDisconnectReason(code: number): boolean {
  return code >= 0x100 && code <= 0x40ff;
}

function notADisconnectReason(code: number): boolean {
  return code % 0x100 < 0x04 || code % 0x100 > 0x0a;
}

/** The highest four bits, and the facility in the eleven or twelve below. */
function facility(top: number, number: number) {
  return (code: number) => Math.floor(code / 0x10000000) === top && upperHalf(code) % 0x1000 === number;
}

function upperHalf(code: number): number {
  return Math.floor(code / 0x10000);
}

function lowerHalf(code: number): number {
  return code % 0x10000;
}
