import path from 'node:path';
import { chats } from './bot/chats.ts';
import { importLedger } from './bot/importing/ledger.ts';
import { applyRosterImport, planRosterImport } from './bot/importing/roster.ts';
import { readLedger } from './documents/ledger.ts';
import { readRoster } from './documents/roster.ts';
import type { Instant } from './domain/day.ts';
import { systemImporter } from './domain/import.ts';
import type { PolicyBook } from './domain/policy.ts';
import { settings } from './settings.ts';
import type { Store } from './store/store.ts';

/** Loads the sample college's workbooks into an empty store, in one transaction, and marks the store. */
export async function loadSampleCollege(
  store: Store,
  policies: PolicyBook,
  options: { folder: string; messenger: string; group: { id: string; name: string }; now: Instant },
): Promise<{ people: number; entries: number }> {
  const [roster, ledger] = await Promise.all([
    readRoster(path.join(options.folder, 'roster.xlsx')),
    readLedger(path.join(options.folder, 'ledger.xlsx')),
  ]);
  const cause = { actor: systemImporter, via: 'cli', what: 'sample', ref: 'data/samples', at: options.now } as const;
  return store.transaction(cause, async (tx) => {
    const people = await applyRosterImport(tx, await planRosterImport(tx, roster, { mayAssignRoles: true }));
    const entries = await importLedger(tx, ledger, { policies, by: systemImporter, at: options.now });
    await tx.put(chats, { messenger: options.messenger, ...options.group, bulletin: true });
    await tx.put(settings, { name: 'sample', value: true });
    return { people: people.added, entries: entries.added };
  });
}
