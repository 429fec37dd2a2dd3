import type { z } from 'zod';

/** What an index or a key may be made of; ordered null < false < true < numbers < text, text by code unit. */
export type IndexValue = string | number | boolean | null;

/**
 * What a store keeps: declared once, beside the idea that it keeps. Engines derive tables, keys and indexes from it.
 *
 * `kept: 'ledger'` rows are part of the audit chain for ever; `kept: 'operational'` rows (claims, queue, open questions)
 * are durable but leave no trace in it, so that they can be forgotten.
 */
export interface Collection<T extends object> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** The fields that make the key; their values are joined with `:`. */
  readonly key: readonly (keyof T & string)[];
  /** Name → fields in order. Every index ends, implicitly, with the key. */
  readonly indexes: Readonly<Record<string, readonly (keyof T & string)[]>>;
  /**
   * What totals are grouped by and add up, and `where` looks at, besides the fields of the key and of the indexes. An
   * engine may keep it with the named index, so that to add up what that finds it reads no rows.
   */
  readonly totals: { readonly index: string; readonly fields: readonly (keyof T & string)[] } | null;
  /** A second `put` of the same key, and `remove`, are refused. */
  readonly appendOnly: boolean;
  readonly kept: 'ledger' | 'operational';
  /** The blobs that a row names: they are kept as long as it stands. */
  blobsOf(row: T): readonly string[];
  /** The field, if there is one, that takes its values from a sequence of the store. */
  readonly numbered: { readonly field: keyof T & string; readonly sequence: string } | null;
}

/** A collection whose row type does not matter: what lists of collections are made of. */
export interface AnyCollection extends Pick<Collection<object>, 'name' | 'appendOnly' | 'kept' | 'blobsOf'> {
  readonly schema: z.ZodType<object>;
  readonly key: readonly string[];
  readonly indexes: Readonly<Record<string, readonly string[]>>;
  readonly totals: { readonly index: string; readonly fields: readonly string[] } | null;
  readonly numbered: { readonly field: string; readonly sequence: string } | null;
}

export function defineCollection<S extends z.ZodObject>(declaration: {
  name: string;
  schema: S;
  key: readonly (keyof z.output<S> & string)[];
  indexes?: Readonly<Record<string, readonly (keyof z.output<S> & string)[]>>;
  totals?: { index: string; fields: readonly (keyof z.output<S> & string)[] };
  appendOnly?: boolean;
  kept?: 'ledger' | 'operational';
  blobsOf?: (row: z.output<S>) => readonly string[];
  numbered?: { field: keyof z.output<S> & string; sequence: string };
}): Collection<z.output<S>> {
  return {
    name: declaration.name,
    schema: declaration.schema as unknown as z.ZodType<z.output<S>>,
    key: declaration.key,
    indexes: declaration.indexes ?? {},
    totals: declaration.totals ?? null,
    appendOnly: declaration.appendOnly ?? false,
    kept: declaration.kept ?? 'ledger',
    blobsOf: declaration.blobsOf ?? (() => []),
    numbered: declaration.numbered ?? null,
  };
}

/** The key of a row, as `get` takes it. */
export const keyOf = <T extends object>(collection: Collection<T>, row: T): string =>
  collection.key.length === 1
    ? String(row[collection.key[0] as keyof T])
    : collection.key.map((field) => String(row[field])).join(':');

/** The fields that an engine can find, order, group and add up by: all of the key, of the indexes and of the totals. */
export const columnsOf = ({ key, indexes, totals }: AnyCollection): readonly string[] => [
  ...new Set([...key, ...Object.values(indexes).flat(), ...(totals?.fields ?? [])]),
];
