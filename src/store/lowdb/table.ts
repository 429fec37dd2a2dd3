import { type AnyCollection, type Collection, type IndexValue, keyOf } from '../../domain/collection.ts';
import { matcherOf, type Row } from '../order.ts';
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

  find(query: Query): Page<Row> {
    const order = this.#orderOf(query);
    let { from, to } = rangeOf(order, query);
    const descending = query.order === 'desc';
    if (query.after !== undefined && query.after !== null) {
      const last = JSON.parse(query.after) as IndexValue[];
      const place = order.seek(last, !descending);
      if (descending) to = isBefore(place, to) ? place : to;
      else from = isBefore(from, place) ? place : from;
    }
    const limit = query.limit ?? 100;
    // One more than is asked for tells whether there is another page.
    const rows = this.#rowsBetween(order, { from, to }, query, limit + 1);
    const more = rows.length > limit;
    if (more) rows.pop();
    const last = rows.at(-1);
    return { rows, next: more && last !== undefined ? JSON.stringify(order.tupleOf(last)) : null };
  }

  count(query: Query): number {
    const order = this.#orderOf(query);
    const { from, to } = rangeOf(order, query);
    if (query.where === undefined) return order.countBetween(from, to);
    const matches = matcherOf(this.collection, query.where);
    let count = 0;
    for (const rows of order.pieces(from, to)) for (const row of rows) if (matches(row)) count += 1;
    return count;
  }

  /** The rows that a query's index finds, without regard to its `where`, in pieces, so that others may have a turn between. */
  pieces(query: Query): Iterable<readonly Row[]> {
    const order = this.#orderOf(query);
    const { from, to } = rangeOf(order, query);
    return order.pieces(from, to);
  }

  /** The rows by key as they are now; later changes do not show. */
  view(): Row[][] {
    return this.#orders.get(byKey)?.view() ?? [];
  }

  #rowsBetween(order: SortedRows, { from, to }: Range, { where, order: direction }: Query, most: number): Row[] {
    if (!isBefore(from, to)) return [];
    const descending = direction === 'desc';
    if (where === undefined) return order.between(from, to, descending, most);
    const matches = matcherOf(this.collection, where);
    const found: Row[] = [];
    for (const rows of order.pieces(from, to, descending)) {
      for (const row of rows) if (matches(row) && found.push(row) === most) return found;
    }
    return found;
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

/** The places that bound a query's rows. */
function rangeOf(order: SortedRows, { equals = [], from, to }: Query): Range {
  return {
    from: order.seek(from === undefined ? equals : [...equals, from], false),
    to: order.seek(to === undefined ? equals : [...equals, to], true),
  };
}
