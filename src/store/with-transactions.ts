import type { Store } from './store.ts';

/** The same store, whose transactions begin in another way. */
export const withTransactions = (store: Store, transaction: Store['transaction']): Store => ({
  transaction,
  read: (work) => store.read(work),
  blobs: store.blobs,
  numbers: () => store.numbers(),
  auditRecords: (from) => store.auditRecords(from),
  recentAuditRecords: (options) => store.recentAuditRecords(options),
  status: () => store.status(),
  backup: (directory) => store.backup(directory),
  sweepBlobs: () => store.sweepBlobs(),
  snapshot: () => store.snapshot(),
  close: () => store.close(),
});

/** The same store, which tells after each transaction that something may have changed. */
export const tellChanges = (store: Store, onChange: () => void): Store =>
  withTransactions(store, async (cause, work) => {
    const result = await store.transaction(cause, work);
    onChange();
    return result;
  });
