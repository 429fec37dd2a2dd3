import { z } from 'zod';
import { dayOf } from '../../domain/day.ts';
import { daySchema, staffNoSchema } from '../../domain/schema.ts';
import type { AuditRecord } from '../../store/store.ts';

/** Which audit records are wanted; every field narrows. */
export const auditFilterSchema = z.object({
  /** 登记号. */
  entry: z.number().int().positive().optional(),
  /** 工号 of who acted, or whom it is about. */
  person: staffNoSchema.optional(),
  /** Command or job. */
  what: z.string().max(40).optional(),
  /** Records that changed nothing of the ledger, too: questions, menus. */
  all: z.boolean().optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
});
export type AuditFilter = z.output<typeof auditFilterSchema>;

export function matchesFilter(
  { cause, changes }: AuditRecord,
  { entry, person, what, all, from, to }: AuditFilter,
): boolean {
  const day = dayOf(cause.at);
  return (
    (all === true || changes.length > 0) &&
    (what === undefined || cause.what === what) &&
    (from === undefined || from <= day) &&
    (to === undefined || day <= to) &&
    (entry === undefined || changes.some((change) => isAboutEntry(change, String(entry)))) &&
    (person === undefined || cause.actor === person || changes.some((change) => isAboutPerson(change, person)))
  );
}

type Change = AuditRecord['changes'][number];

const isAboutEntry = ({ collection, key }: Change, id: string): boolean =>
  collection === 'hour-events'
    ? key.startsWith(`${id}:`)
    : (collection === 'hour-entries' || collection === 'reflections') && key === id;

const isAboutPerson = ({ collection, key, to }: Change, staffNo: string): boolean =>
  (collection === 'cadres' && key === staffNo) ||
  (typeof to === 'object' && to !== null && Reflect.get(to, 'staffNo') === staffNo);
