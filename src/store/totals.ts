import { type AnyCollection, columnsOf, type IndexValue } from '../domain/collection.ts';
import { fieldOf, matcherOf, type Row } from './order.ts';
import type { Portion, Query, TotalsRow } from './store.ts';

export interface TotalsOf extends Query {
  readonly groupBy: readonly string[];
  readonly sum: readonly (string | Portion)[];
  readonly distinct?: string;
}

interface Group {
  readonly group: readonly IndexValue[];
  count: number;
  readonly sums: number[];
  /** What `distinct` has been. */
  readonly seen: Set<IndexValue>;
}

/** Adds rows up by groups. */
export class Totals {
  readonly #query: TotalsOf;
  readonly #matches: (row: Row) => boolean;
  /** What a row adds to each sum. */
  readonly #amounts: readonly ((row: Row) => number)[];
  readonly #groups = new Map<IndexValue, Group>();

  /** @throws TypeError when the collection does not declare a field */
  constructor(collection: AnyCollection, query: TotalsOf) {
    const { groupBy, sum, distinct, where } = query;
    const declared = columnsOf(collection);
    const added = sum.flatMap((one) => (typeof one === 'string' ? one : (one.of ?? [])));
    const unknown = [...groupBy, ...added, distinct ?? []].flat().find((field) => !declared.includes(field));
    if (unknown !== undefined) throw new TypeError(`${collection.name} declares no ${unknown}`);
    this.#query = query;
    this.#matches = where === undefined ? () => true : matcherOf(collection, where);
    this.#amounts = sum.map((one) => {
      if (typeof one === 'string') return (row) => Number(fieldOf(row, one));
      const { of: field } = one;
      const counts = matcherOf(collection, one.where);
      return (row) => (counts(row) ? (field === undefined ? 1 : Number(fieldOf(row, field))) : 0);
    });
  }

  add(rows: readonly Row[]): void {
    const { distinct } = this.#query;
    const [matches, amounts] = [this.#matches, this.#amounts];
    for (const row of rows) {
      if (!matches(row)) continue;
      const total = this.#groupOf(row);
      total.count += 1;
      for (let i = 0; i < amounts.length; i += 1) {
        total.sums[i] = (total.sums[i] ?? 0) + (amounts[i] as (row: Row) => number)(row);
      }
      if (distinct !== undefined) total.seen.add(fieldOf(row, distinct));
    }
  }

  rows(): TotalsRow[] {
    const isCounted = this.#query.distinct !== undefined;
    return [...this.#groups.values()].map(({ group, count, sums, seen }) => ({
      group,
      count,
      sums,
      ...(isCounted ? { distinct: seen.size } : {}),
    }));
  }

  #groupOf(row: Row): Group {
    const { groupBy, sum } = this.#query;
    // Most totals are by one field: its value is its own name.
    const id =
      groupBy.length === 1
        ? fieldOf(row, groupBy[0] as string)
        : JSON.stringify(groupBy.map((field) => fieldOf(row, field)));
    const known = this.#groups.get(id);
    if (known !== undefined) return known;
    const group = {
      group: groupBy.map((field) => fieldOf(row, field)),
      count: 0,
      sums: sum.map(() => 0),
      seen: new Set<IndexValue>(),
    };
    this.#groups.set(id, group);
    return group;
  }
}
