import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyCollection } from '../../src/domain/collection.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import type { Store } from '../../src/store/store.ts';
import { swiftDisk } from './swift-disk.ts';

export interface TemporaryStore {
  store: Store;
  readonly directory: string;
  /** Closes the store and opens it again from what lies on disk. */
  reopen(): Promise<Store>;
  remove(): Promise<void>;
}

/** A real embedded store in a folder of its own, which waits for no sync. */
export async function openTemporaryStore(collections: readonly AnyCollection[]): Promise<TemporaryStore> {
  const directory = await mkdtemp(join(tmpdir(), 'xueshibu-store-'));
  const open = (): Promise<Store> =>
    openLowdbStore({ directory: join(directory, 'data'), collections, disk: swiftDisk });
  const opened: TemporaryStore = {
    directory,
    store: await open(),
    reopen: async () => {
      await opened.store.close();
      opened.store = await open();
      return opened.store;
    },
    remove: async () => {
      await opened.store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return opened;
}
