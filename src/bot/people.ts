import { z } from 'zod';
import { type Cadre, cadres, type Role } from '../domain/cadre.ts';
import { defineCollection } from '../domain/collection.ts';
import { daySchema, instantSchema, staffNoSchema } from '../domain/schema.ts';
import type { Sender } from '../messenger/messenger.ts';
import { listAll, type Reader } from '../store/store.ts';

/** Which platform account belongs to whom, where the platform's user id is not the 工号 itself. */
const accountSchema = z.object({
  messenger: z.string(),
  id: z.string().max(128),
  staffNo: staffNoSchema,
  boundAt: instantSchema,
  boundBy: staffNoSchema,
});

export const accounts = defineCollection({
  name: 'accounts',
  schema: accountSchema,
  key: ['messenger', 'id'],
  indexes: { byStaffNo: ['messenger', 'staffNo'] },
});

/** Somebody who said who they are and waits for the archivist's consent. */
const bindingSchema = z.object({
  messenger: z.string(),
  id: z.string().max(128),
  staffNo: staffNoSchema,
  name: z.string().max(40),
  askedAt: instantSchema,
});

export const bindings = defineCollection({
  name: 'bindings',
  schema: bindingSchema,
  key: ['messenger', 'id'],
  indexes: { byStaffNo: ['staffNo'] },
  kept: 'operational',
});

/** How often an account has tried on a day to say who it is: whoever guesses is stopped. */
export const bindingTries = defineCollection({
  name: 'binding-tries',
  schema: z.object({
    messenger: z.string(),
    id: z.string().max(128),
    day: daySchema,
    count: z.number().int().positive(),
  }),
  key: ['messenger', 'id'],
  kept: 'operational',
});

/**
 * The cadre behind a sender, active or not: by a consented account, else by the platform's user id, which is the 工号.
 */
export async function findCadre(view: Reader, messenger: string, sender: Sender): Promise<Cadre | null> {
  const account = await view.get(accounts, `${messenger}:${sender.id}`);
  const staffNo = account?.staffNo ?? sender.userId;
  return staffNo === null ? null : ((await view.get(cadres, staffNo)) ?? null);
}

/**
 * The platform's id of a cadre on a messenger, or null when nobody is bound. On the simulator the id is the 工号; on
 * other messengers an account row is written when a person is first matched.
 */
export async function addressOf(view: Reader, messenger: string, staffNo: string): Promise<string | null> {
  if (messenger === 'simulator') return (await view.get(cadres, staffNo)) === undefined ? null : staffNo;
  const page = await view.find(accounts, { index: 'byStaffNo', equals: [messenger, staffNo], limit: 1 });
  return page.rows[0]?.id ?? null;
}

/** Everybody active with at least one of the roles. */
export async function peopleWith(view: Reader, ...wanted: readonly Role[]): Promise<Cadre[]> {
  const active = await listAll(view, cadres, { index: 'byState', equals: ['active'] });
  return active.filter((cadre) => cadre.roles.some((role) => wanted.includes(role)));
}
