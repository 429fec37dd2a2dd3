import type { Writable } from 'node:stream';
import type pg from 'pg';

/** A statement whose rows are `R`. */
export interface Statement<R> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Not kept prepared: the database plans it for its very values, which may be few or a hundred thousand. */
  readonly isOneOff?: boolean;
  /** Never there: it carries the type. */
  readonly rows?: readonly R[];
}

const names = new Map<string, string>();

/** The name under which a connection keeps a prepared statement. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size + 1}`;
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
    this.#watch(this.#client.query(`begin isolation level ${mode}`));
    const sql = mode === 'serializable' ? `${settingOfInstitution}, ${shareTheLedger}` : settingOfInstitution;
    this.#watch(this.run({ sql, parameters: [institution] }));
  }

  async run<R>({ sql, parameters, isOneOff = false }: Statement<R>): Promise<readonly R[]> {
    this.#gather();
    try {
      const name = isOneOff ? {} : { name: nameOf(sql) };
      const { rows } = await this.#client.query({ ...name, text: sql, values: [...parameters] });
      return rows as R[];
    } catch (error) {
      this.#failure ??= error;
      throw error;
    }
  }

  /** @throws what was refused first, also of the statements before */
  async commit(): Promise<void> {
    this.#gather();
    const { command } = await this.#client.query('commit').catch((error: unknown) => {
      this.#failure ??= error;
      throw error;
    });
    if (this.#failure !== undefined) throw this.#failure;
    if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`);
  }

  async rollback(): Promise<void> {
    await this.#client.query('rollback');
  }

  /** What is said in one breath goes out in one write; the driver would make one of each statement. */
  #gather(): void {
    const { stream } = (this.#client as unknown as { connection: { stream: Writable } }).connection;
    stream.cork();
    queueMicrotask(() => stream.uncork());
  }

  #watch(statement: Promise<unknown>): void {
    statement.catch((error: unknown) => {
      this.#failure ??= error;
    });
  }
}

const settingOfInstitution = `select set_config('xueshibu.institution', $1, true)`;
/** Waits for whoever has the ledger to itself, see `ownLedger`. */
const shareTheLedger = 'pg_advisory_xact_lock_shared(5771551, hashtext($1))';

/** Waits until nobody else writes, and lets nobody begin until `shareLedger` on the same connection. */
export const ownLedger = 'select pg_advisory_lock(5771551, hashtext($1))';
export const shareLedger = 'select pg_advisory_unlock(5771551, hashtext($1))';
