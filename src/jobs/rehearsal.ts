import { type Collection, type IndexValue, keyOf } from '../domain/collection.ts';
import { type Cause, listAll, type Query, type Reader, type Transaction } from '../store/store.ts';

/**
 * A transaction that leaves no trace: it sees a view and, over it, what has been put into it. It neither checks rows
 * against their schema nor cuts what it finds into pages; `totals` are those of the view.
 */
export function rehearse(view: Reader, cause: Cause): Transaction {
  const written = new Map<string, Map<string, object | null>>();
  const numbers = new Map<string, number>();

  const layerOf = (collection: { name: string }): Map<string, object | null> => {
    const layer = written.get(collection.name) ?? new Map<string, object | null>();
    written.set(collection.name, layer);
    return layer;
  };

  async function find<T extends object>(collection: Collection<T>, query: Query): Promise<T[]> {
    const { limit: _, after: __, ...unpaged } = query;
    const below = await listAll(view, collection, unpaged);
    const layer = layerOf(collection);
    const rows = below.filter((row) => !layer.has(keyOf(collection, row)));
    for (const row of layer.values()) if (row !== null && matches(collection, query, row as T)) rows.push(row as T);
    const direction = query.order === 'desc' ? -1 : 1;
    const order = [...fieldsOf(collection, query), ...collection.key];
    return rows.sort((a, b) => direction * compareBy(order, a, b));
  }

  return {
    cause,
    attribute: () => {},
    get: async <T extends object>(collection: Collection<T>, key: string | number) => {
      const row = layerOf(collection).get(String(key));
      return row === undefined ? view.get(collection, key) : ((row ?? undefined) as T | undefined);
    },
    find: async (collection, query) => ({ rows: await find(collection, query), next: null }),
    count: async (collection, query) => (await find(collection, query)).length,
    totals: (collection, query) => view.totals(collection, query),
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

function matches<T extends object>(collection: Collection<T>, query: Query, row: T): boolean {
  const fields = fieldsOf(collection, query);
  const { equals = [], from, to } = query;
  if (!equals.every((value, i) => row[fields[i] as keyof T] === value)) return false;
  const bounded = row[fields[equals.length] as keyof T] as IndexValue;
  return (from === undefined || compare(bounded, from) >= 0) && (to === undefined || compare(bounded, to) <= 0);
}

function compareBy<T extends object>(fields: readonly (keyof T)[], a: T, b: T): number {
  for (const field of fields) {
    const order = compare(a[field] as IndexValue, b[field] as IndexValue);
    if (order !== 0) return order;
  }
  return 0;
}

/** null < false < true < numbers < text. */
function compare(a: IndexValue, b: IndexValue): number {
  const difference = rankOf(a) - rankOf(b);
  if (difference !== 0 || a === null || b === null) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}

const rankOf = (value: IndexValue): number =>
  value === null ? 0 : typeof value === 'boolean' ? 1 : typeof value === 'number' ? 2 : 3;
