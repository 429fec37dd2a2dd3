import type { Collection, IndexValue } from '../../domain/collection.ts';
import { keyOf } from '../../domain/collection.ts';
import { changeText, firstNumber, isRecorded, orderedCause, refuseChange } from '../record.ts';
import {
  type AuditHead,
  type Cause,
  emptyHead,
  type Page,
  type Query,
  type Reader,
  type Totals,
  type TotalsQuery,
  type Transaction,
} from '../store.ts';
import type { Audit } from './audit.ts';
import type { DrawnNumbers } from './numbers.ts';
import { countRows, selectFields, selectKeyed, selectRow, selectRows, selectTotals } from './queries.ts';
import type { Session } from './session.ts';
import type { Shape } from './shape.ts';
import { unsortable } from './sortable.ts';
import { rowsOf, totalsOf } from './totals.ts';
import { insertOrFind, insertRow, type Touched, writesOf } from './writes.ts';

/** What every view of one store knows. */
export interface Place {
  readonly institution: string;
  /** By the name of the collection. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly audit: Audit;
}

/** Thrown to run the work again when the chain has grown beyond what the view shows. */
export class Unsealed extends Error {}

/** A view of one snapshot; of no use after its end. */
export class View implements Reader {
  protected readonly place: Place;
  readonly #session: Session;
  #ended = false;
  #head: AuditHead | null = null;
  /** The chain had grown beyond this view when its head was asked for. */
  isUnsealed = false;
  /** Whether that ends the work, to begin again. */
  readonly #isExact: boolean;

  constructor(session: Session, place: Place, isExact: boolean) {
    this.#session = session;
    this.place = place;
    this.#isExact = isExact;
  }

  async get<T extends object>(collection: Collection<T>, key: string | number): Promise<T | undefined> {
    const shape = this.shapeOf(collection);
    const body = await this.session.lookUp(selectRow(shape, this.place.institution, String(key)));
    return (body ?? undefined) as T | undefined;
  }

  async getAll<T extends object>(collection: Collection<T>, keys: readonly string[]): Promise<(T | undefined)[]> {
    const shape = this.shapeOf(collection);
    const found = await this.session.run(selectKeyed(shape, this.place.institution, keys));
    const rows = new Map(found.map(({ key, body }) => [unsortable(key), body]));
    return keys.map((key) => rows.get(key) as T | undefined);
  }

  async find<T extends object>(collection: Collection<T>, query: Query): Promise<Page<T>> {
    const shape = this.shapeOf(collection);
    this.settle(shape);
    const limit = query.limit ?? 100;
    const statement = selectRows(shape, this.place.institution, query, limit);
    // What is planned for its values goes by itself.
    const bodies =
      statement.isOneOff === true
        ? (await this.session.run(statement))[0]?.bodies
        : await this.session.lookUp(statement);
    const found = (bodies ?? []) as T[];
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return { rows, next: found.length > limit && last !== undefined ? placeOf(shape, query, last) : null };
  }

  async pick<T extends object, F extends keyof T & string>(
    collection: Collection<T>,
    fields: readonly F[],
    query: Query,
  ): Promise<Page<Pick<T, F>>> {
    const shape = this.shapeOf(collection);
    this.settle(shape);
    const limit = query.limit ?? 100;
    const all = [...new Set<string>([...fields, ...orderOf(shape, query)])];
    const [lists = {}] = await this.session.run(selectFields(shape, this.place.institution, query, limit, all));
    const { rows, last } = rowsOf(lists, fields, all, limit);
    return { rows: rows as Pick<T, F>[], next: last === null ? null : placeOf(shape, query, last) };
  }

  async count<T extends object>(collection: Collection<T>, query: Query): Promise<number> {
    const shape = this.shapeOf(collection);
    this.settle(shape);
    return Number(await this.session.lookUp(countRows(shape, this.place.institution, query)));
  }

  async totals<T extends object>(collection: Collection<T>, query: TotalsQuery<T>): Promise<Totals> {
    const shape = this.shapeOf(collection);
    this.settle(shape);
    const [lists = {}] = await this.session.run(selectTotals(shape, this.place.institution, query));
    return totalsOf(lists, query);
  }

  async lastNumber(sequence: string): Promise<number> {
    const [row] = await this.session.run<{ last: string }>({
      sql: 'select last from xueshibu.numbers where institution = $1 and sequence = $2',
      parameters: [this.place.institution, sequence],
    });
    return row === undefined ? firstNumber - 1 : Number(row.last);
  }

  async auditHead(): Promise<AuditHead> {
    this.#head ??= await this.#findHead();
    return this.#head;
  }

