import { hash } from 'node:crypto';
import type { Collection, IndexValue } from '../domain/collection.ts';
import type { Instant } from '../domain/day.ts';

/** Who made a transaction and why; part of its audit record. */
export interface Cause {
  /** 工号, or `system`. */
  readonly actor: string;
  readonly via: 'message' | 'action' | 'event' | 'job' | 'cli' | 'outbox' | 'simulator';
  /** Command, job or subcommand. */
  readonly what: string;
  /** The platform's message id, the job's slot, the file's name. */
  readonly ref: string;
  readonly at: Instant;
}

/** What a field may be: one of some values, or within bounds, both inclusive. */
export interface Condition {
  readonly in?: readonly (string | number)[];
  readonly from?: IndexValue;
  readonly to?: IndexValue;
}

/**
 * Rows by one index: `equals` binds its first fields, `from`/`to` (inclusive) bound the next one. Without `index` the
 * rows come by key. `where` narrows them further, by any fields that the collection declares; every row that the index
 * finds is looked at for it. `after` is the `next` of the page before.
 */
export interface Query {
  readonly index?: string;
  readonly equals?: readonly IndexValue[];
  readonly from?: IndexValue;
  readonly to?: IndexValue;
  readonly where?: Readonly<Record<string, Condition>>;
  readonly order?: 'asc' | 'desc';
  readonly limit?: number;
  readonly after?: string | null;
}

/** `limit` is 100 unless given; `next` is null on the last page. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

/** What some of the rows of a total come to: the sum of a field, or without one how many they are. */
export interface Portion<F extends string = string> {
  readonly of?: F;
  readonly where: Readonly<Record<string, Condition>>;
}

export interface TotalsQuery<T> extends Omit<Query, 'limit' | 'after' | 'order'> {
  readonly groupBy: readonly (keyof T & string)[];
  readonly sum: readonly ((keyof T & string) | Portion<keyof T & string>)[];
}

/** Groups in no order, and what they come to: every list has a place for each, since there may be a hundred thousand. */
export interface Totals {
  /** For each field of `groupBy` what it is in the groups. */
  readonly groups: readonly (readonly IndexValue[])[];
  /** How many rows. */
  readonly counts: readonly number[];
  /** For each of `sum`. */
  readonly sums: readonly (readonly number[])[];
}

/** A consistent view. Rows are the caller's to read, never to change. */
export interface Reader {
  get<T extends object>(collection: Collection<T>, key: string | number): Promise<T | undefined>;
  /** The rows under many keys, in their order; undefined where there is none. */
  getAll<T extends object>(collection: Collection<T>, keys: readonly string[]): Promise<readonly (T | undefined)[]>;
  find<T extends object>(collection: Collection<T>, query: Query): Promise<Page<T>>;
  /** The same rows with only some of the fields that the collection declares: lists over everybody need no whole rows. */
  pick<T extends object, F extends keyof T & string>(
    collection: Collection<T>,
    fields: readonly F[],
    query: Query,
  ): Promise<Page<Pick<T, F>>>;
  count<T extends object>(collection: Collection<T>, query: Omit<Query, 'limit' | 'after' | 'order'>): Promise<number>;
  totals<T extends object>(collection: Collection<T>, query: TotalsQuery<T>): Promise<Totals>;
  /** The number drawn last from a named sequence, 1000 before the first. */
  lastNumber(sequence: string): Promise<number>;
  /** Head of the audit chain before this transaction; `n` is 0 and `hash` 64 zeros on an empty ledger. */
  auditHead(): Promise<AuditHead>;
}

