import { collections } from './collections.ts';
import type { Config } from './config.ts';
import { settings } from './settings.ts';
import { openLowdbStore } from './store/lowdb/open.ts';
import { removeLedger } from './store/lowdb/remove.ts';
import { writeLedger } from './store/lowdb/write-ledger.ts';
import type { WriteBackup } from './store/postgres/postgres-store.ts';
import type { Store } from './store/store.ts';
import { generation } from './table-generations.ts';

/**
 * The configured store. `readOnly` takes no lock of the embedded one and makes no tables, so that it works beside a
 * running bot. @throws StoreError
 */
export async function openStore(
  { database, dataDirectory }: Config,
  log: { readonly warn: (fields: object, message: string) => void },
  readOnly = false,
): Promise<Store> {
  const onWarning = (message: string, fields: object): void => log.warn(fields, message);
  if (database === null) return openLowdbStore({ directory: dataDirectory, collections, readOnly, onWarning });
  const { openPostgresStore } = await postgres.open();
  return openPostgresStore({ ...database, collections, generation, readOnly, onWarning, writeBackup });
}

/** Loaded only where it is configured: the driver is a large part of a short command. */
const postgres = {
  open: () => import('./store/postgres/open.ts'),
  administer: () => import('./store/postgres/administer.ts'),
};

/** Whether the admin's address is one of the same database. @throws StoreError `other-database`, `away` */
export async function checkAdmin({ database }: Config): Promise<void> {
  if (database === null || database.adminUrl === null) return;
  const { refuseOtherDatabase } = await import('./store/postgres/same-database.ts');
  await refuseOtherDatabase(database.url, database.adminUrl);
}

/** Either engine's backups are folders of the embedded one. */
const writeBackup: WriteBackup = (store, directory) => writeLedger(store, { directory, collections });

/** Removes everything of the configured store, which must be closed, for good. @throws StoreError */
export async function removeStore({ database, dataDirectory }: Config): Promise<void> {
  if (database === null) return removeLedger(dataDirectory);
  const { removeInstitution } = await postgres.administer();
  return removeInstitution({ ...database, collections });
}

/** Whether a store holds the sample college, on which no real messenger starts. */
export const isSample = async (store: Store): Promise<boolean> =>
  (await store.read((view) => view.get(settings, 'sample')))?.value === true;
