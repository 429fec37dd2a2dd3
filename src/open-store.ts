import { collections } from './collections.ts';
import type { Config } from './config.ts';
import { settings } from './settings.ts';
import { openLowdbStore } from './store/lowdb/open.ts';
import { removeLedger } from './store/lowdb/remove.ts';
import { writeLedger } from './store/lowdb/write-ledger.ts';
import { removeInstitution } from './store/postgres/administer.ts';
import { openPostgresStore } from './store/postgres/open.ts';
import type { WriteBackup } from './store/postgres/postgres-store.ts';
import type { Store } from './store/store.ts';

/**
 * The configured store. `readOnly` takes no lock of the embedded one and makes no tables, so that it works beside a
 * running bot. @throws StoreError
 */
export function openStore(
  { database, dataDirectory }: Config,
  log: { readonly warn: (fields: object, message: string) => void },
  readOnly = false,
): Promise<Store> {
  const onWarning = (message: string, fields: object): void => log.warn(fields, message);
  if (database === null) return openLowdbStore({ directory: dataDirectory, collections, readOnly, onWarning });
  return openPostgresStore({ ...database, collections, readOnly, onWarning, writeBackup });
}

/** Either engine's backups are folders of the embedded one. */
const writeBackup: WriteBackup = (store, directory) => writeLedger(store, { directory, collections });

/** Removes everything of the configured store, which must be closed, for good. @throws StoreError */
export const removeStore = ({ database, dataDirectory }: Config): Promise<void> =>
  database === null ? removeLedger(dataDirectory) : removeInstitution({ ...database, collections });

/** Whether a store holds the sample college, on which no real messenger starts. */
export const isSample = async (store: Store): Promise<boolean> =>
  (await store.read((view) => view.get(settings, 'sample')))?.value === true;