export interface Transaction extends Reader {
  readonly cause: Cause;
  /** Names the actor and the command once they are known; the audit record carries them. */
  attribute(cause: Partial<Pick<Cause, 'actor' | 'what'>>): void;
  /** Inserts or replaces; the row is checked against the collection's schema. @throws StoreError `append-only` */
  put<T extends object>(collection: Collection<T>, row: NoInfer<T>): Promise<void>;
  /**
   * Inserts unless there is a row under the key already: the way to claim something, since transactions that claim
   * different things are not in each other's way. @returns whether it did
   */
  insert<T extends object>(collection: Collection<T>, row: NoInfer<T>): Promise<boolean>;
  /**
   * The row under the key of `row`, which is inserted when there is none: the way to look at what is one's own and most
   * often not there. A `get` of what is not there is in the way of those who insert next to it.
   */
  getOrInsert<T extends object>(collection: Collection<T>, row: NoInfer<T>): Promise<T>;
  /** Removes; nothing happens when there is no such row. @throws StoreError `append-only` */
  remove<T extends object>(collection: Collection<T>, key: string | number): Promise<void>;
  /** The next number of a named sequence, starting at 1001; gaps are allowed, repetition is not. */
  nextNumber(sequence: string): Promise<number>;
}

export interface AuditHead {
  readonly n: number;
  /** 64 hex digits. */
  readonly hash: string;
}

/**
 * The canonical record of one transaction, the same on every engine. `hash` is
 * sha256(JSON.stringify([n, cause, changes, prev])); `to` is the row after the change (null: removed), its fields in
 * the order of the schema. One change per row, in the order in which they were first touched, `cause` in the order of
 * its declaration. Transactions of the outbox and the simulator's own memory that touch no ledger collection leave none.
 */
export interface AuditRecord {
  readonly n: number;
  readonly cause: Cause;
  readonly changes: readonly { readonly collection: string; readonly key: string; readonly to: unknown }[];
  readonly prev: string;
  readonly hash: string;
}

/** The head of an empty chain. */
export const emptyHead: AuditHead = { n: 0, hash: '0'.repeat(64) };

/** The hash of a record, from what it covers. */
export const hashRecord = ({ n, cause, changes, prev }: Omit<AuditRecord, 'hash'>): string =>
  hash('sha256', JSON.stringify([n, cause, changes, prev]));

/** Whether a record continues the chain at `head` and carries its own hash. */
export const joins = (head: AuditHead, record: AuditRecord): boolean =>
  record.n === head.n + 1 && record.prev === head.hash && record.hash === hashRecord(record);

/** Content-addressed files beside the ledger: long texts and attachments. */
export interface Blobs {
  /** Durable when it resolves. @returns sha256, 64 hex digits */
  put(bytes: Uint8Array): Promise<string>;
  get(hash: string): Promise<Uint8Array | undefined>;
  remove(hash: string): Promise<void>;
  /** The hashes of all that are there, in no order. */
  list(): Promise<readonly string[]>;
}

export interface Store {
  /**
   * Serialisable, all or nothing; resolves when durable. `work` awaits nothing but its transaction and has no other
   * effect: an engine may run it again. A throw inside rolls everything back and is passed on.
   * @throws StoreError `unavailable` when it could not be made durable
   */
  transaction<R>(cause: Cause, work: (tx: Transaction) => Promise<R>): Promise<R>;
  /** Resolves when everything that it saw is durable. */
  read<R>(work: (view: Reader) => Promise<R>): Promise<R>;
  readonly blobs: Blobs;
  /** Every sequence that was ever drawn from, with its last number; as of now, and no smaller than in any view before. */
  numbers(): Promise<ReadonlyMap<string, number>>;
  /** The audit chain in order, from record `from` (1 = the first). */
  auditRecords(from?: number): AsyncIterable<AuditRecord>;
  /**
   * The last `limit` records, newest first; with `before` only those with a smaller number, so that the last one shown
   * leads to the page after it. Costs as much as what lies between the newest record and the last one given.
   */
  recentAuditRecords(options: { readonly limit: number; readonly before?: number }): Promise<readonly AuditRecord[]>;
  status(): { readonly ready: true } | { readonly ready: false; readonly reason: string };
  /** Writes a complete copy that `restore` can read into a folder that does not exist yet or is empty. */
  backup(directory: string): Promise<{ readonly records: number; readonly head: AuditHead }>;
  /**
   * Removes blobs that no row names, and that were put more than a day ago: a transaction that is on its way may yet
   * name a younger one. @returns how many
   */
  sweepBlobs(): Promise<number>;
  /** Makes the next start fast: compacts what the engine keeps besides the current state. */
  snapshot(): Promise<void>;
  close(): Promise<void>;
}

