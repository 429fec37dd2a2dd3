import {
  DummyDriver,
  type Expression,
  type ExpressionBuilder,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import type { IndexValue } from '../../domain/collection.ts';
import type { Condition, Portion, Query, TotalsQuery } from '../store.ts';
import { arrayTypes, type Column, columnValue, databaseSchema, rowKey, type Shape } from './shape.ts';
import { sortable } from './sortable.ts';
import type { Statement } from './statement.ts';

type Tables = Record<string, Record<string, unknown>>;

/** Builds and compiles queries; they are run by `session.ts`, in a transaction of their own connection. */
export const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
}).withSchema(databaseSchema);

type Range = Pick<Query, 'index' | 'equals' | 'from' | 'to' | 'where'>;
type Conditions = ExpressionBuilder<Tables, string>;

const texts = new WeakMap<Shape, Map<string, string>>();

/** A query is built once for each form; after that only its parameters are gathered, in the order of `rangeOf`. */
function inForm<R>(
  shape: Shape,
  form: string,
  parameters: readonly unknown[],
  build: () => { sql: string },
): Statement<R> {
  const known = texts.get(shape) ?? new Map<string, string>();
  texts.set(shape, known);
  const sql = known.get(form) ?? build().sql;
  known.set(form, sql);
  return { sql, parameters };
}

/** What tells one form of a range from another: what is bound, and whether to nothing. */
const formOf = ({ index = '', equals = [], from = null, to }: Range): string =>
  [index, ...equals.map(isNone), from === null ? '' : 'from', to === undefined ? '' : `to${isNone(to)}`].join();

const isNone = (value: IndexValue): string => (value === null ? '0' : '1');

export const selectRow = (shape: Shape, institution: string, key: string): Statement<{ body: object }> =>
  inForm(shape, 'row', [institution, sortable(key)], () =>
    builder
      .selectFrom(shape.table)
      .select('body')
      .where('institution', '=', institution)
      .where(rowKey, '=', sortable(key))
      .compile(),
  );

/** Rows with their keys as the table keeps them. */
export const selectKeyed = (
  { table }: Shape,
  institution: string,
  keys: readonly string[],
): Statement<{ key: string; body: object }> => ({
  sql: `select ${rowKey} as key, body from ${databaseSchema}.${table} where institution = $1 and ${rowKey} = any($2)`,
  parameters: [institution, keys.map(sortable)],
});

/** A page as one value, a list of its rows or null; one row more than it holds tells whether there is another. */
export function selectRows(
  shape: Shape,
  institution: string,
  query: Query,
  limit: number,
): Statement<{ bodies: readonly object[] | null }> {
  const build = () => buildRows(shape, institution, query, limit);
  if (query.where !== undefined) return { ...build(), isOneOff: true };
  // Where the page before has ended tells nothing that comes again.
  if (query.after !== undefined && query.after !== null) return build();
  const parameters = [...rangeParameters(shape, institution, query), limit + 1];
  return inForm(shape, `rows,${query.order ?? 'asc'},${formOf(query)}`, parameters, build);
}

/** The fields of rows, and of their order, as `f0 …`: each a list of all values, which costs less than as many rows. */
export function selectFields(
  shape: Shape,
  institution: string,
  query: Query,
  limit: number,
  fields: readonly string[],
): Statement<Lists> {
  const picked = fields.map((field, i) => ({ name: columnOf(shape, field).name, as: `f${i}` }));
  return inLists(
    rowsOf(shape, institution, query, limit).select(picked.map(({ name, as }) => sql.ref(name).as(as))),
    picked.map(({ as }) => as),
  );
}

const buildRows = (shape: Shape, institution: string, query: Query, limit: number) =>
  builder
    .selectFrom(rowsOf(shape, institution, query, limit).select('body').as('page'))
    .select(sql`json_agg(body)`.as('bodies'))
    .compile();

