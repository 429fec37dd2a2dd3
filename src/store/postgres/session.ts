import type { Writable } from 'node:stream';
import type pg from 'pg';
import { lookUpTogether, type Statement, writeTogether } from './statement.ts';

const names = new Map<string, string>();
/** A connection keeps as many statements prepared; the forms that come up are far fewer. */
const mostNames = 1000;

/** The name under which a connection keeps a prepared statement; undefined when there are enough of them. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `s${names.size + 1}`;
  names.set(text, name);
  return name;
}

export type Mode = 'serializable' | 'repeatable read read only';

/**
 * One transaction on one connection. Statements go out at once, in order, without waiting for each other; the first that
 * fails is remembered, whatever its caller makes of it.
 */
export class Session {
  readonly #client: pg.PoolClient;
  #failure: unknown;
  #isGathering = false;
  /** What is looked up in this breath and has not gone out yet. */
  #asked: LookUp[] = [];

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  /** What the database refused first; undefined when nothing. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Opens a transaction in the name of an institution; what follows need not wait for it. */
  begin(mode: Mode, institution: string): void {
    this.#gather();
    const setting = `select set_config('xueshibu.institution', ${this.#client.escapeLiteral(institution)}, true)`;
    const share = mode === 'serializable' ? `, ${shareTheLedger(this.#client.escapeLiteral(institution))}` : '';
    this.#watch(this.#client.query(`begin isolation level ${mode}; ${setting}${share}`));
  }

  async run<R>(statement: Statement<R>): Promise<readonly R[]> {
    this.#sendAsked();
    return this.#send(statement);
  }

  /**
   * The one value of a statement that finds at most one, or null. What is looked up in one breath travels as one
   * statement, and no later than whatever is said next.
   */
  lookUp<V>(statement: Statement<Record<string, V>>): Promise<V | null> {
    this.#gather();
    return new Promise((resolve, reject) => {
      const answer = (value: unknown): void => resolve(value as V | null);
      if (this.#asked.push({ statement, answer, reject }) === mostTogether) this.#sendAsked();
    });
  }

  /** Sends writes, none of them of a row of another, as one statement; `commit` tells what became of it. */
  write(writes: readonly Statement<unknown>[]): void {
    if (writes.length > 0) this.#watch(this.run(writeTogether(writes)));
  }

  /** @throws what was refused first, also of the statements before */
  async commit(): Promise<void> {
    this.#sendAsked();
    this.#gather();
    const { command } = await this.#client.query('commit').catch((error: unknown) => {
      this.#failure ??= error;
      throw error;
    });
    if (this.#failure !== undefined) throw this.#failure;
    if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`);
  }

  async rollback(): Promise<void> {
    this.#sendAsked();
    await this.#client.query('rollback');
  }

  async #send<R>({ sql, parameters, isOneOff = false }: Statement<R>): Promise<readonly R[]> {
    this.#gather();
    try {
      const name = isOneOff ? undefined : nameOf(sql);
      const { rows } = await this.#client.query({ name, text: sql, values: [...parameters] });
      return rows as R[];
    } catch (error) {
      this.#failure ??= error;
      throw error;
    }
  }

  #sendAsked(): void {
    const asked = this.#asked;
    if (asked.length === 0) return;
    this.#asked = [];
    this.#send<Record<string, unknown>>(lookUpTogether(asked.map(({ statement }) => statement))).then(
      ([row]) => {
        for (const [i, { answer }] of asked.entries()) answer(row?.[`v${i}`] ?? null);
      },
      (error: unknown) => {
        for (const { reject } of asked) reject(error);
      },
    );
  }

  /** What is said in one breath goes out in one write; the driver would make one of each statement. */
  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    const { stream } = (this.#client as unknown as { connection: { stream: Writable } }).connection;
    stream.cork();
    // Behind everything that goes on without waiting for an answer.
    process.nextTick(() => {
      this.#isGathering = false;
      this.#sendAsked();
      stream.uncork();
    });
  }

  #watch(statement: Promise<unknown>): void {
    statement.catch((error: unknown) => {
      this.#failure ??= error;
    });
  }
}

interface LookUp {
  readonly statement: Statement<unknown>;
  readonly answer: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** So that the ways in which look-ups meet remain few. */
const mostTogether = 8;

/** Waits for whoever has the ledger to itself, see `ownLedger`. */
const shareTheLedger = (institution: string): string =>
  `pg_advisory_xact_lock_shared(5771551, hashtext(${institution}))`;

/** Waits until nobody else writes, and lets nobody begin until `shareLedger` on the same connection. */
export const ownLedger = 'select pg_advisory_lock(5771551, hashtext($1))';
export const shareLedger = 'select pg_advisory_unlock(5771551, hashtext($1))';
