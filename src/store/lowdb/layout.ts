import { join } from 'node:path';

/**
 * Where things lie in the data folder. Everything that makes the ledger stands in one folder, so that a restore can
 * put a whole ledger in place of another with one rename.
 */
export interface Layout {
  readonly directory: string;
  readonly lock: string;
  readonly ledger: string;
  /** A complete restored ledger that only waits for its rename. */
  readonly restored: string;
}

export const layoutOf = (directory: string): Layout => ({
  directory,
  lock: join(directory, 'lock'),
  ledger: join(directory, 'ledger'),
  restored: join(directory, 'restored'),
});

export const snapshotPath = (ledger: string): string => join(ledger, 'snapshot.jsonl');
export const journalFolder = (ledger: string): string => join(ledger, 'journal');
export const blobFolder = (ledger: string): string => join(ledger, 'blobs');
export const segmentName = (segment: number): string => `${String(segment).padStart(6, '0')}.jsonl`;
export const segmentPath = (ledger: string, segment: number): string =>
  join(journalFolder(ledger), segmentName(segment));

/** Version of the format of snapshot and journal. */
export const schemaVersion = 1;