export type StoreFault =
  /** `DATA_DIR` cannot be written (73). */
  | 'not-writable'
  /** Disk full or an input/output error (74). */
  | 'io'
  /** Another process holds the folder (75). */
  | 'in-use'
  /** Damaged journal or snapshot, unknown schema version (65). */
  | 'damaged'
  /** Not now: answered with 503 so that the platform delivers again. */
  | 'unavailable'
  /** Not now either: the database cannot be reached (69). */
  | 'away'
  /** The database has not the tables that this program needs, and the role may not make them (78). */
  | 'not-prepared'
  /** The admin's address leads to another database than the bot's (78). */
  | 'other-database'
  | 'append-only';

/** `message` is a Chinese sentence that says what is wrong and what to do. */
export class StoreError extends Error {
  readonly fault: StoreFault;
  constructor(fault: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.fault = fault;
  }
}

/** Whether it is refused for now only: nothing was changed, and the same may succeed later. */
export const isForNow = (error: unknown): error is StoreError =>
  error instanceof StoreError && (error.fault === 'unavailable' || error.fault === 'away');

type WholeQuery = Omit<Query, 'limit' | 'after'>;

/** All rows of a query, page by page. */
export async function listAll<T extends object>(
  view: Reader,
  collection: Collection<T>,
  query: WholeQuery = {},
): Promise<T[]> {
  const rows: T[] = [];
  await eachRow(view, collection, query, (row) => rows.push(row));
  return rows;
}

/** Hands every row of a query to `visit`, page by page, without keeping them. */
export async function eachRow<T extends object>(
  view: Reader,
  collection: Collection<T>,
  query: WholeQuery,
  visit: (row: T) => void,
): Promise<void> {
  for await (const rows of pagesOf(view, collection, query)) for (const row of rows) visit(row);
}

/** All rows of a query in pages, none of which is empty. */
export const pagesOf = <T extends object>(
  view: Reader,
  collection: Collection<T>,
  query: WholeQuery = {},
): AsyncGenerator<readonly T[]> => allPages((after) => view.find(collection, { ...query, limit: 2000, after }));

/** Some fields of all rows of a query. */
export async function pickAll<T extends object, F extends keyof T & string>(
  view: Reader,
  collection: Collection<T>,
  fields: readonly F[],
  query: WholeQuery = {},
): Promise<Pick<T, F>[]> {
  // All are kept anyhow, and a database need not be asked again and again.
  const ask = (after: string | null) => view.pick(collection, fields, { ...query, limit: 200_000, after });
  const rows: Pick<T, F>[] = [];
  for await (const page of allPages(ask)) for (const row of page) rows.push(row);
  return rows;
}

/** Hands some fields of every row of a query to `visit`, page by page, without keeping them. */
export async function eachPicked<T extends object, F extends keyof T & string>(
  view: Reader,
  collection: Collection<T>,
  fields: readonly F[],
  query: WholeQuery,
  visit: (row: Pick<T, F>) => void,
): Promise<void> {
  const ask = (after: string | null) => view.pick(collection, fields, { ...query, limit: 20_000, after });
  for await (const rows of allPages(ask)) for (const row of rows) visit(row);
}

async function* allPages<R>(ask: (after: string | null) => Promise<Page<R>>): AsyncGenerator<readonly R[]> {
  let after: string | null = null;
  do {
    const page: Page<R> = await ask(after);
    if (page.rows.length > 0) yield page.rows;
    after = page.next;
  } while (after !== null);
}
