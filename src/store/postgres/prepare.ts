import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Kysely, type KyselyConfig, Migrator, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { postgresTexts as texts } from '../../texts/store.ts';
import { StoreError } from '../store.ts';
import { createPool, isForbidden, toStoreError } from './connect.ts';
import { migrations, ownTables, wallsOf } from './migrations.ts';
import { arrayTypes, type Column, columnValues, databaseSchema, rowKey, type Shape, sqlTypes } from './shape.ts';

/** What the database remembers of a collection's shape. */
interface Kept {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly orders: readonly (readonly string[])[];
  /** The order whose index carries more columns, and which. */
  readonly carried: { readonly by: readonly string[]; readonly columns: readonly string[] } | null;
  readonly appendOnly: boolean;
}

const namesOf = (columns: readonly Column[]): string[] => columns.map(({ name }) => name);

const keptOf = ({ columns, orders, carried, collection }: Shape): Kept => ({
  columns: columns.map(({ name, type }) => ({ name, type })),
  // The key of one text has an index as it is, and an index that another contains needs none of its own.
  orders: [...new Map([...orders.values()].map((order) => [namesOf(order).join(), namesOf(order)])).values()].filter(
    (names) => names.length > 1 || names[0] !== rowKey,
  ),
  carried: carried && { by: namesOf(orders.get(carried.index) ?? []), columns: namesOf(carried.columns) },
  appendOnly: collection.appendOnly,
});

/** A collection's table as it is in the database. */
interface Made {
  readonly kept: Kept;
  /** Of the program that made it so. */
  readonly generation: number;
}

/** What the tables of a program look like. */
export interface Plan {
  readonly shapes: readonly Shape[];
  /** Grows whenever what the program makes changes, see `src/table-generations.ts`. */
  readonly generation: number;
}

/** The same for programs that make the same tables. */
export const fingerprintOf = (shapes: readonly Shape[]): string =>
  createHash('sha256')
    .update(JSON.stringify(shapes.map((shape) => [shape.table, keptOf(shape)] as const).toSorted(byName)))
    .digest('hex')
    .slice(0, 16);

const byName = ([a]: readonly [string, Kept], [b]: readonly [string, Kept]): number => (a < b ? -1 : 1);

const isAsWanted = (made: Made | undefined, shape: Shape): boolean => isDeepStrictEqual(made?.kept, keptOf(shape));

/** Held while tables are made: of several processes that start at once one works and the others find it done. */
const lockNumber = 5_771_550;

/**
 * Brings the database to what this program needs: the engine's own tables, and one for each collection. Safe to run at any
 * time and by several at once; all or nothing. The bot's role may read and add, change only what is not append-only.
 * @throws StoreError `not-writable` when the role may not; `away`
 */
