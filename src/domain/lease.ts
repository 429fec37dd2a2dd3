import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { addMs, type Instant } from './day.ts';
import { instantSchema } from './schema.ts';

/**
 * 值班: what several processes on one ledger leave to one of them at a time. It is held for a while and renewed; who has
 * died is followed when the while is over, who stops gives it back.
 */
const leaseSchema = z.object({ name: z.string(), owner: z.string(), until: instantSchema });
export type Lease = z.output<typeof leaseSchema>;

export const leases = defineCollection({ name: 'leases', schema: leaseSchema, key: ['name'], kept: 'operational' });

/** The one lease: who has the duty. */
export const duty = 'duty';

export const leaseMs = 30_000;
const renewMs = 20_000;

/** The lease as `owner` holds it from now on, the same row while there is no need to renew it; null: another holds it. */
export function takeLease(held: Lease | undefined, name: string, owner: string, now: Instant): Lease | null {
  const isOwn = held?.owner === owner;
  if (held !== undefined && !isOwn && held.until > now) return null;
  const isFresh = isOwn && held.until > addMs(now, renewMs);
  return isFresh ? held : { name, owner, until: addMs(now, leaseMs) };
}