function rowsOf(shape: Shape, institution: string, query: Query, limit: number) {
  const descending = query.order === 'desc';
  const { free } = splitOrder(shape, query);
  let rows = builder.selectFrom(shape.table).where((is) => is.and(rangeOf(is, shape, institution, query)));
  if (query.after !== undefined && query.after !== null) {
    const last = (JSON.parse(query.after) as IndexValue[]).slice(query.equals?.length ?? 0);
    rows = rows.where((is) => isBehind(is, free, last, descending));
  }
  for (const { name, nullable } of free) {
    rows = rows.orderBy(name, (order) => {
      const direction = descending ? order.desc() : order.asc();
      return nullable ? (descending ? direction.nullsLast() : direction.nullsFirst()) : direction;
    });
  }
  return rows.limit(limit + 1);
}

/** One row: under each name all values of a column as JSON, or null when there are none. */
export type Lists = Readonly<Record<string, string | null>>;

/** What a query finds, column by column. The names are those that the query gives its columns. */
function inLists(query: SelectQueryBuilder<Tables, string, object>, names: readonly string[]): Statement<Lists> {
  const lists = names.map((name) => sql`json_agg(${sql.ref(name)})::text`.as(name));
  return { ...builder.selectFrom(query.as('found')).select(lists).compile(), isOneOff: true };
}

export function countRows(shape: Shape, institution: string, query: Range): Statement<{ count: string }> {
  const build = () =>
    builder
      .selectFrom(shape.table)
      .select((is) => is.fn.countAll().as('count'))
      .where((is) => is.and(rangeOf(is, shape, institution, query)))
      .compile();
  if (query.where !== undefined) return { ...build(), isOneOff: true };
  return inForm(shape, `count,${formOf(query)}`, rangeParameters(shape, institution, query), build);
}

/** Groups as `g0 …`, how many rows as `count`, sums as `s0 …`. */
export function selectTotals<T>(shape: Shape, institution: string, query: TotalsQuery<T>): Statement<Lists> {
  const groups = query.groupBy.map((field, i) => ({ name: columnOf(shape, field).name, as: `g${i}` }));
  const sums = query.sum.map((_, i) => `s${i}`);
  const names = ['count', ...groups.map(({ as }) => as), ...sums];
  let totals = builder
    .selectFrom(shape.table)
    .select((is) => [is.fn.countAll().as('count'), ...query.sum.map((one, i) => sumOf(is, shape, one).as(`s${i}`))])
    .where((is) => is.and(rangeOf(is, shape, institution, query)));
  for (const { name, as } of groups) totals = totals.select(sql.ref(name).as(as)).groupBy(name);
  return inLists(totals, names);
}

function sumOf(is: Conditions, shape: Shape, sum: string | Portion): RawBuilder<unknown> {
  const added = (field: string) => sql`sum(${sql.ref(columnOf(shape, field).name)})`;
  if (typeof sum === 'string') return sql`coalesce(${added(sum)}, 0)`;
  const conditions = Object.entries(sum.where).flatMap(([field, one]) => conditionsOf(is, columnOf(shape, field), one));
  const amount = sum.of === undefined ? sql`count(*)` : added(sum.of);
  return sql`coalesce(${amount} filter (where ${is.and(conditions)}), 0)`;
}

/** @throws TypeError when the collection does not declare it */
function columnOf({ collection, columns, orders }: Shape, field: string): Column {
  const column = [...columns, ...(orders.get('') ?? [])].find((candidate) => candidate.field === field);
  if (column === undefined) throw new TypeError(`${collection.name} declares no ${field}`);
  return column;
}

/** The columns of a query's order: those that `equals` binds, and the rest. */
function splitOrder(
  { collection, orders }: Shape,
  { index = '', equals = [] }: Range,
): { bound: readonly Column[]; free: readonly Column[] } {
  const order = orders.get(index);
  if (order === undefined) throw new TypeError(`${collection.name} has no index ${index}`);
  return { bound: order.slice(0, equals.length), free: order.slice(equals.length) };
}

