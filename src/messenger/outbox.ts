import { z } from 'zod';
import { defineCollection } from '../domain/collection.ts';
import type { Instant } from '../domain/day.ts';
import { instantSchema } from '../domain/schema.ts';
import type { Reader, Transaction } from '../store/store.ts';
import { blobsOf, type Reply, replySchema } from './reply.ts';

/**
 * 发件箱: every message out is one row with a business key, written in the transaction that caused it.
 * `queued` → `leased` → `sent` | `failed` (final, `reason` in words) | `unknown` (结果不明: tried, and the platform's
 * idempotency window is over; only the operator sends it again). `expired`: `notAfter` passed before the first try.
 */
const states = ['queued', 'leased', 'sent', 'failed', 'unknown', 'expired'] as const;

export const outboxSchema = z.object({
  /** `answer:…`, `digest:2026-11-20:E1001`, `bulletin:2026-10:oc_…`: a second message with the same key is not sent. */
  key: z.string().max(200),
  messenger: z.string(),
  /** A cadre by 工号 (the address is looked up when it is sent), a sender not on the roster, or a chat. */
  to: z.discriminatedUnion('type', [
    z.object({ type: z.literal('cadre'), staffNo: z.string() }),
    z.object({ type: z.literal('person'), id: z.string() }),
    z.object({ type: z.literal('chat'), id: z.string() }),
  ]),
  /** What counts against the monthly cap is `chase`; the rest goes at once. */
  purpose: z.enum(['answer', 'decision', 'chase', 'bulletin', 'notice']),
  /** 工号 or chat: for 自查 and 审计. */
  target: z.string(),
  reply: replySchema.nullable(),
  /** 加急: only what somebody has asked for and confirmed whom it reaches. */
  urgent: z.boolean().optional(),
  state: z.enum(states),
  createdAt: instantSchema,
  notBefore: instantSchema,
  /** A reminder that could not go out in its hours is not sent later. */
  notAfter: instantSchema.nullable(),
  /** Order of entry: what one target hears comes in this order. */
  seq: z.number().int(),
  attempts: z.number().int(),
  firstTriedAt: instantSchema.nullable(),
  leasedUntil: instantSchema.nullable(),
  leasedBy: z.string().nullable(),
  sentAt: instantSchema.nullable(),
  messageId: z.string().nullable(),
  reason: z.string().nullable(),
});
export type OutboxRow = z.output<typeof outboxSchema>;

export const outbox = defineCollection({
  name: 'outbox',
  schema: outboxSchema,
  key: ['key'],
  indexes: {
    byState: ['state', 'notBefore'],
    byTarget: ['target', 'purpose', 'createdAt'],
    byOrder: ['state', 'target', 'seq'],
    byPurpose: ['purpose', 'state', 'createdAt'],
  },
  kept: 'operational',
  blobsOf: ({ reply }) => (reply === null ? [] : blobsOf(reply)),
  numbered: { field: 'seq', sequence: 'outbox' },
});

export interface Outgoing {
  readonly key: string;
  readonly messenger: string;
  readonly to: OutboxRow['to'];
  readonly purpose: OutboxRow['purpose'];
  readonly reply: Reply;
  readonly urgent?: boolean;
  readonly notBefore?: Instant;
  readonly notAfter?: Instant;
}

/** Puts a message into the queue, in the transaction that causes it; a key that is known already changes nothing. */
export const enqueue = async (tx: Transaction, outgoing: Outgoing): Promise<boolean> =>
  tx.insert(outbox, newRow(tx, outgoing, await nextPlace(tx)));

/**
 * The same for a message whose key is this transaction's own, because it has claimed what the message answers; `place` is
 * one that it has taken before.
 */
export const enqueueOwn = async (tx: Transaction, outgoing: Outgoing, place?: number): Promise<void> =>
  tx.put(outbox, newRow(tx, outgoing, place ?? (await nextPlace(tx))));

/** Takes the next place in the order in which one target hears what concerns it. */
export const nextPlace = (tx: Transaction): Promise<number> => tx.nextNumber('outbox');

const newRow = (tx: Transaction, outgoing: Outgoing, seq: number): OutboxRow => ({
  key: outgoing.key,
  messenger: outgoing.messenger,
  to: outgoing.to,
  purpose: outgoing.purpose,
  target: outgoing.to.type === 'cadre' ? outgoing.to.staffNo : outgoing.to.id,
  reply: outgoing.reply,
  ...(outgoing.urgent === true ? { urgent: true } : {}),
  state: 'queued',
  createdAt: tx.cause.at,
  notBefore: outgoing.notBefore ?? tx.cause.at,
  notAfter: outgoing.notAfter ?? null,
  seq,
  attempts: 0,
  firstTriedAt: null,
  leasedUntil: null,
  leasedBy: null,
  sentAt: null,
  messageId: null,
  reason: null,
});

/**
 * An operator's decision about a message that failed or whose outcome is unknown: it goes out once more, as new. A
 * reminder that failed does not: the next daily message says what is still true of it.
 * @returns false when there is no such message, or it is not one of these
 */
export async function resend(tx: Transaction, key: string): Promise<boolean> {
  const row = await tx.get(outbox, key);
  if (row === undefined || (row.state !== 'unknown' && (row.state !== 'failed' || row.purpose === 'chase')))
    return false;
  await tx.put(outbox, {
    ...row,
    state: 'queued',
    notBefore: tx.cause.at,
    notAfter: null,
    attempts: 0,
    firstTriedAt: null,
    reason: null,
  });
  return true;
}

/** How many messages are in each state. */
export async function outboxCounts(view: Reader): Promise<Record<OutboxRow['state'], number>> {
  const counts = { queued: 0, leased: 0, sent: 0, failed: 0, unknown: 0, expired: 0 };
  for (const state of states) counts[state] = await view.count(outbox, { index: 'byState', equals: [state] });
  return counts;
}

/**
 * Forgets answers sent before an instant, at most `limit` of them: their text is gone already, and after the
 * platforms' retries have ended nothing asks for their key again. @returns how many
 */
export async function forgetAnswers(tx: Transaction, before: Instant, limit: number): Promise<number> {
  const { rows } = await tx.find(outbox, { index: 'byPurpose', equals: ['answer', 'sent'], to: before, limit });
  for (const { key } of rows) await tx.remove(outbox, key);
  return rows.length;
}
