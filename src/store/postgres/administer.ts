import type { AnyCollection } from '../../domain/collection.ts';
import { postgresTexts as texts } from '../../texts/store.ts';
import { StoreError } from '../store.ts';
import { createPool, isConflict, isForbidden, toAway } from './connect.ts';
import { ownTables } from './migrations.ts';
import { Session } from './session.ts';
import { databaseSchema, type Shape, shapeOf } from './shape.ts';

/** What concerns all rows of one institution, in a database that `openPostgresStore` has prepared. */
export interface Administration {
  /** With the bot's own role. */
  readonly url: string;
  /** The role that owns the tables; null: the bot's own. */
  readonly adminUrl: string | null;
  readonly institution: string;
  readonly collections: readonly AnyCollection[];
}

/**
 * One transaction with the admin's role, in the name of the institution: all of it or nothing. Whoever writes rows of the
 * institution meanwhile makes it fail.
 * @throws StoreError `away`, `in-use`, `not-writable` when the role may not
 */
export async function administer<R>(
  { url, adminUrl, institution, collections }: Administration,
  work: (session: Session, shapes: readonly Shape[]) => Promise<R>,
): Promise<R> {
  // Sequential scans would lock whole tables against other institutions.
  const pool = createPool({ url: adminUrl ?? url, most: 1, statementMs: 0, settings: ['enable_seqscan=off'] });
  let session: Session | null = null;
  try {
    const client = await pool.connect();
    try {
      session = new Session(client);
      session.begin('serializable', institution);
      const result = await work(session, collections.map(shapeOf));
      await session.commit();
      return result;
    } finally {
      // What is not committed goes with the connection.
      client.release(true);
    }
  } catch (error) {
    throw explain(session?.failure ?? error);
  } finally {
    await pool.end();
  }
}

function explain(cause: unknown): unknown {
  if (isConflict(cause)) return new StoreError('in-use', texts.inUse, { cause });
  if (isForbidden(cause)) return new StoreError('not-writable', texts.adminNeeded, { cause });
  return toAway(cause);
}

const tablesOf = (shapes: readonly Shape[]): string[] =>
  [...shapes.map(({ table }) => table), ...Object.keys(ownTables)].map((table) => `${databaseSchema}.${table}`);

/** Removes every row of an institution. */
export async function clearRows(session: Session, institution: string, shapes: readonly Shape[]): Promise<void> {
  for (const table of tablesOf(shapes)) {
    await session.run({ sql: `delete from ${table} where institution = $1`, parameters: [institution] });
  }
}

/** Whether an institution has rows or records; numbers that were drawn in vain, and blobs, do not count. */
export async function hasRows(session: Session, institution: string, shapes: readonly Shape[]): Promise<boolean> {
  const tables = tablesOf(shapes).filter((table) => !/\.(?:numbers|blobs|audit_heads)$/.test(table));
  const found = tables.map((table) => `exists (select from ${table} where institution = $1)`);
  const [row] = await session.run<{ found: boolean }>({
    sql: `select ${found.join(' or ')} as found`,
    parameters: [institution],
  });
  return row?.found === true;
}

/** Removes everything of an institution for good: for the sample college, which is rebuilt. @throws StoreError */
export const removeInstitution = (options: Administration): Promise<void> =>
  administer(options, (session, shapes) => clearRows(session, options.institution, shapes));
