import { systemClock } from '../clock.ts';
import { duty, leases } from '../domain/lease.ts';
import { type Store, StoreError } from '../store/store.ts';
import { postgresTexts as texts } from '../texts/store.ts';

/**
 * What replaces or moves a whole ledger goes ahead only when no bot serves it: what that takes in meanwhile would be lost.
 * Of several bots one is on duty; of one that has died this is known half a minute later. The embedded store is held by
 * its process alone, and refuses by itself.
 * @throws StoreError `in-use`
 */
export async function refuseServed(store: Store): Promise<void> {
  const held = await store.read((view) => view.get(leases, duty));
  if (held === undefined || held.until <= systemClock.now()) return;
  const [host = '', pid = ''] = held.owner.split(':');
  throw new StoreError('in-use', texts.serving(`${host}，进程号 ${pid}`));
}
