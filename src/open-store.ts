import { collections } from './collections.ts';
import type { Config } from './config.ts';
import { settings } from './settings.ts';
import { openLowdbStore } from './store/lowdb/open.ts';
import type { Store } from './store/store.ts';

/** The store of the configured folder. @throws StoreError */
export const openStore = (
  config: Config,
  log: { readonly warn: (fields: object, message: string) => void },
  readOnly = false,
): Promise<Store> =>
  openLowdbStore({
    directory: config.dataDirectory,
    collections,
    readOnly,
    onWarning: (message, fields) => log.warn(fields, message),
  });

/** Whether a store holds the sample college, on which no real messenger starts. */
export const isSample = async (store: Store): Promise<boolean> =>
  (await store.read((view) => view.get(settings, 'sample')))?.value === true;
