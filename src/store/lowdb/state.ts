import type { AnyCollection } from '../../domain/collection.ts';
import type { Row } from '../order.ts';
import { type AuditHead, emptyHead } from '../store.ts';
import { Table } from './table.ts';

/** One change of one row as the journal carries it; `to` is null for a removal. */
export interface Change {
  readonly collection: string;
  readonly key: string;
  readonly to: Row | null;
}

/** Everything that the ledger says now. */
export class State {
  readonly tables: ReadonlyMap<string, Table>;
  /** The last number given out of each sequence. */
  readonly numbers = new Map<string, number>();
  /** Number of the last journal line. */
  line = 0;
  head: AuditHead = emptyHead;

  constructor(collections: readonly AnyCollection[]) {
    this.tables = new Map(collections.map((collection) => [collection.name, new Table(collection)]));
  }

  /** The blobs that any row names. */
  namedBlobs(): Set<string> {
    const named = new Set<string>();
    for (const table of this.tables.values()) {
      for (const rows of table.view()) {
        for (const row of rows) for (const blob of table.collection.blobsOf(row)) named.add(blob);
      }
    }
    return named;
  }

  tableOf(collection: { readonly name: string }): Table {
    const table = this.tables.get(collection.name);
    if (table === undefined) throw new TypeError(`the store was opened without ${collection.name}`);
    return table;
  }
}
