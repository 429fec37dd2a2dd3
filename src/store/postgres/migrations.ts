import { type Kysely, type Migration, sql } from 'kysely';
import { databaseSchema } from './shape.ts';

const run = async (db: Kysely<unknown>, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db);
};

/** The second wall: whatever a query forgets, it sees and writes rows of the transaction's institution alone. */
export const wallsOf = (table: string): readonly string[] => [
  `alter table ${databaseSchema}.${table} enable row level security`,
  `alter table ${databaseSchema}.${table} force row level security`,
  `create policy institution on ${databaseSchema}.${table}
     using (institution = current_setting('xueshibu.institution', true))
     with check (institution = current_setting('xueshibu.institution', true))`,
];

/** Tables that every institution has rows in, besides the collections, and what the bot may do with them. */
export const ownTables: Readonly<Record<string, string>> = {
  audit_pending: 'select, insert',
  audit_records: 'select',
  audit_heads: 'select',
  numbers: 'select, insert, update',
  blobs: 'select, insert, update, delete',
};

/**
 * What the engine keeps beside the collections. Records come in unsealed, in the order of their ids: a transaction that
 * another has built on had its id first. \`seal\` chains them, all or those that somebody has seen, unless the chain has
 * grown since they looked (\`seen\`); nobody but it writes the chain.
 */
const base: Migration = {
  up: (db) =>
    run(db, [
      `create table ${databaseSchema}.collections (name text primary key, shape json not null)`,
      `create table ${databaseSchema}.audit_pending (
         institution text not null, id bigint generated always as identity, cause text not null, changes text not null,
         primary key (institution, id))`,
      `create table ${databaseSchema}.audit_records (
         institution text not null, n bigint not null, cause text not null, changes text not null,
         prev text not null, hash text not null, primary key (institution, n))`,
      `create table ${databaseSchema}.audit_heads (institution text primary key, n bigint not null, hash text not null)`,
      `create table ${databaseSchema}.numbers (
         institution text not null, sequence text not null, last bigint not null, primary key (institution, sequence))`,
      `create table ${databaseSchema}.blobs (
         institution text not null, hash text not null, bytes bytea not null, put_at timestamptz not null default now(),
         primary key (institution, hash))`,
      ...Object.keys(ownTables).flatMap(wallsOf),
      `create function ${databaseSchema}.seal(seen bigint, ids bigint[]) returns table (last bigint, last_hash text)
         language plpgsql security definer
         set search_path = pg_catalog, pg_temp as $$
       declare
         own constant text := current_setting('xueshibu.institution');
         head record;
         pending record;
         sealed text;
       begin
         insert into ${databaseSchema}.audit_heads values (own, 0, repeat('0', 64)) on conflict do nothing;
         -- One at a time; what is looked at after the lock is all that was committed before.
         select n, hash into head from ${databaseSchema}.audit_heads where institution = own for update;
         if head.n <> seen then
           return;
         end if;
         for pending in
           with taken as (delete from ${databaseSchema}.audit_pending
             where institution = own and (ids is null or id = any (ids)) returning id, cause, changes)
           select cause, changes from taken order by id
         loop
           head.n := head.n + 1;
           sealed := encode(sha256(convert_to(
             '[' || head.n || ',' || pending.cause || ',' || pending.changes || ',"' || head.hash || '"]', 'UTF8')), 'hex');
           insert into ${databaseSchema}.audit_records values (own, head.n, pending.cause, pending.changes, head.hash, sealed);
           head.hash := sealed;
         end loop;
         update ${databaseSchema}.audit_heads set n = head.n, hash = head.hash where institution = own;
         return query select head.n, head.hash;
       end $$`,
      `revoke all on function ${databaseSchema}.seal from public`,
    ]),
};

/** Which program made a collection's table as it is, so that an older one does not take it for something older. */
const generations: Migration = {
  up: (db) => run(db, [`alter table ${databaseSchema}.collections add column generation integer not null default 0`]),
};

/** In the order of their names, which never change. */
export const migrations: Readonly<Record<string, Migration>> = { '001-base': base, '002-generations': generations };
