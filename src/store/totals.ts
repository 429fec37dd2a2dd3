import { type AnyCollection, columnsOf, type IndexValue } from '../domain/collection.ts';
import { fieldOf, matcherOf, type Row } from './order.ts';
import type { Portion, Query, Totals } from './store.ts';

export interface TotalsOf extends Query {
  readonly groupBy: readonly string[];
  readonly sum: readonly (string | Portion)[];
}

/** Adds rows up by groups. */
export class Summation {
  readonly #groupBy: readonly string[];
  readonly #matches: (row: Row) => boolean;
  /** What a row adds to each sum. */
  readonly #amounts: readonly ((row: Row) => number)[];
  /** Which place a group has in the lists. */
  readonly #places = new Map<IndexValue, number>();
  readonly #groups: readonly IndexValue[][];
  readonly #counts: number[] = [];
  readonly #sums: readonly number[][];

  /** @throws TypeError when the collection does not declare a field */
  constructor(collection: AnyCollection, query: TotalsOf) {
    const { groupBy, sum, where } = query;
    const declared = columnsOf(collection);
    const added = sum.flatMap((one) => (typeof one === 'string' ? one : (one.of ?? [])));
    const unknown = [...groupBy, ...added].find((field) => !declared.includes(field));
    if (unknown !== undefined) throw new TypeError(`${collection.name} declares no ${unknown}`);
    this.#groupBy = groupBy;
    this.#groups = groupBy.map(() => []);
    this.#sums = sum.map(() => []);
    this.#matches = where === undefined ? () => true : matcherOf(collection, where);
    this.#amounts = sum.map((one) => {
      if (typeof one === 'string') return (row) => Number(fieldOf(row, one));
      const { of: field } = one;
      const counts = matcherOf(collection, one.where);
      return (row) => (counts(row) ? (field === undefined ? 1 : Number(fieldOf(row, field))) : 0);
    });
  }

  add(rows: readonly Row[]): void {
    const [matches, amounts] = [this.#matches, this.#amounts];
    for (const row of rows) {
      if (!matches(row)) continue;
      const place = this.#placeOf(row);
      this.#counts[place] = (this.#counts[place] as number) + 1;
      for (let i = 0; i < amounts.length; i += 1) {
        const sums = this.#sums[i] as number[];
        sums[place] = (sums[place] as number) + (amounts[i] as (row: Row) => number)(row);
      }
    }
  }

  result(): Totals {
    return { groups: this.#groups, counts: this.#counts, sums: this.#sums };
  }

  #placeOf(row: Row): number {
    const groupBy = this.#groupBy;
    // Most totals are by one field: its value is its own name.
    const id =
      groupBy.length === 1
        ? fieldOf(row, groupBy[0] as string)
        : JSON.stringify(groupBy.map((field) => fieldOf(row, field)));
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.#counts.push(0) - 1;
    this.#places.set(id, place);
    for (const [i, field] of groupBy.entries()) this.#groups[i]?.push(fieldOf(row, field));
    for (const sums of this.#sums) sums.push(0);
    return place;
  }
}