  /** The head that goes with the rows of this view: what it shows as waiting is chained first. */
  async #findHead(): Promise<AuditHead> {
    const [row] = await this.session.run<{ n: string | null; hash: string; ids: readonly string[] | null }>({
      sql: `select n, hash, (select array_agg(id) from xueshibu.audit_pending p where p.institution = $1) as ids
        from (select 1) as one left join xueshibu.audit_heads h on h.institution = $1`,
      parameters: [this.place.institution],
    });
    const head = row === undefined || row.n === null ? emptyHead : { n: Number(row.n), hash: row.hash };
    if (row === undefined || row.ids === null) return head;
    const sealed = await this.place.audit.sealSeen(head.n, row.ids);
    if (sealed !== null) return sealed;
    this.isUnsealed = true;
    if (this.#isExact) throw new Unsealed();
    return head;
  }

  end(): void {
    this.#ended = true;
  }

  protected get session(): Session {
    if (this.#ended) throw new Error('the transaction has ended');
    return this.#session;
  }

  protected shapeOf({ name }: { readonly name: string }): Shape {
    const shape = this.place.shapes.get(name);
    if (shape === undefined) throw new TypeError(`the store was opened without ${name}`);
    return shape;
  }

  /** Sends what a look at a whole collection must see. */
  protected settle(shape: Shape): void {
    void shape;
  }
}

const orderOf = ({ orders }: Shape, { index = '' }: Query): string[] =>
  (orders.get(index) ?? []).map(({ field }) => field);

/** Where a row stands in the order of a query. */
const placeOf = (shape: Shape, query: Query, row: object): string =>
  JSON.stringify(orderOf(shape, query).map((field) => fieldOf(row, field)));

const fieldOf = (row: object, field: string): IndexValue => (Reflect.get(row, field) as IndexValue | undefined) ?? null;

/**
 * A transaction under way. What it puts is kept here until a query must see it or the end comes: then it travels in one
 * go, a statement for each collection.
 */
export class Work extends View implements Transaction {
  cause: Cause;
  readonly #numbers: DrawnNumbers;
  /** Whether rows that are put twice are looked for at once, and not left to the database to refuse. */
  readonly #isCareful: boolean;
  /** By collection and key, in the order in which they were first touched. */
  readonly #touched = new Map<string, Touched>();
  /** Rows that were read, by collection and key; what was put is among them when somebody has asked for it. */
  readonly #known = new Map<string, object | undefined>();
  #unsent = new Map<string, Set<Touched>>();

  constructor(
    session: Session,
    place: Place,
    cause: Cause,
    numbers: DrawnNumbers,
    options: { exact: boolean; careful: boolean },
  ) {
    super(session, place, options.exact);
    this.cause = orderedCause(cause);
    this.#numbers = numbers;
    this.#isCareful = options.careful;
  }

  attribute(known: Partial<Pick<Cause, 'actor' | 'what'>>): void {
    // Spreading keeps the order of the fields, which the audit record's hash depends on.
    this.cause = { ...this.cause, ...known };
  }

