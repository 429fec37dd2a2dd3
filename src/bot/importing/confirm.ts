import type { z } from 'zod';
import { type Import, type importDraftSchema, imports } from '../../domain/import.ts';
import type { Transaction } from '../../store/store.ts';

/** Lets a file in, as it was shown: from now on its rows go in, and its row tells how far they are. */
export async function confirmImport(
  tx: Transaction,
  { subject, fileName, blob, counts }: z.output<typeof importDraftSchema>,
  who: Pick<Import, 'by' | 'messenger' | 'assignsRoles'>,
): Promise<Import> {
  const id = await tx.nextNumber('imports');
  const row: Import = {
    id,
    subject,
    fileName,
    blob,
    importId: `${blob.slice(0, 16)}-${id}`,
    ...who,
    confirmedAt: tx.cause.at,
    state: 'confirmed',
    preview: counts,
    counts: { total: counts.total, added: 0, updated: 0, same: 0, waiting: 0, faulty: 0 },
    done: 0,
    due: 0,
    finishedAt: null,
    undo: null,
  };
  await tx.put(imports, row);
  return row;
}
