import { cadres } from './domain/cadre.ts';
import type { Instant } from './domain/day.ts';
import type { Store } from './store/store.ts';

/**
 * Makes the people named in `ADMINS` archivists, who then assign the other roles in chat.
 * @returns the 工号 that are not on the roster
 */
export async function grantArchivists(store: Store, staffNos: readonly string[], now: Instant): Promise<string[]> {
  const found = await store.read((view) => Promise.all(staffNos.map((staffNo) => view.get(cadres, staffNo))));
  const lacking = found.filter((cadre) => cadre !== undefined && !cadre.roles.includes('archivist'));
  if (lacking.length > 0) {
    await store.transaction({ actor: 'system', via: 'cli', what: 'ADMINS', ref: '', at: now }, async (tx) => {
      for (const { staffNo } of lacking.filter((cadre) => cadre !== undefined)) {
        const cadre = await tx.get(cadres, staffNo);
        if (cadre !== undefined)
          await tx.put(cadres, { ...cadre, roles: [...cadre.roles, 'archivist'], updatedAt: now });
      }
    });
  }
  return staffNos.filter((_, i) => found[i] === undefined);
}
