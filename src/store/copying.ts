import type { AnyCollection, Collection } from '../domain/collection.ts';
import { type AuditHead, type AuditRecord, type Reader, type Store, StoreError } from './store.ts';

/** Told while a whole store is copied: how many of its rows and audit records are done. */
export type OnProgress = (done: number, total: number) => void;

/** Rows of all collections. */
export async function countRows(view: Reader, collections: readonly AnyCollection[]): Promise<number> {
  let rows = 0;
  for (const collection of collections) rows += await view.count(anyRows(collection), {});
  return rows;
}

/** A collection from the list of all, as a view takes it. */
export const anyRows = (collection: AnyCollection): Collection<object> => collection as unknown as Collection<object>;

/** The chain up to `head`: what was committed later is not part of the copy. */
export async function* recordsUpTo(store: Store, head: AuditHead): AsyncGenerator<AuditRecord> {
  if (head.n === 0) return;
  for await (const record of store.auditRecords()) {
    yield record;
    if (record.n >= head.n) return;
  }
}

/** All blobs one by one, but those that were swept meanwhile, and those that are damaged: the rest is worth a copy. */
export async function* soundBlobs({ blobs }: Store): AsyncGenerator<{ hash: string; bytes: Uint8Array }> {
  for (const hash of await blobs.list()) {
    const bytes = await blobs.get(hash).catch((error: unknown) => {
      if (error instanceof StoreError && error.fault === 'damaged') return undefined;
      throw error;
    });
    if (bytes !== undefined) yield { hash, bytes };
  }
}

/** Passes pages or records on and tells, all in all, how many of `total` have come by. */
export function createTally(total: number, onProgress: OnProgress): (count: number) => void {
  let done = 0;
  return (count) => {
    done += count;
    onProgress(done, total);
  };
}
