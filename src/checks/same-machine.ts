import type { Machine } from '../model/machine.ts';

/** A disk, by its place among the sources, as far as it tells whose it is. */
export interface DiskIdentity {
  readonly place: number;
  readonly machine: Machine;
  /** Thumbprint of the certificate that it would have its listener present. */
  readonly certificate: string | undefined;
}

/** Which of the disks is that of the machine that answers at an endpoint. */
export type Owner =
  | { readonly kind: 'disk'; readonly place: number }
  /** More than one may be; nothing tells them apart. */
  | { readonly kind: 'undecided'; readonly places: readonly number[] }
  /** All of them name another machine, or there is none. */
  | { readonly kind: 'none' };

/** Finds the disk by the machine's name and, among several that it leaves, by the certificate that is presented. */
export function ownerOf(
  endpoint: Machine,
  presented: string | undefined,
  disks: readonly DiskIdentity[],
): Owner {
  const possible = disks.filter(({ machine }) => !isAnotherMachine(machine, endpoint));
  const named = preferring(possible, ({ machine }) => hasSameName(machine, endpoint));
  const left = preferring(named, ({ certificate }) => presented !== undefined && certificate === presented);
  const [first, ...others] = left.map(({ place }) => place);
  if (first === undefined) return { kind: 'none' };
  return others.length === 0
    ? { kind: 'disk', place: first }
    : { kind: 'undecided', places: [first, ...others] };
}

function preferring<T>(items: readonly T[], isBetter: (item: T) => boolean): readonly T[] {
  const better = items.filter(isBetter);
  return better.length > 0 ? better : items;
}

/** Whether both tell their names, and these differ. */
export function isAnotherMachine(one: Machine, other: Machine): boolean {
  return bothNamed(one, other) && !hasSameName(one, other);
}

/** Whether both tell their names, and these agree. */
export function hasSameName(one: Machine, other: Machine): boolean {
  return bothNamed(one, other) && netbiosName(one) === netbiosName(other);
}

function bothNamed(one: Machine, other: Machine): boolean {
  return netbiosName(one) !== '' && netbiosName(other) !== '';
}

/** A NetBIOS name is the first 15 characters of the computer's; '' where it is not known. */
function netbiosName({ computerName = '' }: Machine): string {
  return computerName.trim().slice(0, 15).toUpperCase();
}
