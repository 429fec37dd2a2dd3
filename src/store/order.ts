import { type AnyCollection, columnsOf, type IndexValue } from '../domain/collection.ts';
import type { Condition, Query } from './store.ts';

/** What stands in a row under a field; an absent optional field counts as null. */
export type Row = object;
export const fieldOf = (row: Row, field: string): IndexValue =>
  (row as Record<string, IndexValue | undefined>)[field] ?? null;

const rankOf = (value: IndexValue): number => {
  if (value === null) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  return typeof value === 'number' ? 3 : 4;
};

/** The order of index values: null < false < true < numbers < text, text by code unit. */
export function compareValues(a: IndexValue, b: IndexValue): number {
  if (a === b) return 0;
  if ((typeof a === 'string' && typeof b === 'string') || (typeof a === 'number' && typeof b === 'number')) {
    return a < b ? -1 : 1;
  }
  return rankOf(a) - rankOf(b);
}

/** The order of rows by some fields. */
export const byFields =
  (fields: readonly string[]) =>
  (a: Row, b: Row): number => {
    for (const field of fields) {
      const order = compareValues(fieldOf(a, field), fieldOf(b, field));
      if (order !== 0) return order;
    }
    return 0;
  };

/**
 * Whether a row is what a query's `where` asks for. Lists ask it of every row there is: it takes nanoseconds.
 * @throws TypeError when the collection does not declare a field
 */
export function matcherOf(collection: AnyCollection, where: NonNullable<Query['where']>): (row: Row) => boolean {
  const declared = columnsOf(collection);
  let matches: (row: Row) => boolean = () => true;
  for (const [field, condition] of Object.entries(where).toReversed()) {
    if (!declared.includes(field)) throw new TypeError(`${collection.name} declares no ${field}`);
    const [fits, rest] = [testOf(condition), matches];
    matches = (row) => fits(fieldOf(row, field)) && rest(row);
  }
  return matches;
}

function testOf({ in: values, from, to }: Condition): (value: IndexValue) => boolean {
  const [only, ...others] = values ?? [];
  const wanted = new Set<IndexValue>(values);
  const isIn =
    values === undefined
      ? () => true
      : only !== undefined && others.length === 0
        ? (value: IndexValue) => value === only
        : (value: IndexValue) => wanted.has(value);
  if (from === undefined && to === undefined) return isIn;
  return (value) =>
    isIn(value) &&
    (from === undefined || compareValues(value, from) >= 0) &&
    (to === undefined || compareValues(value, to) <= 0);
}

/** Gives some fields of rows. @throws TypeError when the collection does not declare one */
export function pickerOf(collection: AnyCollection, fields: readonly string[]): (row: Row) => Row {
  const unknown = fields.find((field) => !columnsOf(collection).includes(field));
  if (unknown !== undefined) throw new TypeError(`${collection.name} declares no ${unknown}`);
  return (row) => Object.fromEntries(fields.map((field) => [field, fieldOf(row, field)]));
}
