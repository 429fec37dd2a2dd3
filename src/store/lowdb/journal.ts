import { fstatSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { storeTexts } from '../../texts/store.ts';
import { type AuditHead, StoreError } from '../store.ts';
import { codeOf, type Disk, syncFolder, writeAll } from './disk.ts';
import { journalFolder, segmentPath } from './layout.ts';
import type { Lock } from './lock.ts';
import { createSegment, type Position } from './segments.ts';

/** Lines that are written and synced together; or, without lines, the beginning of a new segment. */
interface Batch {
  readonly lines: Buffer[] | null;
  line: number;
  head: AuditHead;
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: StoreError) => void;
}

interface JournalParts {
  readonly disk: Disk;
  readonly ledger: string;
  readonly lock: Lock;
}

const probeSize = 1 << 16;

/**
 * The end of the journal, where transactions become durable. Lines that wait together are written and synced together.
 * After a failure nothing is taken any more: what was not synced is cut off and refused, and the owner opens a new
 * journal when `repair` has succeeded.
 */
export class Journal {
  readonly #disk: Disk;
  readonly #ledger: string;
  readonly #lock: Lock;
  #file: FileHandle;
  #synced: Position;
  #waiting: Batch[] = [];
  #flushing: Promise<void> | null = null;
  #last: Promise<void> = Promise.resolve();
  #failure: StoreError | null = null;
  /** Somebody else has written here: nothing in the file may be touched any more. */
  #isForeign = false;

  private constructor({ disk, ledger, lock }: JournalParts, file: FileHandle, position: Position) {
    this.#disk = disk;
    this.#ledger = ledger;
    this.#lock = lock;
    this.#file = file;
    this.#synced = position;
  }

  /** Goes on at a position; what lies behind it in the file is cut off. */
  static async open(parts: JournalParts, position: Position): Promise<Journal> {
    const { disk, ledger } = parts;
    const file = await disk.open(segmentPath(ledger, position.segment), 'r+');
    try {
      await cut(file, position.bytes);
      await syncFolder(disk, journalFolder(ledger));
    } catch (error) {
      await file.close().catch(() => undefined);
      throw error;
    }
    return new Journal(parts, file, position);
  }

  /** Up to where everything is durable. */
  get synced(): Position {
    return this.#synced;
  }

  /** Why nothing is taken any more. */
  get failure(): StoreError | null {
    return this.#failure;
  }

  /** Resolves when the line is durable. @throws StoreError `unavailable` */
  append(bytes: Buffer, line: number, head: AuditHead): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const last = this.#waiting.at(-1);
    const batch = last?.lines ? last : this.#enqueue([]);
    batch.lines?.push(bytes);
    batch.line = line;
    batch.head = head;
    return batch.done;
  }

  /** Resolves when everything taken so far is durable. @throws StoreError `unavailable` */
  settled(): Promise<void> {
    return this.#failure === null ? this.#last : Promise.reject(this.#failure);
  }

  /** Begins a new segment after everything taken so far. @returns its number */
  async rotate(): Promise<number> {
    if (this.#failure !== null) throw this.#failure;
    await this.#enqueue(null).done;
    return this.#synced.segment;
  }

  /**
   * Makes the file end at the last durable line again and sees whether the disk takes a write.
   * @throws StoreError `unavailable` for good when somebody else has written here
   */
  async repair(): Promise<void> {
    await this.#flushing;
    if (this.#isForeign || this.#lock.isLost()) throw foreignWriter();
    const { segment, bytes } = this.#synced;
    const file = await this.#disk.open(segmentPath(this.#ledger, segment), 'r+');
    try {
      await cut(file, bytes);
      await writeAll(file, Buffer.alloc(probeSize, ' '), bytes);
      await file.datasync();
      await cut(file, bytes);
    } finally {
      await file.close();
    }
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  #enqueue(lines: Batch['lines']): Batch {
    let resolve: Batch['resolve'] = () => undefined;
    let reject: Batch['reject'] = () => undefined;
    const done = new Promise<void>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    done.catch(() => undefined);
    const { line, head } = this.#synced;
    const batch: Batch = { lines, line, head, done, resolve, reject };
    this.#waiting.push(batch);
    this.#last = done;
    this.#flushing ??= this.#flush();
    return batch;
  }

  async #flush(): Promise<void> {
    // Whatever runs in this turn of the event loop joins the first batch.
    await nextTurn();
    for (let batch = this.#waiting.shift(); batch !== undefined; batch = this.#waiting.shift()) {
      try {
        await this.#write(batch);
      } catch (error) {
        await this.#fail(error, [batch, ...this.#waiting]);
        break;
      }
      batch.resolve();
    }
    this.#flushing = null;
  }

  async #write({ lines, line, head }: Batch): Promise<void> {
    const { segment, bytes } = this.#synced;
    // A microsecond; to wait for another thread would cost a tenth of all commits.
    this.#isForeign = this.#lock.isLost() || fstatSync(this.#file.fd).size !== bytes;
    if (this.#isForeign) throw foreignWriter();
    if (lines !== null) {
      const block = Buffer.concat(lines);
      await writeAll(this.#file, block, bytes);
      await this.#file.datasync();
      this.#synced = { segment, bytes: bytes + block.length, line, head };
      return;
    }
    const position = await createSegment(this.#disk, this.#ledger, this.#synced);
    await this.#file.close();
    this.#file = await this.#disk.open(segmentPath(this.#ledger, position.segment), 'r+');
    this.#synced = position;
  }

  async #fail(error: unknown, refused: readonly Batch[]): Promise<void> {
    const failure =
      error instanceof StoreError
        ? error
        : new StoreError('unavailable', storeTexts.notSaved(codeOf(error) || String(error)), { cause: error });
    this.#failure = failure;
    // At once, so that a refused transaction does not come back when the process is killed now; `repair` does it again.
    if (!this.#isForeign) await cut(this.#file, this.#synced.bytes).catch(() => undefined);
    this.#waiting = [];
    for (const batch of refused) batch.reject(failure);
  }
}

const foreignWriter = (): StoreError => new StoreError('unavailable', storeTexts.foreignWriter);

async function cut(file: FileHandle, bytes: number): Promise<void> {
  await file.truncate(bytes);
  await file.datasync();
}
