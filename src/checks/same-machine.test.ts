import { expect, it } from 'vitest';
import { endpointSource, healthyEndpoint } from '../../lab/world/network-world.ts';
import type { Machine } from '../model/machine.ts';
import { type DiskIdentity, type Owner, ownerOf } from './same-machine.ts';

const { machine: nameless } = endpointSource(healthyEndpoint('windows-2022-nla'));
const named = (computerName: string): Machine => ({ ...nameless, computerName });
const disk = (place: number, name: string | undefined, certificate?: string): DiskIdentity => ({
  place,
  machine: name === undefined ? nameless : named(name),
  certificate,
});
const none: Owner = { kind: 'none' };
const is = (place: number): Owner => ({ kind: 'disk', place });
const undecided = (...places: readonly number[]): Owner => ({ kind: 'undecided', places });

it.each<[string, Machine, string | undefined, readonly DiskIdentity[], Owner]>([
  ['no disk', named('A'), undefined, [], none],
  ['the only disk, of that name', named('A'), undefined, [disk(0, 'a')], is(0)],
  ['the only disk, of another name', named('A'), 'CC', [disk(0, 'B', 'CC')], none],
  ['the only disk, which has no name', named('A'), undefined, [disk(0, undefined)], is(0)],
  ['an empty name is none', named(''), undefined, [disk(0, 'B')], is(0)],
  [
    'a name is cut to 15 characters',
    named('0123456789ABCDE'),
    undefined,
    [disk(0, '0123456789abcdefgh')],
    is(0),
  ],
  ['a name goes before none', named('A'), undefined, [disk(0, undefined), disk(1, 'A')], is(1)],
  ['a name goes before a certificate', named('A'), 'CC', [disk(0, undefined, 'CC'), disk(1, 'A')], is(1)],
  [
    'a certificate tells two namesakes apart',
    named('A'),
    'CC',
    [disk(0, 'A', 'DD'), disk(1, 'A', 'CC')],
    is(1),
  ],
  ['two copies of one disk', named('A'), 'CC', [disk(0, 'A', 'CC'), disk(1, 'A', 'CC')], undecided(0, 1)],
  ['nothing tells', nameless, undefined, [disk(0, 'A', 'CC'), disk(1, 'B')], undecided(0, 1)],
])('%s', (_, endpoint, presented, disks, owner) => {
  expect(ownerOf(endpoint, presented, disks)).toEqual(owner);
});
