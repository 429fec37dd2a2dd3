import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { ledgerWorkbook } from '../documents/ledger-workbook.ts';
import { overdueWorkbook } from '../documents/overdue-workbook.ts';
import { cadres } from '../domain/cadre.ts';
import { type Day, dayOf } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import { overdueKinds } from '../domain/overdue.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { daySchema } from '../domain/schema.ts';
import type { Reply } from '../messenger/reply.ts';
import { listAll, type Store } from '../store/store.ts';

import { type OverdueFilter, readOverdue } from './overdue.ts';

export interface RenderingParts {
  readonly store: Store;
  readonly policies: PolicyBook;
  readonly clock: Clock;
}

const workbookMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const overdueArgs = z.object({
  asOf: daySchema,
  kind: z.enum(overdueKinds).optional(),
  unit: z.string().optional(),
  people: z.array(z.string()).optional(),
});

/** 逾期名单 as a workbook. */
export async function renderOverdue(
  { store, policies, clock }: RenderingParts,
  asOf: Day,
  filter: OverdueFilter = {},
): Promise<{ bytes: Uint8Array; rows: number }> {
  const items = await store.read((view) => readOverdue(view, { asOf, policies }, filter));
  return { bytes: await overdueWorkbook(items, asOf, clock.now()), rows: items.length };
}

/** Every approved entry as a workbook with the columns of the ledger that is imported. */
export async function renderLedger({ store, clock }: RenderingParts): Promise<{ bytes: Uint8Array; rows: number }> {
  const { entries, people } = await store.read(async (view) => ({
    entries: await listAll(view, hourEntries, { index: 'byState', equals: ['approved'] }),
    people: await listAll(view, cadres),
  }));
  return { bytes: await ledgerWorkbook(entries, people, clock.now()), rows: entries.length };
}

/** Makes the files that replies describe, when they are sent; they lie in blobs from then on. */
export const createDocumentRenderer =
  (parts: RenderingParts) =>
  async ({ document, name, caption, args }: Extract<Reply, { type: 'document' }>): Promise<Reply> => {
    const asked = overdueArgs.safeParse(args);
    const { bytes } =
      document === 'overdue'
        ? await renderOverdue(parts, asked.data?.asOf ?? dayOf(parts.clock.now()), asked.data ?? {})
        : await renderLedger(parts);
    return { type: 'file', name, caption, mime: workbookMime, blob: await parts.store.blobs.put(bytes) };
  };
