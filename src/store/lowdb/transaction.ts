import { hash } from 'node:crypto';
import type { Collection } from '../../domain/collection.ts';
import { pickerOf, type Row } from '../order.ts';
import { changeText, firstNumber, isRecorded, orderedCause, refuseChange } from '../record.ts';
import type { AuditHead, Cause, Page, Query, Reader, Totals, TotalsQuery, Transaction } from '../store.ts';
import { Summation } from '../totals.ts';
import type { Breath } from './breath.ts';
import { type SerialEntry, sealEntry } from './segments.ts';
import type { State } from './state.ts';
import type { Table } from './table.ts';

/** What `read` hands out; of no use after its end. */
export class View implements Reader {
  readonly #state: State;
  readonly #breath: Breath;
  #ended = false;

  constructor(state: State, breath: Breath) {
    this.#state = state;
    this.#breath = breath;
  }

  async get<T extends object>(collection: Collection<T>, key: string | number): Promise<T | undefined> {
    const pause = this.pause();
    if (pause !== null) await pause;
    return this.state.tableOf(collection).get(String(key)) as T | undefined;
  }

  async getAll<T extends object>(collection: Collection<T>, keys: readonly string[]): Promise<(T | undefined)[]> {
    const table = this.state.tableOf(collection);
    const rows: (T | undefined)[] = [];
    for (const key of keys) {
      const pause = this.pause();
      if (pause !== null) await pause;
      rows.push(table.get(key) as T | undefined);
    }
    return rows;
  }

  async find<T extends object>(collection: Collection<T>, query: Query): Promise<Page<T>> {
    const pause = this.pause();
    if (pause !== null) await pause;
    const finding = this.state.tableOf(collection).find(query);
    for (;;) {
      const step = finding.next();
      if (step.done === true) return step.value as Page<T>;
      const turn = this.pause();
      if (turn !== null) await turn;
    }
  }

  async pick<T extends object, F extends keyof T & string>(
    collection: Collection<T>,
    fields: readonly F[],
    query: Query,
  ): Promise<Page<Pick<T, F>>> {
    const pick = pickerOf(this.state.tableOf(collection).collection, fields);
    const { rows, next } = await this.find(collection, query);
    return { rows: rows.map(pick) as Pick<T, F>[], next };
  }

  async count<T extends object>(collection: Collection<T>, query: Query): Promise<number> {
    return this.state.tableOf(collection).count(query);
  }

  async totals<T extends object>(collection: Collection<T>, query: TotalsQuery<T>): Promise<Totals> {
    const table = this.state.tableOf(collection);
    const summation = new Summation(table.collection, query);
    for (const rows of table.pieces(query)) {
      summation.add(rows);
      const pause = this.pause();
      if (pause !== null) await pause;
    }
    return summation.result();
  }

  async lastNumber(sequence: string): Promise<number> {
    return this.state.numbers.get(sequence) ?? firstNumber - 1;
  }

  async auditHead(): Promise<AuditHead> {
    return this.state.head;
  }

  protected get state(): State {
    if (this.#ended) throw new Error('the transaction has ended');
    return this.#state;
  }

  protected pause(): Promise<void> | null {
    return this.#breath.due();
  }

  end(): void {
    this.#ended = true;
  }
}

interface Touched {
  readonly table: Table;
  readonly key: string;
  /** What stood there before the transaction. */
  readonly before: Row | undefined;
  /** The row as JSON, serialised once for hash and journal; null for a removal. */
  text: string | null;
}

/** A transaction under way: works on the state itself and remembers what it must put back. */
export class Work extends View implements Transaction {
  cause: Cause;
  readonly #touched = new Map<string, Touched>();
  /** Sequences drawn from, with what they stood at before. */
  readonly #drawn = new Map<string, number | undefined>();

  constructor(state: State, cause: Cause, breath: Breath) {
    super(state, breath);
    this.cause = orderedCause(cause);
  }

  attribute(known: Partial<Pick<Cause, 'actor' | 'what'>>): void {
    // Spreading keeps the order of the fields, which the audit record's hash depends on.
    this.cause = { ...this.cause, ...known };
  }

  async put<T extends object>(collection: Collection<T>, row: T): Promise<void> {
    const pause = this.pause();
    if (pause !== null) await pause;
    const table = this.state.tableOf(collection);
    const kept: Row = collection.schema.parse(row);
    const key = table.keyOf(kept);
    if (collection.appendOnly && table.get(key) !== undefined) throw refuseChange(collection.name, key);
    this.#touch(table, key, kept, JSON.stringify(kept));
  }

  async insert<T extends object>(collection: Collection<T>, row: T): Promise<boolean> {
    const kept: Row = collection.schema.parse(row);
    const table = this.state.tableOf(collection);
    const key = table.keyOf(kept);
    if (table.get(key) !== undefined) return false;
    this.#touch(table, key, kept, JSON.stringify(kept));
    return true;
  }

  async getOrInsert<T extends object>(collection: Collection<T>, row: T): Promise<T> {
    await this.insert(collection, row);
    const table = this.state.tableOf(collection);
    return table.get(table.keyOf(row)) as T;
  }

  async remove<T extends object>(collection: Collection<T>, key: string | number): Promise<void> {
    const table = this.state.tableOf(collection);
    if (collection.appendOnly) throw refuseChange(collection.name, String(key));
    if (table.get(String(key)) !== undefined) this.#touch(table, String(key), undefined, null);
  }

  async nextNumber(sequence: string): Promise<number> {
    const { numbers } = this.state;
    const before = numbers.get(sequence);
    if (!this.#drawn.has(sequence)) this.#drawn.set(sequence, before);
    const number = (before ?? firstNumber - 1) + 1;
    numbers.set(sequence, number);
    return number;
  }

  /** Ends the transaction. @returns its journal line, or null when it leaves no trace */
  commit(): Buffer | null {
    const { state } = this;
    this.end();
    const ledger: string[] = [];
    const operational: string[] = [];
    for (const { table, key, text } of this.#touched.values()) {
      const { name, kept } = table.collection;
      (kept === 'ledger' ? ledger : operational).push(changeText(name, key, text));
    }
    let sealed: SerialEntry = { operational };
    if (isRecorded(this.cause, ledger.length)) {
      const n = state.head.n + 1;
      const text = `[${n},${JSON.stringify(this.cause)},[${ledger.join(',')}],"${state.head.hash}"]`;
      state.head = { n, hash: hash('sha256', text) };
      sealed = { ...sealed, audit: { text, head: state.head } };
    } else if (operational.length === 0 && this.#drawn.size === 0) return null;
    if (this.#drawn.size > 0) {
      const numbers = [...this.#drawn.keys()].map((sequence) => [sequence, state.numbers.get(sequence)]);
      sealed = { ...sealed, numbers: Object.fromEntries(numbers) };
    }
    state.line += 1;
    return sealEntry(state.line, sealed);
  }

  /** Ends the transaction as if it had never been. */
  rollback(): void {
    const { numbers } = this.state;
    this.end();
    for (const { table, key, before } of this.#touched.values()) table.set(key, before);
    for (const [sequence, before] of this.#drawn) {
      if (before === undefined) numbers.delete(sequence);
      else numbers.set(sequence, before);
    }
  }

  #touch(table: Table, key: string, row: Row | undefined, text: string | null): void {
    const id = `${table.collection.name}\n${key}`;
    const before = table.set(key, row);
    const touched = this.#touched.get(id);
    if (touched === undefined) this.#touched.set(id, { table, key, before, text });
    else touched.text = text;
  }
}
