import type pg from 'pg';
import { storeTexts, postgresTexts as texts } from '../../texts/store.ts';
import type { createTurns } from '../../turns.ts';
import {
  type AuditHead,
  type AuditRecord,
  type Blobs,
  type Cause,
  isForNow,
  type Reader,
  type Store,
  StoreError,
  type Transaction,
} from '../store.ts';
import { createBlobs, sweepBlobs } from './blobs.ts';
import { isAway, isConflict, isDouble, isForbidden, toStoreError } from './connect.ts';
import { DrawnNumbers, type Numbers } from './numbers.ts';
import { ownLedger, Session, shareLedger } from './session.ts';
import { type Place, Unsealed, View, Work } from './transaction.ts';

/** Writes a store as a folder that `restore` can read. */
export type WriteBackup = (
  store: Store,
  directory: string,
) => Promise<{ readonly records: number; readonly head: AuditHead }>;

export interface Engine {
  readonly place: Place;
  readonly pool: pg.Pool;
  /** Connections in the institution's name, for what is no transaction of the caller's. */
  readonly side: pg.Pool;
  /** The same, whose commits need not be synced. */
  readonly quick: pg.Pool;
  readonly numbers: Numbers;
  readonly writeBackup: WriteBackup;
  /** As many transactions at a time as `pool` has connections. */
  readonly inTurn: ReturnType<typeof createTurns>;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How often work is begun before others are told that there is too much of it. */
const mostAttempts = 8;
/** From this attempt on, a transaction has the ledger to itself: then nothing can be in its way. */
const aloneFrom = 4;
const probeMs = 1000;

/**
 * Transactions side by side, as if one after another: SERIALIZABLE, begun again when they were in each other's way. Any
 * number of processes may work on one database.
 */
export class PostgresStore implements Store {
  readonly blobs: Blobs;
  readonly #engine: Engine;
  #isClosed = false;
  /** What has been accepted and is not answered yet. */
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;
  #failure: StoreError | null = null;
  #probe: NodeJS.Timeout | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.blobs = createBlobs(engine.side, engine.place.institution);
  }

