import { hash } from 'node:crypto';
import type pg from 'pg';
import { storeTexts } from '../../texts/store.ts';
import { type Blobs, StoreError } from '../store.ts';
import { toStoreError } from './connect.ts';
import { databaseSchema, type Shape } from './shape.ts';

/** Institution, hash, bytes; what is there already is young again. */
export const putBlob = `insert into xueshibu.blobs (institution, hash, bytes) values ($1, $2, $3)
  on conflict (institution, hash) do update set put_at = now()`;

/** Blobs beside the rows, so that every process has them; connections of `pool` work in the institution's name. */
export function createBlobs(pool: pg.Pool, institution: string): Blobs {
  const run = async <R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<readonly R[]> => {
    try {
      return (await pool.query<R>(text, values)).rows;
    } catch (error) {
      throw toStoreError(error);
    }
  };
  return {
    async put(bytes) {
      const sum = hash('sha256', bytes);
      await run(putBlob, [institution, sum, Buffer.from(bytes)]);
      return sum;
    },
    async get(sum) {
      if (!isSum(sum)) return undefined;
      const text = 'select bytes from xueshibu.blobs where institution = $1 and hash = $2';
      const [row] = await run<{ bytes: Buffer }>(text, [institution, sum]);
      if (row !== undefined && hash('sha256', row.bytes) !== sum)
        throw new StoreError('damaged', storeTexts.damagedBlob(sum));
      return row?.bytes;
    },
    async remove(sum) {
      if (isSum(sum)) await run('delete from xueshibu.blobs where institution = $1 and hash = $2', [institution, sum]);
    },
    async list() {
      const text = 'select hash from xueshibu.blobs where institution = $1';
      return (await run<{ hash: string }>(text, [institution])).map(({ hash: sum }) => sum);
    },
  };
}

const isSum = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Removes what no row names and nobody has put for a day. @returns how many */
export async function sweepBlobs(pool: pg.Pool, institution: string, shapes: Iterable<Shape>): Promise<number> {
  const named = [...shapes].map(
    ({ table }) => `select unnest(blobs) from ${databaseSchema}.${table} where institution = $1 and blobs is not null`,
  );
  const { rowCount } = await pool.query(
    `with named (hash) as materialized (${named.join(' union ')})
     delete from xueshibu.blobs b where institution = $1 and put_at < now() - interval '1 day'
       and not exists (select from named where named.hash = b.hash)`,
    [institution],
  );
  return rowCount ?? 0;
}
