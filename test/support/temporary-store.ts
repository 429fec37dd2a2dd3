import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyCollection } from '../../src/domain/collection.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import type { Store } from '../../src/store/store.ts';

export interface TemporaryStore {
  store: Store;
  readonly directory: string;
  /** Closes the store and opens it again from what lies on disk. */
  reopen(): Promise<Store>;
  remove(): Promise<void>;
}

/** A real embedded store in a folder of its own; `inMemory` where the system has such a place, for very many writes. */
export async function openTemporaryStore(
  collections: readonly AnyCollection[],
  { inMemory = false }: { readonly inMemory?: boolean } = {},
): Promise<TemporaryStore> {
  const place = inMemory && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const directory = await mkdtemp(join(place, 'xueshibu-store-'));
  const open = (): Promise<Store> => openLowdbStore({ directory: join(directory, 'data'), collections });
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