  async transaction<R>(cause: Cause, work: (tx: Transaction) => Promise<R>): Promise<R> {
    const { place } = this.#engine;
    const numbers = new DrawnNumbers(this.#engine.numbers);
    let isCareful = false;
    return this.#repeat(async (attempt) => {
      numbers.restart();
      return this.#withSession(attempt >= aloneFrom, async (session) => {
        session.begin('serializable', place.institution);
        const tx = new Work(session, place, cause, numbers, { exact: attempt === 0, careful: isCareful });
        try {
          const result = await work(tx);
          if (tx.isUnsealed && attempt === 0) throw new Unsealed();
          if (await tx.commit()) place.audit.wake();
          return result;
        } catch (error) {
          if (isDouble(session.failure)) {
            // Either two were at it at once, or the work itself is wrong, which the next attempt finds by itself.
            isCareful = true;
            throw new Unsettled();
          }
          throw tx.isUnsealed && attempt === 0 ? new Unsealed() : error;
        } finally {
          tx.end();
        }
      });
    });
  }

  read<R>(work: (view: Reader) => Promise<R>): Promise<R> {
    const { place } = this.#engine;
    return this.#repeat(() =>
      this.#withSession(false, async (session) => {
        session.begin('repeatable read read only', place.institution);
        // Rows and head of one view belong together, which `verify` relies on.
        const view = new View(session, place, true);
        try {
          const result = await work(view);
          if (view.isUnsealed) throw new Unsealed();
          await session.commit();
          return result;
        } catch (error) {
          throw view.isUnsealed ? new Unsealed() : error;
        } finally {
          view.end();
        }
      }),
    );
  }

  numbers(): Promise<ReadonlyMap<string, number>> {
    return this.#attended(() => this.#engine.numbers.all());
  }

  async *auditRecords(from = 1): AsyncGenerator<AuditRecord> {
    if (this.#isClosed) throw closed();
    try {
      yield* this.#engine.place.audit.records(from);
    } catch (error) {
      throw this.#noted(error);
    }
  }

  recentAuditRecords(options: { readonly limit: number; readonly before?: number }): Promise<readonly AuditRecord[]> {
    return this.#attended(() => this.#engine.place.audit.recent(options));
  }

  status(): ReturnType<Store['status']> {
    if (this.#isClosed) return { ready: false, reason: storeTexts.closed };
    if (this.#failure === null) return { ready: true };
    return { ready: false, reason: texts.waits(this.#failure.message) };
  }

  backup(directory: string): Promise<{ records: number; head: AuditHead }> {
    return this.#attended(() => this.#engine.writeBackup(this, directory));
  }

  sweepBlobs(): Promise<number> {
    const { side, place } = this.#engine;
    return this.#attended(() => sweepBlobs(side, place.institution, place.shapes.values()));
  }

  /** Nothing to do: the database keeps the current state as it is. */
  snapshot(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    this.#isClosed = true;
    if (this.#probe !== null) clearTimeout(this.#probe);
    const { pool, side, quick, place } = this.#engine;
    await Promise.all(this.#underWay);
    await pool.end();
    await place.audit.stop();
    await Promise.all([side.end(), quick.end()]);
  }

  /** What is closed accepts nothing, and finishes what it has accepted. */
  async #repeat<R>(work: (attempt: number) => Promise<R>): Promise<R> {
    if (this.#isClosed) throw closed();
    const answer = this.#repeatAccepted(work);
    const settled = answer.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay.add(settled);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(settled);
    }
  }

  /** Begins again what was in another's way, after a short while that is not the same for all. */
  async #repeatAccepted<R>(work: (attempt: number) => Promise<R>): Promise<R> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const result = await work(attempt);
        this.#failure = null;
        return result;
      } catch (error) {
        const isOver = attempt + 1 >= mostAttempts;
        if (error instanceof Unsealed) {
          if (isOver) throw new StoreError('unavailable', texts.busy);
        } else if ((isConflict(error) || error instanceof Unsettled) && !isOver) {
          await this.#engine.sleep(Math.random() * Math.min(50, 2 ** attempt));
        } else throw this.#noted(error instanceof Unsettled ? new StoreError('unavailable', texts.busy) : error);
      }
    }
  }

  /** Lends a connection for one transaction. What failed of itself is told before what its user made of it. */
  #withSession<R>(isAlone: boolean, work: (session: Session) => Promise<R>): Promise<R> {
    return this.#engine.inTurn(() => this.#lend(isAlone, work));
  }

  async #lend<R>(isAlone: boolean, work: (session: Session) => Promise<R>): Promise<R> {
    const client = await this.#engine.pool.connect();
    const session = new Session(client);
    try {
      if (isAlone) await client.query(ownLedger, [this.#engine.place.institution]);
      const result = await work(session);
      if (isAlone) await client.query(shareLedger, [this.#engine.place.institution]);
      client.release();
      return result;
    } catch (error) {
      const cause = error instanceof Unsettled || error instanceof Unsealed ? error : (session.failure ?? error);
      // A connection that cannot roll back is of no further use, nor one that still has its turn.
      const isSound =
        !isAway(session.failure) &&
        !isAlone &&
        (await session.rollback().then(
          () => true,
          () => false,
        ));
      client.release(!isSound);
      throw cause;
    }
  }

  async #attended<R>(work: () => Promise<R>): Promise<R> {
    if (this.#isClosed) throw closed();
    try {
      return await work();
    } catch (error) {
      throw this.#noted(error);
    }
  }

  /** The error in the port's words; while the database is away the store is not ready, and looks for it by itself. */
  #noted(error: unknown): unknown {
    const known = isForbidden(error)
      ? new StoreError('not-writable', texts.forbidden, { cause: error })
      : toStoreError(error);
    if (isForNow(known) && !isConflict(error) && !this.#isClosed) {
      this.#failure = known;
      this.#lookAgain();
    }
    return known;
  }

  #lookAgain(): void {
    this.#probe ??= setTimeout(() => {
      this.#probe = null;
      this.#engine.side.query('select 1').then(
        () => {
          this.#failure = null;
        },
        (error: unknown) => {
          const known = toStoreError(error);
          if (known instanceof StoreError) this.#failure = known;
          if (!this.#isClosed) this.#lookAgain();
        },
      );
    }, probeMs).unref();
  }
}

/** A row that may be put only once was there: whether it is the work's fault is not known yet. */
class Unsettled extends Error {}

const closed = (): StoreError => new StoreError('unavailable', storeTexts.closed);
