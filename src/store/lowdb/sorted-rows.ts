import type { IndexValue } from '../../domain/collection.ts';
import { byFields, compareValues, fieldOf, type Row } from '../order.ts';

/** A place between rows: before row `at` of block `block`. */
export interface Place {
  readonly block: number;
  readonly at: number;
}

export const isBefore = (a: Place, b: Place): boolean => a.block < b.block || (a.block === b.block && a.at < b.at);

const blockSize = 512;

/**
 * Rows in the order of some fields, kept as a list of short sorted blocks: finding is two binary searches, adding and
 * removing move at most one block, whatever the number of rows. The fields must tell all rows apart.
 */
export class SortedRows {
  readonly fields: readonly string[];
  #blocks: Row[][] = [];

  constructor(fields: readonly string[]) {
    this.fields = fields;
  }

  /** Replaces everything, much faster than adding one by one. */
  fill(rows: Row[]): void {
    rows.sort(byFields(this.fields));
    this.#blocks = [];
    for (let i = 0; i < rows.length; i += blockSize) this.#blocks.push(rows.slice(i, i + blockSize));
  }

  add(row: Row): void {
    const { block, at } = this.seek(this.tupleOf(row), false);
    // A row after all others goes to the end of the last block instead of opening a new one.
    const target = Math.min(block, this.#blocks.length - 1);
    const rows = this.#blocks[target];
    if (rows === undefined) {
      this.#blocks.push([row]);
      return;
    }
    rows.splice(target === block ? at : rows.length, 0, row);
    if (rows.length > 2 * blockSize) this.#blocks.splice(target + 1, 0, rows.splice(blockSize));
  }

  remove(row: Row): void {
    const { block, at } = this.seek(this.tupleOf(row), false);
    const rows = this.#blocks[block];
    rows?.splice(at, 1);
    if (rows?.length === 0) this.#blocks.splice(block, 1);
  }

  /** Puts `after` where `before` stands. */
  replace(before: Row, after: Row): void {
    if (this.fields.some((field) => fieldOf(before, field) !== fieldOf(after, field))) {
      this.remove(before);
      this.add(after);
      return;
    }
    const { block, at } = this.seek(this.tupleOf(before), false);
    const rows = this.#blocks[block];
    if (rows !== undefined) rows[at] = after;
  }

  tupleOf(row: Row): IndexValue[] {
    return this.fields.map((field) => fieldOf(row, field));
  }

  /** The place before the first row whose leading fields are not before `bound`; with `past`, are beyond it. */
  seek(bound: readonly IndexValue[], past: boolean): Place {
    const last = this.#blocks.length - 1;
    // Numbers and times only grow: most of what is new comes after everything.
    if (last < 0 || !this.#isBeyond(this.#blocks[last]?.at(-1), bound, past)) return { block: last + 1, at: 0 };
    const block = search(last, (i) => this.#isBeyond(this.#blocks[i]?.at(-1), bound, past));
    const rows = this.#blocks[block];
    if (rows === undefined) return { block, at: 0 };
    return { block, at: search(rows.length, (i) => this.#isBeyond(rows[i], bound, past)) };
  }

  /** How many rows lie between two places. */
  countBetween(from: Place, to: Place): number {
    if (!isBefore(from, to)) return 0;
    let count = to.at - from.at;
    for (let block = from.block; block < to.block; block += 1) count += this.#blocks[block]?.length ?? 0;
    return count;
  }

  /** The rows between two places, backwards from `to` when `descending`: a block, or a part of one, at a time. */
  *pieces(from: Place, to: Place, descending = false): Generator<readonly Row[]> {
    const count = to.block - from.block + 1;
    for (let i = 0; i < count; i += 1) {
      const block = descending ? to.block - i : from.block + i;
      const all = this.#blocks[block] ?? [];
      const start = block === from.block ? from.at : 0;
      const end = block === to.block ? to.at : all.length;
      if (start >= end) continue;
      const piece = start === 0 && end === all.length ? all : all.slice(start, end);
      yield descending ? piece.toReversed() : piece;
    }
  }

  /** The blocks as they are now; later changes do not show. */
  view(): Row[][] {
    return this.#blocks.map((rows) => rows.slice());
  }

  #isBeyond(row: Row | undefined, bound: readonly IndexValue[], past: boolean): boolean {
    if (row === undefined) return true;
    for (let i = 0; i < bound.length; i += 1) {
      const order = compareValues(fieldOf(row, this.fields[i] as string), bound[i] as IndexValue);
      if (order !== 0) return order > 0;
    }
    return !past;
  }
}

/** The first of `0 … length` for which `holds`; once it holds, it must hold for all that follow. */
function search(length: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
