import { z } from 'zod';
import { type Cadre, cadres } from '../domain/cadre.ts';
import { defineCollection } from '../domain/collection.ts';
import { addDays, type Day, dayOf, instantAt } from '../domain/day.ts';
import { daySchema, staffNoSchema } from '../domain/schema.ts';
import { type OutboxRow, outbox } from '../messenger/outbox.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';
import { addressOf } from './people.ts';

/**
 * Why the bot cannot reach somebody: no account, with no mobile and no e-mail to look them up by, with one that several
 * people share, not found by it, or not looked up yet; or an account to which the platform refuses to deliver.
 */
export const unreachedWhys = ['no-contact', 'shared', 'not-found', 'not-asked', 'refused'] as const;
export type UnreachedWhy = (typeof unreachedWhys)[number];

export interface Unreached {
  readonly cadre: Cadre;
  readonly why: UnreachedWhy;
  /** The platform's reason in words, where it refuses, and the day of the last message that it has refused. */
  readonly reason: string | null;
  readonly since: Day | null;
}

/** What is remembered of somebody who cannot be reached: when they were looked up in vain, and as what they were told of. */
export const unreached = defineCollection({
  name: 'unreached',
  schema: z.object({
    messenger: z.string(),
    staffNo: staffNoSchema,
    searchedOn: daySchema.nullable(),
    toldAs: z.string().max(400).nullable(),
  }),
  key: ['messenger', 'staffNo'],
  indexes: { byMessenger: ['messenger'] },
  kept: 'operational',
});

/** A refusal that nothing has been sent after for longer than this says nothing about today. */
const rememberedDays = 31;

/** Whom of the active people messages do not reach now, in the order of the roster. */
export async function readUnreached(view: Reader, messenger: string, today: Day): Promise<Unreached[]> {
  const people = await listAll(view, cadres, { index: 'byState', equals: ['active'] });
  const shared = sharedContacts(people);
  const refused = await readRefusals(view, addDays(today, -rememberedDays));
  const found: Unreached[] = [];
  for (const cadre of people) {
    const row = refused.get(cadre.staffNo);
    if ((await addressOf(view, messenger, cadre.staffNo)) === null) {
      const why = await whyWithoutAccount(view, messenger, cadre, shared);
      found.push({ cadre, why, reason: null, since: null });
    } else if (row !== undefined) {
      found.push({ cadre, why: 'refused', reason: row.reason, since: dayOf(row.createdAt) });
    }
  }
  return found;
}

async function whyWithoutAccount(
  view: Reader,
  messenger: string,
  { staffNo, ...cadre }: Cadre,
  shared: ReadonlySet<string>,
): Promise<UnreachedWhy> {
  const known = contactsOf(cadre);
  if (known.length === 0) return 'no-contact';
  if (known.every((contact) => shared.has(contact))) return 'shared';
  const row = await view.get(unreached, `${messenger}:${staffNo}`);
  return row?.searchedOn == null ? 'not-asked' : 'not-found';
}

/** Those whose last message, of all that the bot sends unasked, was refused for good. */
async function readRefusals(view: Reader, since: Day): Promise<Map<string, OutboxRow>> {
  const last = new Map<string, OutboxRow>();
  const from = instantAt(since);
  for (const purpose of ['chase', 'decision', 'notice'] as const) {
    for (const row of await listAll(view, outbox, { index: 'byPurpose', equals: [purpose, 'failed'], from })) {
      const earlier = last.get(row.target);
      if (row.to.type === 'cadre' && (earlier === undefined || earlier.seq < row.seq)) last.set(row.target, row);
    }
  }
  for (const [staffNo, failed] of last) {
    for (const purpose of ['chase', 'decision', 'notice', 'answer'] as const) {
      const later = { index: 'byTarget', equals: [staffNo, purpose], from: failed.createdAt };
      const rows = await listAll(view, outbox, later);
      if (rows.some(({ state, seq }) => state === 'sent' && seq > failed.seq)) last.delete(staffNo);
    }
  }
  return last;
}

/** A mobile number without what people write between its digits, and an e-mail address in lower case. */
export const bareMobile = (mobile: string | null): string | null => mobile?.replace(/[\s()-]/g, '') || null;
export const bareEmail = (email: string | null): string | null => email?.trim().toLowerCase() || null;

const contactsOf = ({ mobile, email }: Pick<Cadre, 'mobile' | 'email'>): string[] =>
  [bareMobile(mobile), bareEmail(email)].filter((contact) => contact !== null);

/** What more than one person has, such as the telephone of an office: it says nothing about whose account it is. */
export function sharedContacts(people: readonly Cadre[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const contact of people.flatMap(contactsOf)) counts.set(contact, (counts.get(contact) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 1).map(([contact]) => contact));
}

/**
 * Notes who cannot be reached now.
 * @returns how many of them have not been told of yet, as what they are now
 */
export async function noteUnreached(tx: Transaction, messenger: string, today: Day): Promise<number> {
  const now = await readUnreached(tx, messenger, today);
  const open = new Set(now.map(({ cadre }) => cadre.staffNo));
  for (const { staffNo } of await listAll(tx, unreached, { index: 'byMessenger', equals: [messenger] })) {
    if (!open.has(staffNo)) await tx.remove(unreached, `${messenger}:${staffNo}`);
  }
  let fresh = 0;
  for (const { cadre, why, reason } of now) {
    const key = `${messenger}:${cadre.staffNo}`;
    const row = await tx.get(unreached, key);
    // Somebody who is looked up only tonight is no news.
    const toldAs = why === 'refused' ? `refused ${reason}`.slice(0, 400) : why === 'not-asked' ? null : 'unbound';
    if (toldAs === null || row?.toldAs === toldAs) continue;
    await tx.put(unreached, { messenger, staffNo: cadre.staffNo, searchedOn: row?.searchedOn ?? null, toldAs });
    fresh += 1;
  }
  return fresh;
}
