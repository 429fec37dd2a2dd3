import { type Collection, keyOf } from '../domain/collection.ts';
import { byFields, compareValues, fieldOf, matcherOf, pickerOf } from './order.ts';
import { type Cause, listAll, type Query, type Reader, type Transaction } from './store.ts';
import { Summation } from './totals.ts';

/**
 * A transaction that leaves no trace: it sees a view and, over it, what has been put into it. It neither checks rows
 * against their schema nor cuts what it finds into pages.
 */
export function rehearse(view: Reader, cause: Cause): Transaction {
  const written = new Map<string, Map<string, object | null>>();
  const numbers = new Map<string, number>();

  const layerOf = (collection: { name: string }): Map<string, object | null> => {
    const layer = written.get(collection.name) ?? new Map<string, object | null>();
    written.set(collection.name, layer);
    return layer;
  };

  /** In no order. */
  async function matching<T extends object>(collection: Collection<T>, query: Query): Promise<T[]> {
    const { limit: _, after: __, ...unpaged } = query;
    const below = await listAll(view, collection, unpaged);
    const layer = layerOf(collection);
    const rows = below.filter((row) => !layer.has(keyOf(collection, row)));
    const matches = matcherFor(collection, query);
    for (const row of layer.values()) if (row !== null && matches(row as T)) rows.push(row as T);
    return rows;
  }

  async function find<T extends object>(collection: Collection<T>, query: Query): Promise<T[]> {
    const order = byFields([...fieldsOf(collection, query), ...collection.key]);
    const rows = await matching(collection, query);
    return rows.sort(query.order === 'desc' ? (a, b) => order(b, a) : order);
  }

  return {
    cause,
    attribute: () => {},
    get: async <T extends object>(collection: Collection<T>, key: string | number) => {
      const row = layerOf(collection).get(String(key));
      return row === undefined ? view.get(collection, key) : ((row ?? undefined) as T | undefined);
    },
    getAll: async <T extends object>(collection: Collection<T>, keys: readonly string[]) => {
      const layer = layerOf(collection);
      const below = await view.getAll(collection, keys);
      return keys.map((key, i) => (layer.has(key) ? ((layer.get(key) ?? undefined) as T | undefined) : below[i]));
    },
    find: async (collection, query) => ({ rows: await find(collection, query), next: null }),
    pick: async <T extends object, F extends keyof T & string>(
      collection: Collection<T>,
      fields: readonly F[],
      query: Query,
    ) => {
      if (layerOf(collection).size === 0) return view.pick(collection, fields, query);
      const rows = await find(collection, query);
      return { rows: rows.map(pickerOf(collection as never, fields)) as Pick<T, F>[], next: null };
    },
    count: async (collection, query) => (await matching(collection, query)).length,
    totals: async (collection, query) => {
      if (layerOf(collection).size === 0) return view.totals(collection, query);
      const summation = new Summation(collection, query);
      summation.add(await matching(collection, query));
      return summation.result();
    },
    lastNumber: async (sequence) => numbers.get(sequence) ?? view.lastNumber(sequence),
    auditHead: () => view.auditHead(),
    put: async (collection, row) => {
      layerOf(collection).set(keyOf(collection, row), row);
    },
    insert: async (collection, row) => {
      const key = keyOf(collection, row);
      const kept = layerOf(collection).get(key);
      if (kept === undefined ? (await view.get(collection, key)) !== undefined : kept !== null) return false;
      layerOf(collection).set(key, row);
      return true;
    },
    getOrInsert: async <T extends object>(collection: Collection<T>, row: T) => {
      const key = keyOf(collection, row);
      const kept = layerOf(collection).get(key);
      const known = kept === undefined ? await view.get(collection, key) : ((kept ?? undefined) as T | undefined);
      if (known === undefined) layerOf(collection).set(key, row);
      return known ?? row;
    },
    remove: async (collection, key) => {
      layerOf(collection).set(String(key), null);
    },
    nextNumber: async (sequence) => {
      const number = (numbers.get(sequence) ?? (await view.lastNumber(sequence))) + 1;
      numbers.set(sequence, number);
      return number;
    },
  };
}

const fieldsOf = <T extends object>(collection: Collection<T>, { index }: Query): readonly (keyof T & string)[] =>
  index === undefined ? collection.key : (collection.indexes[index] ?? []);

function matcherFor<T extends object>(collection: Collection<T>, query: Query): (row: T) => boolean {
  const fields = fieldsOf(collection, query);
  const { equals = [], from, to, where = {} } = query;
  const isWanted = matcherOf(collection, where);
  const next = fields[equals.length];
  return (row) => {
    if (!equals.every((value, i) => row[fields[i] as keyof T] === value) || !isWanted(row)) return false;
    const bounded = next === undefined ? null : fieldOf(row, next);
    return (
      (from === undefined || compareValues(bounded, from) >= 0) && (to === undefined || compareValues(bounded, to) <= 0)
    );
  };
}
