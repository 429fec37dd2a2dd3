import { storeTexts } from '../../texts/store.ts';
import {
  type AuditHead,
  type AuditRecord,
  type Cause,
  type Reader,
  type Store,
  StoreError,
  type Transaction,
} from '../store.ts';
import { writeBackup } from './backup.ts';
import { createBlobs, type LedgerBlobs } from './blobs.ts';
import { Breath } from './breath.ts';
import { codeOf, type Disk } from './disk.ts';
import { Journal } from './journal.ts';
import { blobFolder } from './layout.ts';
import type { Loaded, Warn } from './load.ts';
import type { Lock } from './lock.ts';
import { readRecentRecords, readRecords } from './segments.ts';
import { openSnapshot, type Snapshot, sizeOfSnapshot } from './snapshot.ts';
import type { State } from './state.ts';
import { View, Work } from './transaction.ts';

export interface Engine {
  readonly disk: Disk;
  readonly ledger: string;
  readonly warn: Warn;
  /** The state as it is on disk. */
  readonly load: () => Promise<Loaded>;
  readonly lock: Lock;
  /** A snapshot is taken when the journal has grown by this, or by half of the last snapshot if that is more. */
  readonly snapshotAfter: number;
}

/** What waits for its turn. `run` must not throw, and hands the answer out itself. */
interface Turn {
  readonly run: () => Promise<void>;
  readonly refuse: (error: unknown) => void;
}

/**
 * State in memory, transactions one after another, durable by the journal. The next transaction runs while the line of
 * the one before is still on its way to the disk; only the answers wait for it. A long one lets the event loop come
 * round in its middle; nothing else touches the state meanwhile.
 */
export class LowdbStore implements Store {
  readonly blobs: LedgerBlobs;
  readonly #engine: Engine;
  readonly #turns: Turn[] = [];
  readonly #breath = new Breath();
  #isRunning = false;
  #closing: Promise<void> | null = null;
  #state: State;
  #journal: Journal;
  #snapshotLine: number;
  /** Bytes of a segment after which a snapshot is taken. */
  #snapshotLimit: number;
  /** Snapshots and backups, one after another. */
  #background: Promise<unknown> = Promise.resolve();
  #isSnapshotDue = false;

  private constructor(engine: Engine, loaded: Loaded, journal: Journal, snapshotBytes: number) {
    this.#engine = engine;
    this.#state = loaded.state;
    this.#journal = journal;
    this.#snapshotLine = loaded.snapshotLine;
    this.#snapshotLimit = this.#limitFor(snapshotBytes);
    this.blobs = createBlobs(engine.disk, blobFolder(engine.ledger));
  }

  /** Goes on where `loaded` ends. */
  static async open(engine: Engine, loaded: Loaded): Promise<LowdbStore> {
    const journal = await Journal.open(engine, loaded.position);
    return new LowdbStore(engine, loaded, journal, await sizeOfSnapshot(engine.disk, engine.ledger));
  }

  transaction<R>(cause: Cause, work: (tx: Transaction) => Promise<R>): Promise<R> {
    if (this.#closing !== null) return refuseClosed();
    return this.#inTurn(async () => {
      const journal = this.#journal;
      const tx = new Work(this.#state, cause, this.#breath);
      try {
        const result = await work(tx);
        const line = tx.commit();
        const { line: number, head } = this.#state;
        this.#watchGrowth();
        const durable = line === null ? journal.settled() : journal.append(line, number, head);
        return { answer: durable.then(() => result) };
      } catch (error) {
        tx.rollback();
        // What made it throw may not be durable yet.
        return { answer: journal.settled().then(() => Promise.reject(error)) };
      }
    });
  }

  read<R>(work: (view: Reader) => Promise<R>): Promise<R> {
    if (this.#closing !== null) return refuseClosed();
    return this.#inTurn(async () => {
      const view = new View(this.#state, this.#breath);
      const done = work(view).finally(() => view.end());
      await done.catch(() => undefined);
      return { answer: this.#journal.settled().then(() => done) };
    });
  }

  async numbers(): Promise<ReadonlyMap<string, number>> {
    return new Map(this.#state.numbers);
  }

  auditRecords(from = 1): AsyncIterable<AuditRecord> {
    return readRecords(this.#engine.disk, this.#engine.ledger, from, this.#journal.synced);
  }

  recentAuditRecords(options: { readonly limit: number; readonly before?: number }): Promise<readonly AuditRecord[]> {
    return readRecentRecords(this.#engine.disk, this.#engine.ledger, options, this.#journal.synced);
  }

  status(): ReturnType<Store['status']> {
    if (this.#closing !== null) return { ready: false, reason: storeTexts.closed };
    const { failure } = this.#journal;
    return failure === null ? { ready: true } : { ready: false, reason: failure.message };
  }

  backup(directory: string): Promise<{ records: number; head: AuditHead }> {
    if (this.#closing !== null) return refuseClosed();
    return this.#inBackground(async () => {
      const position = await this.#inTurn(async () => ({
        answer: this.#journal.settled().then(() => this.#journal.synced),
      }));
      return writeBackup(this.#engine.disk, this.#engine.ledger, position, directory);
    });
  }

  sweepBlobs(): Promise<number> {
    if (this.#closing !== null) return refuseClosed();
    return this.#inBackground(async () => {
      const named = await this.#inTurn(async () => {
        const blobs = this.#state.namedBlobs();
        // A row that went may yet come back with what is not durable.
        return { answer: this.#journal.settled().then(() => blobs) };
      });
      return this.blobs.sweep(named);
    });
  }

