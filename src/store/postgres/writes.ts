import type { Session } from './session.ts';
import { arrayTypes, columnValues, databaseSchema, rowKey, type Shape } from './shape.ts';
import { sortable } from './sortable.ts';

/** A row that a transaction has put or removed. */
export interface Touched {
  readonly shape: Shape;
  readonly key: string;
  row: object | null;
  /** The row as JSON, serialised once for the table and the record; null for a removal. */
  text: string | null;
}

/** Brings rows of one collection to the database: at most one statement for what was put, and one for what was removed. */
export async function writeRows(session: Session, institution: string, rows: readonly Touched[]): Promise<void> {
  const [shape] = rows.map((row) => row.shape);
  if (shape === undefined) return;
  const put = rows.filter(({ row }) => row !== null);
  const removed = rows.filter(({ row }) => row === null);
  const sent: Promise<unknown>[] = [];
  if (put.length > 0) {
    const values = put.map(({ row }) => columnValues(shape, row ?? {}));
    const columns = shape.columns.map((_, i) => values.map((list) => list[i] ?? null));
    const blobs = put.map(({ row }) => blobsText(shape.collection.blobsOf(row ?? {})));
    const parameters = [
      institution,
      put.map(({ key }) => sortable(key)),
      ...columns,
      blobs,
      put.map(({ text }) => text),
    ];
    sent.push(session.run({ sql: upsertOf(shape), parameters }));
  }
  if (removed.length > 0) {
    const sql = `delete from ${databaseSchema}.${shape.table} where institution = $1 and ${rowKey} = any($2)`;
    sent.push(session.run({ sql, parameters: [institution, removed.map(({ key }) => sortable(key))] }));
  }
  await Promise.all(sent);
}

/** Arrays in arrays of unequal length cannot be sent; hashes have no comma. */
const blobsText = (blobs: readonly string[]): string | null => (blobs.length === 0 ? null : blobs.join(','));

const upserts = new WeakMap<Shape, string>();

function upsertOf(shape: Shape): string {
  const known = upserts.get(shape);
  if (known !== undefined) return known;
  const columns = shape.columns.map(({ name }) => `"${name}"`);
  const types = ['text[]', ...shape.columns.map(({ type }) => arrayTypes[type]), 'text[]', 'json[]'];
  const arrays = types.map((type, i) => `$${i + 2}::${type}`);
  const given = ['k', ...columns.map((_, i) => `c${i}`), 'blobs', 'body'];
  const changed = [...columns, 'blobs', 'body'].map((name) => `${name} = excluded.${name}`);
  const sql = `insert into ${databaseSchema}.${shape.table} (institution, ${[rowKey, ...columns, 'blobs', 'body'].join(', ')})
    select $1, ${given.map((name) => (name === 'blobs' ? `string_to_array(blobs, ',')` : name)).join(', ')}
    from unnest(${arrays.join(', ')}) as given (${given.join(', ')})
    ${shape.collection.appendOnly ? '' : `on conflict (institution, ${rowKey}) do update set ${changed.join(', ')}`}`;
  upserts.set(shape, sql);
  return sql;
}
