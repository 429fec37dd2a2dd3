import { z } from 'zod';
import { type Cadre, cadres, type Role } from '../domain/cadre.ts';
import { defineCollection } from '../domain/collection.ts';
import { daySchema, instantSchema, staffNoSchema } from '../domain/schema.ts';
import type { Sender } from '../messenger/messenger.ts';
import { listAll, type Reader } from '../store/store.ts';

/** Which platform account belongs to whom. */
const accountSchema = z.object({
  messenger: z.string(),
  id: z.string().max(128),
  staffNo: staffNoSchema,
  boundAt: instantSchema,
  /** Who consented; `system`: matched by 工号, mobile or e-mail. */
  boundBy: staffNoSchema,
  /** The tenant's user id: by it somebody is known again when another app gives them another `id`. */
  userId: z.string().max(128).optional(),
  /** The app that gave out `id`; absent where a messenger knows no apps. */
  app: z.string().max(128).optional(),
});
export type Account = z.output<typeof accountSchema>;

export const accounts = defineCollection({
  name: 'accounts',
  schema: accountSchema,
  key: ['messenger', 'id'],
  indexes: { byStaffNo: ['messenger', 'staffNo'], byUserId: ['messenger', 'userId'] },
});

/** Under which app the bot is known to a messenger that gives every app ids of its own. */
export const apps = defineCollection({
  name: 'apps',
  schema: z.object({ messenger: z.string(), app: z.string().max(128), since: instantSchema }),
  key: ['messenger'],
});

/** Somebody who said who they are and waits for the archivist's consent. */
const bindingSchema = z.object({
  messenger: z.string(),
  id: z.string().max(128),
  staffNo: staffNoSchema,
  name: z.string().max(40),
  userId: z.string().max(128).optional(),
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

/** Who of the platform's people is meant: its id of a person, and the tenant's where the platform tells it. */
export type PlatformPerson = Pick<Sender, 'id' | 'userId'>;

/** Whether somebody has consented to an account, instead of its being matched. */
export const isConsented = ({ boundBy }: Pick<Account, 'boundBy'>): boolean => boundBy !== 'system';

/**
 * The cadre behind a sender, active or not: by a consented account, else by the platform's user id, which is the 工号 or
 * belongs to an account of another app, else by an account that was matched by mobile or e-mail.
 */
export async function findCadre(view: Reader, messenger: string, person: PlatformPerson): Promise<Cadre | null> {
  const { userId } = person;
  const [account, own] = await Promise.all([
    view.get(accounts, `${messenger}:${person.id}`),
    userId === null ? undefined : view.get(cadres, userId),
  ]);
  if (userId !== null && (account === undefined || !isConsented(account))) {
    if (own !== undefined) return own;
    const { rows } = await view.find(accounts, { index: 'byUserId', equals: [messenger, userId], limit: 1 });
    if (rows[0] !== undefined) return (await view.get(cadres, rows[0].staffNo)) ?? null;
  }
  return account === undefined ? null : ((await view.get(cadres, account.staffNo)) ?? null);
}

/**
 * The platform's id of a cadre on a messenger, or null when nobody is bound. On the simulator the id is the 工号; on
 * other messengers an account row is written when a person is first matched.
 */
export async function addressOf(view: Reader, messenger: string, staffNo: string): Promise<string | null> {
  if (messenger === 'simulator') return (await view.get(cadres, staffNo)) === undefined ? null : staffNo;
  return (await accountOf(view, messenger, staffNo))?.id ?? null;
}

/** The account by which a cadre is reached: a consented one before one that was matched, and none of another app. */
export async function accountOf(view: Reader, messenger: string, staffNo: string): Promise<Account | undefined> {
  const app = await appOf(view, messenger);
  const all = await listAll(view, accounts, { index: 'byStaffNo', equals: [messenger, staffNo] });
  const usable = all.filter((account) => account.app === app);
  return usable.find(isConsented) ?? usable[0];
}

/** The app through which a messenger is used now: the ids that another one has given out reach nobody. */
export const appOf = async (view: Reader, messenger: string): Promise<string | undefined> =>
  (await view.get(apps, messenger))?.app;

/** Everybody active with at least one of the roles. */
export async function peopleWith(view: Reader, ...wanted: readonly Role[]): Promise<Cadre[]> {
  const active = await listAll(view, cadres, { index: 'byState', equals: ['active'] });
  return active.filter((cadre) => cadre.roles.some((role) => wanted.includes(role)));
}

/** Who hears for the department: the clerks, or where there is none the head. */
export async function deskOf(view: Reader): Promise<Cadre[]> {
  const clerks = await peopleWith(view, 'clerk');
  return clerks.length > 0 ? clerks : peopleWith(view, 'department-head');
}
