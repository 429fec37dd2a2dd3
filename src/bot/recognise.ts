import type { Cadre } from '../domain/cadre.ts';
import type { Instant } from '../domain/day.ts';
import { listAll, type Store, type Transaction } from '../store/store.ts';
import { type Account, accounts, appOf, apps, findCadre, isConsented, type PlatformPerson } from './people.ts';

/** Finds the cadre behind somebody on a platform and remembers, in the same transaction, how they are reached there. */
export async function recognise(tx: Transaction, messenger: string, person: PlatformPerson): Promise<Cadre | null> {
  const cadre = await findCadre(tx, messenger, person);
  // On the simulator the 工号 is the address.
  if (cadre?.state === 'active' && messenger !== 'simulator') await keepAccount(tx, messenger, person, cadre.staffNo);
  return cadre;
}

/** A consented account stays what a person is reached by; a matched one, and those of another app, make way. */
async function keepAccount(
  tx: Transaction,
  messenger: string,
  { id, userId }: PlatformPerson,
  staffNo: string,
): Promise<void> {
  const app = await appOf(tx, messenger);
  const known = await tx.get(accounts, `${messenger}:${id}`);
  const isSame = known?.staffNo === staffNo && known.app === app;
  if (isSame && (userId === null || known.userId === userId)) return;
  const others = (await listAll(tx, accounts, { index: 'byStaffNo', equals: [messenger, staffNo] })).filter(
    (account) => account.id !== id,
  );
  if (!isSame && others.some((account) => account.app === app && isConsented(account))) return;
  for (const old of others) {
    if (old.app !== app || !isConsented(old)) await tx.remove(accounts, `${messenger}:${old.id}`);
  }
  // Who was consented to under another app, with the same user id, needs no second consent.
  const before = isSame
    ? known
    : others.find((account) => isConsented(account) && userId !== null && account.userId === userId);
  await bindAccount(tx, { messenger, id, staffNo, userId, boundBy: before?.boundBy ?? 'system' }, before?.boundAt);
}

/** Writes down whose account it is, under the app of now. */
export async function bindAccount(
  tx: Transaction,
  { userId, ...account }: Omit<Account, 'boundAt' | 'app' | 'userId'> & { readonly userId: string | null },
  boundAt: Instant = tx.cause.at,
): Promise<void> {
  const app = await appOf(tx, account.messenger);
  await tx.put(accounts, {
    ...account,
    boundAt,
    ...(userId === null ? {} : { userId }),
    ...(app === undefined ? {} : { app }),
  });
}

/**
 * Says, before anything is received or sent, which app a messenger is used through. The accounts of another one stay, so
 * that people are known again by their user id, but nothing is sent to them.
 */
export async function useApp(store: Store, messenger: string, app: string, now: Instant): Promise<void> {
  if ((await store.read((view) => appOf(view, messenger))) === app) return;
  await store.transaction({ actor: 'system', via: 'cli', what: 'app', ref: messenger, at: now }, (tx) =>
    tx.put(apps, { messenger, app, since: now }),
  );
}
