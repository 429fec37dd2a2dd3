import { z } from 'zod';
import { type AnyCollection, columnsOf, type IndexValue } from '../../domain/collection.ts';
import { sortable } from './sortable.ts';

export type ColumnType = 'text' | 'number' | 'boolean';

export interface Column {
  readonly field: string;
  /** In the database. */
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** How a collection lies in the database: a table with a column for each field that it is found, ordered or totalled by. */
export interface Shape {
  readonly collection: AnyCollection;
  readonly table: string;
  /** Without `row_key`, which every table has: the key as `get` takes it. */
  readonly columns: readonly Column[];
  /** Name of the index ('' is the key) → its columns, which tell all rows apart. */
  readonly orders: ReadonlyMap<string, readonly Column[]>;
  /** The index that carries what totals are made of, and what it carries besides its own columns. */
  readonly carried: { readonly index: string; readonly columns: readonly Column[] } | null;
}

/** The schema in which everything of ours lies. */
export const databaseSchema = 'xueshibu';

/** The column of the key as `get` takes it. */
export const rowKey = 'row_key';

export const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'text collate "C"',
  number: 'double precision',
  boolean: 'boolean',
};

export const arrayTypes: Readonly<Record<ColumnType, string>> = {
  text: 'text[]',
  number: 'double precision[]',
  boolean: 'boolean[]',
};

const snake = (name: string): string =>
  name.replace(/-/g, '_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const tableNameOf = ({ name }: { readonly name: string }): string => snake(name);

/** @throws TypeError when a field that should be a column is neither text nor number nor boolean */
export function shapeOf(collection: AnyCollection): Shape {
  const described = z.toJSONSchema(collection.schema, { io: 'output', unrepresentable: 'any' }) as Described;
  // A key of one text is the row's key as it is.
  const [keyField] = collection.key.length === 1 ? collection.key : [];
  const columns = columnsOf(collection).map((field): Column => {
    const types = new Set(typesOf(described.properties?.[field] ?? {}));
    const nullable = types.delete('null') || !(described.required ?? []).includes(field);
    const [type] = types;
    if (types.size !== 1 || type === undefined || !(type in sqlTypes))
      throw new TypeError(`${collection.name}.${field} cannot be a column`);
    return {
      field,
      name: field === keyField && type === 'text' ? rowKey : snake(field),
      type: type as ColumnType,
      nullable,
    };
  });
  const named = (fields: readonly string[]): Column[] =>
    [...fields, ...collection.key.filter((field) => !fields.includes(field))].flatMap(
      (field) => columns.find((column) => column.field === field) ?? [],
    );
  const orders = [
    ['', named(collection.key)] as const,
    ...Object.entries(collection.indexes).map(([name, fields]) => [name, named(fields)] as const),
  ];
  return {
    collection,
    table: tableNameOf(collection),
    columns: columns.filter(({ name }) => name !== rowKey),
    orders: new Map(orders),
    carried: carriedOf(collection, new Map(orders), columns),
  };
}

function carriedOf(
  { name, totals }: AnyCollection,
  orders: Shape['orders'],
  columns: readonly Column[],
): Shape['carried'] {
  if (totals === null) return null;
  const order = orders.get(totals.index);
  if (order === undefined) throw new TypeError(`${name} has no index ${totals.index}`);
  const own = new Set(order.map(({ field }) => field));
  return {
    index: totals.index,
    columns: columns.filter(({ field }) => totals.fields.includes(field) && !own.has(field)),
  };
}

interface Described {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
}

const columnTypes: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  object: 'null',
};

/** What a described field can hold, in our words; what is none of the three makes no column. */
function typesOf(field: Described): string[] {
  const parts = field.anyOf ?? field.oneOf;
  if (parts !== undefined) return parts.flatMap(typesOf);
  const values = field.enum ?? (field.const === undefined ? undefined : [field.const]);
  if (values !== undefined)
    return values.map((value) => (value === null ? 'null' : (columnTypes[typeof value] ?? typeof value)));
  const types = typeof field.type === 'string' ? [field.type] : (field.type ?? ['anything']);
  return types.map((type) => (type === 'object' ? 'object' : (columnTypes[type] ?? type)));
}

/** A value as its column keeps it. @throws TypeError when it does not fit */
export function columnValue({ field, type }: Column, value: IndexValue | undefined): IndexValue {
  if (value === null || value === undefined) return null;
  const fits = type === 'text' ? typeof value === 'string' : typeof value === type;
  if (!fits) throw new TypeError(`${field} is no ${type}: ${typeof value}`);
  return typeof value === 'string' ? sortable(value) : value;
}

/** The columns' values of a row, in the order of the columns. */
export const columnValues = ({ columns }: Shape, row: object): IndexValue[] =>
  columns.map((column) => columnValue(column, Reflect.get(row, column.field) as IndexValue | undefined));
