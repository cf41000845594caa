import { type CodeTable, type Entry, entryOf } from '../entry.ts';
import { disconnectReasons } from './disconnect-reasons.ts';
import { events } from './events.ts';
import { extendedReasons } from './extended-reasons.ts';
import { fatalErrors } from './fatal-errors.ts';
import { freerdpErrors } from './freerdp-errors.ts';
import { freerdpExitCodes } from './freerdp-exit-codes.ts';
import { gatewayReasons } from './gateway-reasons.ts';
import { negotiationFailures } from './negotiation-failures.ts';
import { ntstatus } from './ntstatus.ts';
import { otherResults } from './other-results.ts';
import { protocolErrors } from './protocol-errors.ts';
import { schannelStates } from './schannel-states.ts';
import { securityResults } from './security-results.ts';
import { serverErrors } from './server-errors.ts';
import { tlsAlerts } from './tls-alerts.ts';
import { win32Errors } from './win32-errors.ts';

/** Every number that rdpmend knows. */
export const codeTables: readonly CodeTable[] = [
  disconnectReasons,
  gatewayReasons,
  freerdpErrors,
  ntstatus,
  securityResults,
  otherResults,
  extendedReasons,
  serverErrors,
  protocolErrors,
  win32Errors,
  negotiationFailures,
  fatalErrors,
  freerdpExitCodes,
  tlsAlerts,
  ...events,
  schannelStates,
];

/** What the tables have under this number (unsigned, 32 bits). */
export function entriesAt(code: number): Entry[] {
  return codeTables.flatMap((table) =>
    table.rows.filter((row) => row[0] === code).map((row) => entryOf(table, row)),
  );
}

/** What the tables have under this name; case and underscores do not matter. */
export function entriesNamed(name: string): Entry[] {
  const wanted = new Set(spellings(name).map(bare));
  return codeTables.flatMap((table) =>
    table.rows
      .filter(([, symbol]) => symbol !== '' && wanted.has(bare(symbol)))
      .map((row) => entryOf(table, row)),
  );
}

/** FreeRDP's own constants are the names of its tables with a longer beginning. */
function spellings(name: string): string[] {
  const [, rest] = /^FREERDP_ERROR_(\w+)$/i.exec(name) ?? [];
  if (rest === undefined) return [name];
  return [rest, rest.replace(/^CONNECT_/i, '')].flatMap((end) => [`ERRCONNECT_${end}`, `ERRINFO_${end}`]);
}

function bare(name: string): string {
  return name.replaceAll('_', '').toUpperCase();
}
