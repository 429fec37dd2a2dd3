import { type AnyCollection, type Collection, columnsOf, type IndexValue, keyOf } from '../../domain/collection.ts';
import { compareTuples, fieldOf, type Row } from '../order.ts';
import type { Page, Query, TotalsRow } from '../store.ts';
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
    const rows = isBefore(from, to) ? order.between(from, to, descending, limit + 1) : [];
    const more = rows.length > limit;
    if (more) rows.pop();
    const last = rows.at(-1);
    return { rows, next: more && last !== undefined ? JSON.stringify(order.tupleOf(last)) : null };
  }

  count(query: Query): number {
    const order = this.#orderOf(query);
    const { from, to } = rangeOf(order, query);
    return order.countBetween(from, to);
  }

  /** Groups come in the order of their values. */
  totals(query: Query & { readonly groupBy: readonly string[]; readonly sum: readonly string[] }): TotalsRow[] {
    const { groupBy, sum } = query;
    const unknown = [...groupBy, ...sum].find((field) => !columnsOf(this.collection).includes(field));
    if (unknown !== undefined) throw new TypeError(`${this.collection.name} declares no totals of ${unknown}`);
    const order = this.#orderOf(query);
    const { from, to } = rangeOf(order, query);
    if (!isBefore(from, to)) return [];
    const groups = new Map<string, { group: IndexValue[]; count: number; sums: number[] }>();
    for (const row of order.between(from, to)) {
      const group = groupBy.map((field) => fieldOf(row, field));
      const id = JSON.stringify(group);
      const total = groups.get(id) ?? { group, count: 0, sums: sum.map(() => 0) };
      if (total.count === 0) groups.set(id, total);
      total.count += 1;
      for (const [i, field] of sum.entries()) total.sums[i] = (total.sums[i] ?? 0) + Number(fieldOf(row, field));
    }
    return [...groups.values()].sort((a, b) => compareTuples(a.group, b.group));
  }

  /** The rows by key as they are now; later changes do not show. */
  view(): Row[][] {
    return this.#orders.get(byKey)?.view() ?? [];
  }

  #orderOf({ index = byKey }: Query): SortedRows {
    const order = this.#orders.get(index);
    if (order === undefined) throw new TypeError(`${this.collection.name} has no index ${index}`);
    return order;
  }
}

/** The places that bound a query's rows. */
function rangeOf(order: SortedRows, { equals = [], from, to }: Query): { from: Place; to: Place } {
  return {
    from: order.seek(from === undefined ? equals : [...equals, from], false),
    to: order.seek(to === undefined ? equals : [...equals, to], true),
  };
}