export async function prepareDatabase(adminUrl: string, botRole: string, plan: Plan): Promise<void> {
  const { shapes } = plan;
  const pool = createPool({ url: adminUrl, most: 2, statementMs: 0 });
  try {
    const client = await pool.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [lockNumber]);
      await migrate(pool);
      await client.query('begin');
      const made = await readMade(client);
      refuseNewer(made, plan);
      for (const shape of shapes) await prepareCollection(client, shape, made.get(shape.table), plan.generation);
      await grant(client, botRole, shapes);
      await client.query('commit');
      // What was written anew is slow to add up until this has gone over it.
      for (const shape of shapes) {
        const before = made.get(shape.table);
        if (before === undefined || isAsWanted(before, shape)) continue;
        await client.query(`vacuum (analyze) ${databaseSchema}.${shape.table}`);
      }
    } finally {
      // The lock goes with the connection.
      client.release(true);
    }
  } catch (error) {
    const known = toStoreError(error);
    if (known instanceof StoreError) throw known;
    throw new StoreError('not-writable', texts.adminRefused(error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  } finally {
    await pool.end();
  }
}

async function migrate(pool: pg.Pool): Promise<void> {
  const config: KyselyConfig = { dialect: new PostgresDialect({ pool }) };
  const migrator = new Migrator({
    db: new Kysely<unknown>(config),
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: databaseSchema,
  });
  const unknown = (await executedOf(pool)).find((name) => !(name in migrations));
  if (unknown !== undefined) throw new StoreError('damaged', texts.newer(unknown));
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Names of the migrations that the database has seen; none in an empty one. */
async function executedOf(db: Pick<pg.Pool, 'query'>): Promise<string[]> {
  const { rows: tables } = await db.query<{ found: string | null }>(
    `select to_regclass('${databaseSchema}.kysely_migration') as found`,
  );
  if (tables[0]?.found === null) return [];
  const { rows } = await db.query<{ name: string }>(
    `select name from ${databaseSchema}.kysely_migration order by name`,
  );
  return rows.map(({ name }) => name);
}

async function readMade(db: Pick<pg.Pool, 'query'>): Promise<Map<string, Made>> {
  const { rows } = await db.query<{ name: string; shape: Kept; generation: number }>(
    `select name, shape, generation from ${databaseSchema}.collections`,
  );
  return new Map(rows.map(({ name, shape, generation }) => [name, { kept: shape, generation }]));
}

/** A table that this program does not know, or that a later one has made otherwise. */
function refuseNewer(made: ReadonlyMap<string, Made>, { shapes, generation }: Plan): void {
  const known = new Map(shapes.map((shape) => [shape.table, shape]));
  for (const [name, table] of made) {
    const shape = known.get(name);
    const isNewer = shape === undefined || (table.generation > generation && !isAsWanted(table, shape));
    if (isNewer) throw new StoreError('damaged', texts.newer(name));
  }
}

/**
 * Whether the database is what this program needs, seen with the bot's own role.
 * @throws StoreError `not-prepared` when it is not yet; `damaged` when a newer program has changed it
 */
export async function checkDatabase(db: Pick<pg.Pool, 'query'>, plan: Plan): Promise<void> {
  // Another process may be just making the tables, and has not let the bot's role in yet.
  const executed = await executedOf(db).catch((error: unknown) => {
    if (isForbidden(error)) return [];
    throw error;
  });
  if (executed.length === 0) throw new StoreError('not-prepared', texts.notPrepared);
  const unknown = executed.find((name) => !(name in migrations));
  if (unknown !== undefined) throw new StoreError('damaged', texts.newer(unknown));
  if (executed.length < Object.keys(migrations).length) throw new StoreError('not-prepared', texts.outdated);
  const made = await readMade(db);
  refuseNewer(made, plan);
  const isCurrent = plan.shapes.every((shape) => isAsWanted(made.get(shape.table), shape));
  if (!isCurrent) throw new StoreError('not-prepared', texts.outdated);
}

async function prepareCollection(
  client: pg.PoolClient,
  shape: Shape,
  made: Made | undefined,
  generation: number,
): Promise<void> {
  if (isAsWanted(made, shape)) return;
  const wanted = keptOf(shape);
  const table = `${databaseSchema}.${shape.table}`;
  if (made === undefined) {
    await client.query(`create table ${table} (
      institution text not null, ${rowKey} text collate "C" not null, blobs text[], body json not null)`);
    await client.query(`create index on ${table} (institution) where blobs is not null`);
    for (const statement of wallsOf(shape.table)) await client.query(statement);
  } else {
    // Columns are nothing but what the rows say: they are made anew, and their indexes with them.
    for (const { name } of made.kept.columns) await client.query(`alter table ${table} drop column "${name}"`);
  }
  for (const { name, type } of shape.columns)
    await client.query(`alter table ${table} add column "${name}" ${sqlTypes[type]}`);
  if (made !== undefined) await fillColumns(client, shape);
  for (const names of wanted.orders) {
    const columns = names.map(
      (name) => `"${name}"${shape.columns.find((column) => column.name === name)?.nullable ? ' nulls first' : ''}`,
    );
    const carried = isDeepStrictEqual(names, wanted.carried?.by) ? (wanted.carried?.columns ?? []) : [];
    const include = carried.length === 0 ? '' : ` include (${carried.map((name) => `"${name}"`).join(', ')})`;
    await client.query(`create index on ${table} (institution, ${columns.join(', ')})${include}`);
  }
  // Made last: where nothing is known yet of how many rows there are, all indexes cost the same, and the planner takes the
  // youngest. A look-up by key through any other would read, and lock, all rows of the institution.
  await client.query(`alter table ${table} drop constraint if exists ${shape.table}_pkey,
    add constraint ${shape.table}_pkey primary key (institution, ${rowKey})`);
  await client.query(
    `insert into ${databaseSchema}.collections (name, shape, generation) values ($1, $2, $3)
     on conflict (name) do update set shape = excluded.shape, generation = excluded.generation`,
    [shape.table, JSON.stringify(wanted), generation],
  );
}

const batch = 2000;

/** Writes the columns of all rows from their bodies, whichever institution they belong to. */
async function fillColumns(client: pg.PoolClient, shape: Shape): Promise<void> {
  if (shape.columns.length === 0) return;
  const table = `${databaseSchema}.${shape.table}`;
  const sets = shape.columns.map(({ name }, i) => `"${name}" = c${i}`);
  const arrays = shape.columns.map(({ type }, i) => `$${i + 3}::${arrayTypes[type]}`);
  // Forced row security binds the owner too: it is lifted in this transaction, which nobody else sees.
  await client.query(`alter table ${table} no force row level security`);
  let last = ['', ''];
  for (;;) {
    const { rows } = await client.query<{ institution: string; key: string; body: object }>(
      `select institution, ${rowKey} as key, body from ${table} where (institution, ${rowKey}) > ($1, $2)
       order by institution, ${rowKey} limit ${batch}`,
      last,
    );
    if (rows.length === 0) break;
    const values = rows.map(({ body }) => columnValues(shape, body));
    await client.query(
      `update ${table} as t set ${sets.join(', ')}
       from unnest($1::text[], $2::text[], ${arrays.join(', ')}) as g (institution, key, ${sets.map((_, i) => `c${i}`).join(', ')})
       where t.institution = g.institution and t.${rowKey} = g.key`,
      [
        rows.map((row) => row.institution),
        rows.map((row) => row.key),
        ...sets.map((_, i) => values.map((list) => list[i])),
      ],
    );
    last = [rows.at(-1)?.institution ?? '', rows.at(-1)?.key ?? ''];
  }
  await client.query(`alter table ${table} force row level security`);
}

async function grant(client: pg.PoolClient, botRole: string, shapes: readonly Shape[]): Promise<void> {
  const { rows } = await client.query<{ own: string }>('select current_user as own');
  if (rows[0]?.own === botRole) return;
  const role = `"${botRole.replaceAll('"', '""')}"`;
  const rights = new Map([
    ['kysely_migration', 'select'],
    ['collections', 'select'],
    ...Object.entries(ownTables),
    ...shapes.map(
      ({ table, collection }) =>
        [table, collection.appendOnly ? 'select, insert' : 'select, insert, update, delete'] as const,
    ),
  ]);
  await client.query(`grant usage on schema ${databaseSchema} to ${role}`);
  for (const [table, list] of rights) {
    await client.query(`revoke all on ${databaseSchema}.${table} from ${role}`);
    await client.query(`grant ${list} on ${databaseSchema}.${table} to ${role}`);
  }
  await client.query(`grant execute on function ${databaseSchema}.seal to ${role}`);
}