  override async get<T extends object>(collection: Collection<T>, key: string | number): Promise<T | undefined> {
    const id = idOf(collection, String(key));
    if (this.#isNew(collection, String(key)) && !this.#touched.has(id)) return undefined;
    if (!this.#knows(id)) {
      const row = await super.get(collection, key);
      // Something may have been put under the key meanwhile.
      if (!this.#knows(id)) this.#known.set(id, row);
    }
    return this.#known.get(id) as T | undefined;
  }

  override async getAll<T extends object>(
    collection: Collection<T>,
    keys: readonly string[],
  ): Promise<(T | undefined)[]> {
    const isKnown = (key: string): boolean => this.#knows(idOf(collection, key));
    const unknown = keys.filter((key) => !isKnown(key) && !this.#isNew(collection, key));
    const rows = unknown.length === 0 ? [] : await super.getAll(collection, unknown);
    for (const [i, key] of unknown.entries()) {
      if (!isKnown(key)) this.#known.set(idOf(collection, key), rows[i]);
    }
    return keys.map((key) => this.#known.get(idOf(collection, key)) as T | undefined);
  }

  async put<T extends object>(collection: Collection<T>, row: T): Promise<void> {
    const shape = this.shapeOf(collection);
    void this.session;
    const kept: object = collection.schema.parse(row);
    const key = keyOf(collection, kept as T);
    if (collection.appendOnly) {
      const id = idOf(collection, key);
      const isThere = this.#touched.has(id) || (this.#isCareful && (await this.get(collection, key)) !== undefined);
      if (isThere) throw refuseChange(collection.name, key);
    }
    this.#touch(shape, key, kept);
  }

  async insert<T extends object>(collection: Collection<T>, row: T): Promise<boolean> {
    const shape = this.shapeOf(collection);
    const kept: object = collection.schema.parse(row);
    const key = keyOf(collection, kept as T);
    const id = idOf(collection, key);
    if (this.#knows(id) && this.#known.get(id) !== undefined) return false;
    this.settle(shape);
    const touched: Touched = { shape, key, row: kept, text: JSON.stringify(kept) };
    if (!(await insertRow(this.session, this.place.institution, touched))) return false;
    this.#remember(touched);
    return true;
  }

  async getOrInsert<T extends object>(collection: Collection<T>, row: T): Promise<T> {
    const shape = this.shapeOf(collection);
    const kept: object = collection.schema.parse(row);
    const key = keyOf(collection, kept as T);
    const id = idOf(collection, key);
    if (!this.#knows(id)) {
      const touched: Touched = { shape, key, row: kept, text: JSON.stringify(kept) };
      const found = await insertOrFind(this.session, this.place.institution, touched);
      if (found === undefined) this.#remember(touched);
      else if (!this.#knows(id)) this.#known.set(id, found);
    } else if (this.#known.get(id) === undefined) this.#touch(shape, key, kept);
    return (await this.get(collection, key)) as T;
  }

  async remove<T extends object>(collection: Collection<T>, key: string | number): Promise<void> {
    if (collection.appendOnly) throw refuseChange(collection.name, String(key));
    if ((await this.get(collection, key)) !== undefined) this.#touch(this.shapeOf(collection), String(key), null);
  }

  async nextNumber(sequence: string): Promise<number> {
    void this.session;
    return this.#numbers.next(sequence);
  }

  override async lastNumber(sequence: string): Promise<number> {
    return this.#numbers.last(sequence) ?? super.lastNumber(sequence);
  }

  /** Sends everything and commits. @returns whether it has left a record that waits for its seal */
  async commit(): Promise<boolean> {
    const { session } = this;
    const writes = [...this.#unsent.values()].flatMap((rows) => writesOf(this.place.institution, [...rows]));
    const ledger = [...this.#touched.values()].filter(({ shape }) => shape.collection.kept === 'ledger');
    const leavesRecord = isRecorded(this.cause, ledger.length);
    if (leavesRecord) {
      const changes = ledger.map(({ shape, key, text }) => changeText(shape.collection.name, key, text));
      const parameters = [this.place.institution, JSON.stringify(this.cause), `[${changes.join(',')}]`];
      writes.push({ sql: insertRecord, parameters });
    }
    this.end();
    session.write(writes);
    await session.commit();
    return leavesRecord;
  }

  protected override settle({ collection }: Shape): void {
    const rows = this.#unsent.get(collection.name);
    if (rows === undefined) return;
    this.#unsent.delete(collection.name);
    this.session.write(writesOf(this.place.institution, [...rows]));
  }

  #touch(shape: Shape, key: string, row: object | null): void {
    const id = idOf(shape.collection, key);
    const touched = this.#touched.get(id) ?? { shape, key, row, text: null };
    touched.row = row;
    touched.text = row === null ? null : JSON.stringify(row);
    this.#remember(touched);
    const { name } = shape.collection;
    const unsent = this.#unsent.get(name) ?? new Set();
    this.#unsent.set(name, unsent.add(touched));
  }

  #remember(touched: Touched): void {
    const id = idOf(touched.shape.collection, touched.key);
    this.#touched.set(id, touched);
    this.#known.delete(id);
  }

  /** Whether a row need not be looked for. What was put is as it will be read back: it shares nothing with what the caller holds. */
  #knows(id: string): boolean {
    const touched = this.#touched.get(id);
    if (touched !== undefined && !this.#known.has(id)) {
      this.#known.set(id, touched.text === null ? undefined : (JSON.parse(touched.text) as object));
    }
    return this.#known.has(id);
  }

  /** Under a number that was drawn just now nobody has put anything. */
  #isNew<T extends object>({ key: fields, numbered }: Collection<T>, key: string): boolean {
    if (numbered === null || fields.length !== 1 || fields[0] !== numbered.field) return false;
    return this.#numbers.has(numbered.sequence, Number(key));
  }
}

const idOf = ({ name }: { readonly name: string }, key: string): string => `${name}\n${key}`;

const insertRecord = 'insert into xueshibu.audit_pending (institution, cause, changes) values ($1, $2, $3)';
