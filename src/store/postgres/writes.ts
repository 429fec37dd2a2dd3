import type { Session } from './session.ts';
import { arrayTypes, columnValues, databaseSchema, rowKey, type Shape } from './shape.ts';
import { sortable } from './sortable.ts';
import type { Statement } from './statement.ts';

/** A row that a transaction has put or removed. */
export interface Touched {
  readonly shape: Shape;
  readonly key: string;
  row: object | null;
  /** The row as JSON, serialised once for the table and the record; null for a removal. */
  text: string | null;
}

/** What brings rows of one collection to the database: at most a statement for what was put, and one for what was removed. */
export function writesOf(institution: string, rows: readonly Touched[]): Statement<unknown>[] {
  const [shape] = rows.map((row) => row.shape);
  if (shape === undefined) return [];
  const put = rows.filter(({ row }) => row !== null);
  const removed = rows.filter(({ row }) => row === null);
  const statements: Statement<unknown>[] = [];
  if (put.length > 0) {
    const sql = insertOf(shape, shape.collection.appendOnly ? 'refused' : 'replaced');
    statements.push({ sql, parameters: parametersOf(shape, institution, put) });
  }
  if (removed.length > 0) {
    const sql = `delete from ${databaseSchema}.${shape.table} where institution = $1 and ${rowKey} = any($2)`;
    statements.push({ sql, parameters: [institution, removed.map(({ key }) => sortable(key))] });
  }
  return statements;
}

/** Arrays in arrays of unequal length cannot be sent; hashes have no comma. */
const blobsText = (blobs: readonly string[]): string | null => (blobs.length === 0 ? null : blobs.join(','));

type Clash = 'refused' | 'replaced' | 'kept';

const statements = new Map<Clash, WeakMap<Shape, string>>();

/** What happens to a row under a key that is taken: it is refused, replaces the one that is there, or leaves that. */
function insertOf(shape: Shape, clash: Clash): string {
  const known = statements.get(clash) ?? new WeakMap<Shape, string>();
  statements.set(clash, known);
  const sql = known.get(shape) ?? spellInsert(shape, clash);
  known.set(shape, sql);
  return sql;
}

function spellInsert(shape: Shape, clash: Clash): string {
  const columns = shape.columns.map(({ name }) => `"${name}"`);
  const types = ['text[]', ...shape.columns.map(({ type }) => arrayTypes[type]), 'text[]'];
  const arrays = types.map((type, i) => `$${i + 2}::${type}`);
  // Bodies travel as one text: an array of theirs would be escaped, and unescaped, character by character.
  const bodies = `$${types.length + 2}::json`;
  const given = ['k', ...columns.map((_, i) => `c${i}`), 'blobs', 'body'];
  const changed = [...columns, 'blobs', 'body'].map((name) => `${name} = excluded.${name}`);
  const then: Record<Clash, string> = {
    refused: '',
    replaced: `on conflict (institution, ${rowKey}) do update set ${changed.join(', ')}`,
    kept: `on conflict (institution, ${rowKey}) do nothing returning true as inserted`,
  };
  return `insert into ${databaseSchema}.${shape.table} (institution, ${[rowKey, ...columns, 'blobs', 'body'].join(', ')})
    select $1, ${given.map((name) => (name === 'blobs' ? `string_to_array(blobs, ',')` : name)).join(', ')}
    from rows from (unnest(${arrays.join(', ')}), json_array_elements(${bodies})) as given (${given.join(', ')}) ${then[clash]}`;
}

/** The parameters of an insert, an array for each column and one text for the bodies. */
function parametersOf(shape: Shape, institution: string, rows: readonly Touched[]): readonly unknown[] {
  const values = rows.map(({ row }) => columnValues(shape, row ?? {}));
  const columns = shape.columns.map((_, i) => values.map((list) => list[i] ?? null));
  const blobs = rows.map(({ row }) => blobsText(shape.collection.blobsOf(row ?? {})));
  return [
    institution,
    rows.map(({ key }) => sortable(key)),
    ...columns,
    blobs,
    `[${rows.map(({ text }) => text).join(',')}]`,
  ];
}

/** @returns whether the key was free */
export async function insertRow(session: Session, institution: string, row: Touched): Promise<boolean> {
  const { shape } = row;
  const inserted = await session.run({
    sql: insertOf(shape, 'kept'),
    parameters: parametersOf(shape, institution, [row]),
  });
  return inserted.length > 0;
}

/** @returns the row that stood under the key; undefined: it was free, and the given one has it now */
export async function insertOrFind(session: Session, institution: string, row: Touched): Promise<object | undefined> {
  const { shape, key } = row;
  const given = parametersOf(shape, institution, [row]);
  // The index is not looked at for what has just been inserted: the look would lock the place against all its neighbours.
  const sql = `with given as (${insertOf(shape, 'kept')}) select body from ${databaseSchema}.${shape.table}
    where institution = $1 and ${rowKey} = $${given.length + 1} and not exists (select from given)`;
  const [found] = await session.run<{ body: object }>({ sql, parameters: [...given, sortable(key)] });
  return found?.body;
}
