import { z } from 'zod';
import { defineCollection } from '../domain/collection.ts';
import type { Instant } from '../domain/day.ts';
import { instantSchema } from '../domain/schema.ts';
import type { Transaction } from '../store/store.ts';

/**
 * What has been received: claimed in the transaction that acts on it, so that a second delivery of the same message
 * has no effect. Kept for at least 8 hours, the tail of the platforms' retries.
 */
export const claims = defineCollection({
  name: 'claims',
  schema: z.object({ messenger: z.string(), id: z.string().max(300), at: instantSchema }),
  key: ['messenger', 'id'],
  indexes: { byTime: ['at'] },
  kept: 'operational',
});

/** Claims a delivery; false when it was claimed before. */
export function claim(
  tx: Transaction,
  { messenger, id }: { readonly messenger: string; readonly id: string },
  now: Instant,
): Promise<boolean> {
  return tx.insert(claims, { messenger, id, at: now });
}
