import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layoutOf, segmentPath, snapshotPath } from '../../src/store/lowdb/layout.ts';
import { type LowdbOptions, openLowdbStore } from '../../src/store/lowdb/open.ts';
import { type Store, StoreError } from '../../src/store/store.ts';
import { causeOf, claims, contractCollections, people, personOf } from './store-samples.ts';

/** A data folder for tests that look at the files of the embedded store. */
export interface LedgerFolder {
  readonly scratch: string;
  readonly directory: string;
  readonly ledger: string;
  readonly snapshot: string;
  segment(number: number): string;
  open(options?: Partial<LowdbOptions>): Promise<Store>;
  remove(): Promise<void>;
}

export async function makeLedgerFolder(): Promise<LedgerFolder> {
  const scratch = await mkdtemp(join(tmpdir(), 'xueshibu-ledger-'));
  const directory = join(scratch, 'data');
  const { ledger } = layoutOf(directory);
  return {
    scratch,
    directory,
    ledger,
    snapshot: snapshotPath(ledger),
    segment: (number) => segmentPath(ledger, number),
    open: (options) => openLowdbStore({ directory, collections: contractCollections, ...options }),
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** One transaction that puts a person and, so that one can tell it from others, a claim. */
export const addPerson = (store: Store, id: number): Promise<number> =>
  store.transaction(causeOf(`om_${id}`), async (tx) => {
    await tx.put(people, personOf(id));
    await tx.put(claims, { id: `om_${id}`, at: 'x' });
    return id;
  });

export const idsOf = async (store: Store): Promise<number[]> =>
  (await store.read((view) => view.find(people, { limit: 1_000_000 }))).rows.map(({ id }) => id);

/** The fault and the sentence of the StoreError that a promise ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<{ fault: string; message: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof StoreError) return { fault: error.fault, message: error.message };
    throw error;
  }
  throw new Error('it was not refused');
}

/** Every file below a folder with size, time of change and content, to see that nothing was touched. */
export async function describeFiles(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    const { mtimeMs, size } = await stat(path);
    const content = (await stat(path)).isFile() ? await readFile(path, 'base64') : '';
    files[name] = `${size} ${mtimeMs} ${content}`;
  }
  return files;
}
