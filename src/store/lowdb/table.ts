import { type AnyCollection, type Collection, type IndexValue, keyOf } from '../../domain/collection.ts';
import { compareValues, matcherOf, type Row } from '../order.ts';
import type { Page, Query } from '../store.ts';
import { isBefore, type Place, SortedRows } from './sorted-rows.ts';

const byKey = '';

/** One collection in memory: its rows by key, and in the order of each of its indexes. */
export class Table {
  readonly collection: AnyCollection;
  readonly #rows = new Map<string, Row>();
  readonly #orders: ReadonlyMap<string, SortedRows>;

  constructor(collection: AnyCollection) {
    this.collection = collection;
    const { key } = collection;
    const orders = new Map([[byKey, new SortedRows(key)]]);
    for (const [name, fields] of Object.entries(collection.indexes)) {
      orders.set(name, new SortedRows([...fields, ...key.filter((field) => !fields.includes(field))]));
    }
    this.#orders = orders;
  }

  keyOf(row: Row): string {
    return keyOf(this.collection as unknown as Collection<Row>, row);
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  /** Sets the row under a key, or removes it (undefined). @returns what stood there before */
  set(key: string, row: Row | undefined): Row | undefined {
    const before = this.load(key, row);
    for (const order of this.#orders.values()) {
      if (before === undefined) {
        if (row !== undefined) order.add(row);
      } else if (row === undefined) order.remove(before);
      else order.replace(before, row);
    }
    return before;
  }

  /** `set` without the indexes, for loading much; `index` must follow. */
  load(key: string, row: Row | undefined): Row | undefined {
    const before = this.#rows.get(key);
    if (row === undefined) this.#rows.delete(key);
    else this.#rows.set(key, row);
    return before;
  }

  index(): void {
    for (const order of this.#orders.values()) order.fill([...this.#rows.values()]);
  }

  /** Finds a page; where a `where` has to look at many rows others may have a turn at each `yield`. */
  *find(query: Query): Generator<undefined, Page<Row>> {
    const { after = null, limit = 100 } = query;
    const order = this.#orderOf(query);
    const descending = query.order === 'desc';
    const ranges = rangesOf(order, query);
    const place = after === null ? null : order.seek(JSON.parse(after) as IndexValue[], !descending);
    const left = place === null ? ranges : ranges.map((range) => behind(range, place, descending));
    // One more than is asked for tells whether there is another page.
    const rows: Row[] = [];
    for (const piece of this.#matching(piecesOf(order, left, descending), query)) {
      for (const row of piece) if (rows.push(row) > limit) break;
      if (rows.length > limit) break;
      yield;
    }
    const more = rows.length > limit;
    if (more) rows.pop();
    const last = rows.at(-1);
    return { rows, next: more && last !== undefined ? JSON.stringify(order.tupleOf(last)) : null };
  }

  count(query: Query): number {
    const order = this.#orderOf(query);
    let count = 0;
    if (query.where === undefined)
      for (const { from, to } of rangesOf(order, query)) count += order.countBetween(from, to);
    else for (const rows of this.#matching(this.pieces(query), query)) count += rows.length;
    return count;
  }

  /** The rows that a query's index finds, not all of which are what its `where` asks for: in pieces, so that others may have a turn between. */
  pieces(query: Query): Iterable<readonly Row[]> {
    const order = this.#orderOf(query);
    return piecesOf(order, rangesOf(order, query), false);
  }

  /** The rows by key as they are now; later changes do not show. */
  view(): Row[][] {
    return this.#orders.get(byKey)?.view() ?? [];
  }

  *#matching(pieces: Iterable<readonly Row[]>, { where }: Query): Generator<readonly Row[]> {
    if (where === undefined) return yield* pieces;
    const matches = matcherOf(this.collection, where);
    for (const rows of pieces) yield rows.filter(matches);
  }

  #orderOf({ index = byKey }: Query): SortedRows {
    const order = this.#orders.get(index);
    if (order === undefined) throw new TypeError(`${this.collection.name} has no index ${index}`);
    return order;
  }
}

interface Range {
  readonly from: Place;
  readonly to: Place;
}

/** The places that bound a query's rows: of one range, or of one for each value that the next field of the index may have. */
function rangesOf(order: SortedRows, { equals = [], from, to, where }: Query): Range[] {
  const next = order.fields[equals.length];
  const values = next === undefined || from !== undefined || to !== undefined ? undefined : where?.[next]?.in;
  if (values === undefined) return [rangeOf(order, equals, from, to)];
  return [...new Set<IndexValue>(values)].sort(compareValues).map((value) => rangeOf(order, [...equals, value]));
}

const rangeOf = (order: SortedRows, equals: readonly IndexValue[], from?: IndexValue, to?: IndexValue): Range => ({
  from: order.seek(from === undefined ? equals : [...equals, from], false),
  to: order.seek(to === undefined ? equals : [...equals, to], true),
});

const behind = ({ from, to }: Range, place: Place, descending: boolean): Range =>
  descending ? { from, to: isBefore(place, to) ? place : to } : { from: isBefore(from, place) ? place : from, to };

function* piecesOf(order: SortedRows, ranges: readonly Range[], descending: boolean): Generator<readonly Row[]> {
  for (const { from, to } of descending ? ranges.toReversed() : ranges) {
    if (isBefore(from, to)) yield* order.pieces(from, to, descending);
  }
}