  snapshot(): Promise<void> {
    if (this.#closing !== null) return refuseClosed();
    return this.#inBackground(() => this.#takeSnapshot());
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    await this.#inBackground(() => this.#takeSnapshot()).catch((error: unknown) =>
      this.#engine.warn(storeTexts.snapshotFailed, { error }),
    );
    await this.#journal.close();
    await this.#engine.lock.release();
  }

  async #takeSnapshot(): Promise<void> {
    const { disk, ledger } = this.#engine;
    const taken = await this.#inTurn(async () => {
      const state = this.#state;
      if (state.line === this.#snapshotLine) return { answer: Promise.resolve(null) };
      const { line, head } = state;
      const numbers = Object.fromEntries(state.numbers);
      const collections = [...state.tables].map(([name, table]) => ({ name, blocks: table.view() }));
      // Resolves only when all that was copied is durable, so that no snapshot shows what is refused later.
      const rotated = this.#journal.rotate();
      return { answer: rotated.then((segment): Snapshot => ({ segment, line, head, numbers, collections })) };
    });
    if (taken === null) return;
    const low = openSnapshot(disk, ledger);
    low.data = taken;
    await low.write();
    this.#snapshotLine = taken.line;
    this.#snapshotLimit = this.#limitFor(await sizeOfSnapshot(disk, ledger));
  }

  /** Takes a snapshot by itself when replay would become long. */
  #watchGrowth(): void {
    if (this.#isSnapshotDue || this.#journal.synced.bytes < this.#snapshotLimit) return;
    this.#isSnapshotDue = true;
    this.snapshot()
      .catch((error: unknown) => this.#engine.warn(storeTexts.snapshotFailed, { error }))
      .finally(() => {
        this.#isSnapshotDue = false;
      });
  }

  #limitFor(snapshotBytes: number): number {
    return Math.max(this.#engine.snapshotAfter, snapshotBytes / 2);
  }

  #inBackground<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#background.then(work);
    this.#background = result.catch(() => undefined);
    return result;
  }

  /** Runs when all before has run; `answer` is waited for by the caller, not by the next in the queue. */
  #inTurn<R>(work: () => Promise<{ readonly answer: Promise<R> }>): Promise<R> {
    return new Promise((resolve, reject) => {
      const run = async (): Promise<void> => {
        try {
          resolve((await work()).answer);
        } catch (error) {
          reject(error);
        }
      };
      this.#turns.push({ run, refuse: reject });
      if (!this.#isRunning) void this.#runTurns();
    });
  }

  async #runTurns(): Promise<void> {
    this.#isRunning = true;
    this.#breath.begin();
    for (let turn = this.#turns.shift(); turn !== undefined; turn = this.#turns.shift()) {
      if (this.#journal.failure !== null) {
        try {
          await this.#recover();
        } catch (error) {
          const refusal = asUnavailable(error);
          for (const refused of [turn, ...this.#turns.splice(0)]) refused.refuse(refusal);
          continue;
        }
      }
      await turn.run();
      const pause = this.#breath.due();
      if (pause !== null) await pause;
    }
    this.#isRunning = false;
  }

  /** After a failure: nothing in memory counts, only what is on disk. */
  async #recover(): Promise<void> {
    const broken = this.#journal;
    await broken.repair();
    const { load, warn } = this.#engine;
    const loaded = await load();
    this.#journal = await Journal.open(this.#engine, loaded.position);
    this.#state = loaded.state;
    await broken.close().catch(() => undefined);
    warn(storeTexts.recovered, { line: loaded.position.line });
  }
}

const refuseClosed = (): Promise<never> => Promise.reject(new StoreError('unavailable', storeTexts.closed));

const asUnavailable = (error: unknown): StoreError => {
  const message = error instanceof StoreError ? error.message : storeTexts.notSaved(codeOf(error) || String(error));
  return new StoreError('unavailable', message, { cause: error });
};
