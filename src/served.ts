import { rulesInForce } from './bot/rules/in-force.ts';
import type { Config } from './config.ts';
import type { PolicyBook } from './domain/policy.ts';
import type { AppParts } from './http/app.ts';
import type { createLog } from './log.ts';
import type { Metrics } from './metrics.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store/store.ts';

export interface ServingParts {
  readonly config: Config;
  readonly log: ReturnType<typeof createLog>;
  readonly metrics: Metrics;
  readonly policies: PolicyBook;
  /** Where browsers reach the bot; null: nowhere that is known. */
  readonly publicUrl: () => string | null;
}

/** A running bot as the web server sees it. */
export interface Served {
  store(): Store;
  /** Why it is not ready, in sentences. */
  unready(): readonly string[];
  /** The routes that its messenger adds. */
  readonly web: Pick<AppParts, 'simulator' | 'feishuWebhook' | 'checkIn'>;
  stop(): Promise<void>;
}

/** What `work` makes of the configured store; where it fails, the store is closed again. @throws StoreError, PolicyError */
export async function withOpenStore<T>(
  { config, log, policies }: ServingParts,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore(config, log);
  try {
    // Files that no longer go with what was decided are told before anything else happens.
    await store.read(rulesInForce(policies));
    return await work(store);
  } catch (error) {
    await store.close();
    throw error;
  }
}
