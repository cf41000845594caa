import type { Device } from '../device.ts';
import { FormatError } from '../errors.ts';
import { type ChainedCell, cellsOfBin, listBins } from './cell-allocator.ts';
import { hex } from './cells.ts';
import { EditedBins } from './edit-bins.ts';
import { EditCells } from './edit-cells.ts';
import { cellsOfClassName } from './edit-keys.ts';
import { compareNames, nameSize } from './edit-names.ts';
import { cellsOfLists } from './edit-subkeys.ts';
import { cellsOfValues } from './edit-values.ts';
import { KeyNode } from './key-node.ts';
import { cell, cellSignature, keyNode, keySecurity } from './layout.ts';
import { quoteName, upperCaseName } from './names.ts';
import { recoverHive } from './recovery.ts';
import { hintFits, readLeaves } from './subkey-leaves.ts';

/** What a look at every cell of a hive found. */
export interface HiveIntegrity {
  /** What contradicts the format, a sentence each; none in a sound hive. */
  readonly damage: readonly string[];
  /** Offsets of cells in use that no key leads to: lost space, and no danger. Real hives have some. */
  readonly unreachable: readonly number[];
  readonly keys: number;
  readonly values: number;
}

/**
 * Holds a whole hive, in its newest state, against the format: bins and cells without gap or overlap, every key, list,
 * value and security cell in a cell of its own that is in use, order and hints of the lists, counts, and the ring of
 * the security cells. Throws `FormatError` where there is no hive at all.
 */
export function checkHive(hive: Device, logs: readonly Device[] = []): HiveIntegrity {
  const { bins, base } = recoverHive(hive, logs);
  const cells = new EditCells(new EditedBins(bins), base, 0n);
  const check = new Check(cells);
  check.attempt(() => check.readCells());
  check.attempt(() => check.visit(cells.key(cells.rootCell, 0), 0));
  check.attempt(() => check.visitSecurity());
  return check.outcome();
}

class Check {
  readonly #cells: EditCells;
  readonly #damage: string[] = [];
  readonly #inUse = new Set<number>();
  readonly #reached = new Set<number>();
  /** By offset: how many keys name the security cell. */
  readonly #security = new Map<number, number>();
  #keys = 0;
  #values = 0;

  constructor(cells: EditCells) {
    this.#cells = cells;
  }

  attempt(look: () => void): void {
    try {
      look();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      this.#damage.push(error.message);
    }
  }

  outcome(): HiveIntegrity {
    const unreachable = [...this.#inUse].filter((offset) => !this.#reached.has(offset));
    return { damage: this.#damage, unreachable, keys: this.#keys, values: this.#values };
  }

  readCells(): void {
    const { bins } = this.#cells;
    for (const one of listBins(bins)) {
      this.attempt(() => {
        const found: ChainedCell[] = [...cellsOfBin(bins, one)];
        for (const { offset, isFree } of found) if (!isFree) this.#inUse.add(offset);
      });
    }
  }

  visit(key: KeyNode, depth: number): void {
    const cells = this.#cells;
    this.#keys++;
    this.#values += key.valueCount;
    this.#reach([key.offset], key);
    this.attempt(() => this.#reach(cellsOfClassName(cells, key), key));
    this.attempt(() => this.#reach(cellsOfValues(cells, key), key));
    this.attempt(() => this.#reach(cellsOfLists(cells, key), key));
    this.attempt(() => this.#checkSizes(key));
    const security = cells.word(key.offset, keyNode.security);
    if (security !== cell.none) this.#security.set(security, (this.#security.get(security) ?? 0) + 1);
    this.attempt(() => {
      const subkeys = key.subkeys().filter((subkey) => subkey instanceof KeyNode);
      this.#checkOrder(key, subkeys);
      for (const subkey of subkeys) this.attempt(() => this.visit(subkey, depth + 1));
    });
  }

  /** Every security cell that a key names lies in the one ring, and counts the keys that name it. */
  visitSecurity(): void {
    const cells = this.#cells;
    const [first] = this.#security.keys();
    if (first === undefined) return;
    const ring = new Set<number>();
    for (let at = first; !ring.has(at); ) {
      ring.add(at);
      const next = cells.word(at, keySecurity.next);
      if (
        cells.half(next, keySecurity.signature) !== cellSignature.sk ||
        cells.word(next, keySecurity.previous) !== at
      )
        this.#damage.push(`the ring of security cells is broken between ${hex(at)} and ${hex(next)}`);
      at = next;
    }
    for (const offset of ring) {
      this.#reached.add(offset);
      const counted = cells.word(offset, keySecurity.referenceCount);
      const named = this.#security.get(offset) ?? 0;
      if (counted !== named)
        this.#damage.push(`security at ${hex(offset)} counts ${counted} keys where ${named} name it`);
    }
    for (const offset of this.#security.keys()) {
      if (!ring.has(offset)) this.#damage.push(`security at ${hex(offset)} is not in the ring`);
    }
  }

  #reach(offsets: readonly number[], key: KeyNode): void {
    for (const offset of offsets) {
      if (!this.#inUse.has(offset))
        this.#damage.push(`key ${quoteName(key.name)} has ${hex(offset)}, which is no cell in use`);
      if (this.#reached.has(offset))
        this.#damage.push(`key ${quoteName(key.name)} has ${hex(offset)}, as another one has`);
      this.#reached.add(offset);
    }
  }

  #checkOrder(key: KeyNode, subkeys: readonly KeyNode[]): void {
    if (subkeys.length === 0) return;
    for (const [i, one] of subkeys.entries()) {
      const next = subkeys[i + 1];
      if (next && compareNames(one.name, next.name) >= 0)
        this.#damage.push(`key ${quoteName(key.name)} lists ${quoteName(next.name)} too late`);
    }
    const leaves = readLeaves(
      this.#cells.reader,
      this.#cells.word(key.offset, keyNode.subkeyList),
      subkeys.length,
    );
    let before = 0;
    for (const leaf of leaves) {
      for (let i = 0; i < leaf.count; i++) {
        const name = subkeys[before + i]?.name ?? '';
        if (!hintFits(leaf, i, upperCaseName(name)))
          this.#damage.push(`key ${quoteName(key.name)} lists ${quoteName(name)} by a wrong hint`);
      }
      before += leaf.count;
    }
  }

  #checkSizes(key: KeyNode): void {
    const cells = this.#cells;
    const most = (sizes: readonly number[]) => sizes.reduce((largest, size) => Math.max(largest, size), 0);
    const values = key.values();
    const claims: readonly [string, number, number][] = [
      [
        'value name',
        cells.word(key.offset, keyNode.largestValueName),
        most(values.map(({ name }) => nameSize(name))),
      ],
      ['value', cells.word(key.offset, keyNode.largestValueData), most(values.map(({ size }) => size))],
      [
        'subkey name',
        cells.half(key.offset, keyNode.largestSubkeyName),
        most(key.subkeys().map(({ name }) => nameSize(name))),
      ],
    ];
    for (const [what, claimed, true_] of claims) {
      if (claimed < true_)
        this.#damage.push(
          `key ${quoteName(key.name)} says ${claimed} of its largest ${what}, which has ${true_} bytes`,
        );
    }
    for (const value of values) value.data();
  }
}