function rangeOf(is: Conditions, shape: Shape, institution: string, query: Range): Expression<SqlBool>[] {
  const { bound, free } = splitOrder(shape, query);
  const conditions: Expression<SqlBool>[] = [is('institution', '=', institution)];
  for (const [i, column] of bound.entries()) conditions.push(isEqual(is, column, query.equals?.[i] ?? null));
  const [next] = free;
  if (query.from !== undefined && query.from !== null && next !== undefined) {
    conditions.push(is(next.name, '>=', columnValue(next, query.from)));
  }
  if (query.to !== undefined && next !== undefined) conditions.push(isAtMost(is, next, query.to));
  for (const [field, condition] of Object.entries(query.where ?? {})) {
    conditions.push(...conditionsOf(is, columnOf(shape, field), condition));
  }
  return conditions;
}

function conditionsOf(is: Conditions, column: Column, { in: values, from, to }: Condition): Expression<SqlBool>[] {
  const { name, type } = column;
  const conditions: Expression<SqlBool>[] = [];
  if (values !== undefined) {
    const given = sql`${sql.val(values.map((value) => columnValue(column, value)))}::${sql.raw(arrayTypes[type])}`;
    // Many as a relation, which is joined and not compared one by one.
    const isAny = values.length > 100 ? sql`in (select unnest(${given}))` : sql`= any (${given})`;
    const [only, ...others] = values;
    const isOne = only !== undefined && others.length === 0;
    conditions.push(isOne ? is(name, '=', columnValue(column, only)) : sql<SqlBool>`${sql.ref(name)} ${isAny}`);
  }
  if (from !== undefined && from !== null) conditions.push(is(name, '>=', columnValue(column, from)));
  if (to !== undefined) conditions.push(isAtMost(is, column, to));
  return conditions;
}

/** The parameters of `rangeOf`: nothing is compared with null. */
function rangeParameters(shape: Shape, institution: string, query: Range): unknown[] {
  const { bound, free } = splitOrder(shape, query);
  const [next] = free;
  const compared = [
    ...bound.map((column, i) => columnValue(column, query.equals?.[i])),
    ...(next === undefined ? [] : [columnValue(next, query.from), columnValue(next, query.to)]),
  ];
  return [institution, ...compared.filter((value) => value !== null)];
}

const isEqual = (is: Conditions, column: Column, value: IndexValue): Expression<SqlBool> =>
  value === null ? is(column.name, 'is', null) : is(column.name, '=', columnValue(column, value));

/** Null stands before everything. */
function isAtMost(is: Conditions, column: Column, value: IndexValue): Expression<SqlBool> {
  if (value === null) return is(column.name, 'is', null);
  const within = is(column.name, '<=', columnValue(column, value));
  return column.nullable ? is.or([within, is(column.name, 'is', null)]) : within;
}

/** Whether a row comes after the last one of the page before. */
function isBehind(
  is: Conditions,
  columns: readonly Column[],
  last: readonly IndexValue[],
  descending: boolean,
): Expression<SqlBool> {
  const values = columns.map((column, i) => columnValue(column, last[i] ?? null));
  if (columns.every(({ nullable }) => !nullable)) {
    const sides = [columns.map(({ name }) => sql.ref(name)), values.map((value) => sql.val(value))] as const;
    const [row, bound] = sides.map((side) => sql`(${sql.join(side)})`);
    return sql<SqlBool>`${row} ${sql.raw(descending ? '<' : '>')} ${bound}`;
  }
  const [column, ...rest] = columns;
  const value = last[0] ?? null;
  if (column === undefined) return sql<SqlBool>`false`;
  const beyond = descending ? isBelow(is, column, value) : isAbove(is, column, value);
  if (rest.length === 0) return beyond;
  return is.or([beyond, is.and([isEqual(is, column, value), isBehind(is, rest, last.slice(1), descending)])]);
}

const isAbove = (is: Conditions, column: Column, value: IndexValue): Expression<SqlBool> =>
  value === null ? is(column.name, 'is not', null) : is(column.name, '>', columnValue(column, value));

function isBelow(is: Conditions, column: Column, value: IndexValue): Expression<SqlBool> {
  if (value === null) return sql<SqlBool>`false`;
  const below = is(column.name, '<', columnValue(column, value));
  return column.nullable ? is.or([below, is(column.name, 'is', null)]) : below;
}
