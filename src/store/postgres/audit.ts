import type pg from 'pg';
import type { AuditHead, AuditRecord, Cause } from '../store.ts';

interface SealedRow {
  readonly n: string;
  readonly cause: string;
  readonly changes: string;
  readonly prev: string;
  readonly hash: string;
}

const toRecord = ({ n, cause, changes, prev, hash }: SealedRow): AuditRecord => ({
  n: Number(n),
  cause: JSON.parse(cause) as Cause,
  changes: JSON.parse(changes) as AuditRecord['changes'],
  prev,
  hash,
});

const pageSize = 500;

/**
 * The chain of one institution. What was committed is sealed in batches: at once when somebody asks for the chain, else a
 * moment later. The order is that of the database: a record is chained before every record that has built on it.
 */
export class Audit {
  readonly #pool: pg.Pool;
  readonly #institution: string;
  readonly #onFailure: (error: unknown) => void;
  #sealing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** Connections of `pool` work in the institution's name. */
  constructor(pool: pg.Pool, institution: string, onFailure: (error: unknown) => void) {
    this.#pool = pool;
    this.#institution = institution;
    this.#onFailure = onFailure;
  }

  /** Something has been committed that waits for its seal. */
  wake(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.seal().catch(this.#onFailure);
    }, sealAfterMs);
  }

  /** Resolves when everything is sealed that was committed before the call. */
  async seal(): Promise<void> {
    // The one on its way may have begun before; the one behind it serves all who wait.
    while (this.#sealing !== null) await this.#sealing.catch(() => undefined);
    this.#sealing = this.#pool.query('select from xueshibu.seal(null, null)').then(() => undefined);
    try {
      await this.#sealing;
    } finally {
      this.#sealing = null;
    }
  }

  /**
   * Chains the records that a view of the database shows as waiting. @returns the head after them, which goes with the
   * rows of that view; null when the chain has grown beyond what it shows
   */
  async sealSeen(seen: number, ids: readonly string[]): Promise<AuditHead | null> {
    const { rows } = await this.#pool.query<{ last: string; last_hash: string }>({
      name: 'seal-seen',
      text: 'select last, last_hash from xueshibu.seal($1, $2)',
      values: [seen, ids],
    });
    const [row] = rows;
    return row === undefined ? null : { n: Number(row.last), hash: row.last_hash };
  }

  async *records(from: number): AsyncGenerator<AuditRecord> {
    await this.seal();
    for (let next = from; ; ) {
      const { rows } = await this.#pool.query<SealedRow>({
        name: 'records',
        text: `select n, cause, changes, prev, hash from xueshibu.audit_records
          where institution = $1 and n >= $2 order by n limit ${pageSize}`,
        values: [this.#institution, next],
      });
      for (const row of rows) yield toRecord(row);
      if (rows.length < pageSize) return;
      next += pageSize;
    }
  }

  async recent({
    limit,
    before,
  }: {
    readonly limit: number;
    readonly before?: number;
  }): Promise<readonly AuditRecord[]> {
    await this.seal();
    const { rows } = await this.#pool.query<SealedRow>({
      name: 'recent-records',
      text: `select n, cause, changes, prev, hash from xueshibu.audit_records
        where institution = $1 and n < $2 order by n desc limit $3`,
      values: [this.#institution, before ?? Number.MAX_SAFE_INTEGER, limit],
    });
    return rows.map(toRecord);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.seal().catch(this.#onFailure);
  }
}

const sealAfterMs = 100;
