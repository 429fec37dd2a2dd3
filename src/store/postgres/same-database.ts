import { randomBytes } from 'node:crypto';
import { postgresTexts as texts } from '../../texts/store.ts';
import { StoreError } from '../store.ts';
import { createPool, reasonOf, toStoreError } from './connect.ts';

const statementMs = 10_000;

/**
 * Refuses an admin's address that leads to another database than the bot's. The addresses may differ in every letter and
 * mean the same, through a pooler or under another name of the host, so the databases are asked: a lock that one address
 * takes is held for the other, too.
 * @param onAdminAway told when the admin's address leads nowhere, which is then no fault
 * @throws StoreError `other-database`; `away` when an address leads nowhere
 */
export async function refuseOtherDatabase(
  url: string,
  adminUrl: string,
  onAdminAway: ((error: StoreError) => void) | null = null,
): Promise<void> {
  const bot = createPool({ url, most: 1, statementMs });
  const admin = createPool({ url: adminUrl, most: 1, statementMs });
  const lock = randomBytes(8).readBigInt64BE().toString();
  try {
    const client = await admin.connect().catch((cause: unknown) => {
      const error = new StoreError('away', texts.adminAway(reasonOf(cause)), { cause });
      if (onAdminAway === null) throw error;
      onAdminAway(error);
      return null;
    });
    if (client === null) return;
    try {
      // For the length of a transaction: a pooler may lend the session to somebody else after it.
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock($1)', [lock]);
      const { rows } = await bot.query<{ free: boolean }>('select pg_try_advisory_xact_lock($1) as free', [lock]);
      if (rows[0]?.free !== false)
        throw new StoreError('other-database', texts.otherDatabase(placeOf(url), placeOf(adminUrl)));
    } finally {
      client.release(true);
    }
  } catch (error) {
    throw toStoreError(error);
  } finally {
    await Promise.all([bot.end(), admin.end()]);
  }
}

/** For people; never with a password. */
const placeOf = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};
