import type { Clock } from '../../clock.ts';
import { DocumentError } from '../../documents/document-error.ts';
import { type Import, imports } from '../../domain/import.ts';
import type { PolicyBook } from '../../domain/policy.ts';
import { type Cause, isForNow, type Store, StoreError, type Transaction } from '../../store/store.ts';
import { tellOutcome } from './cards.ts';
import { carryOut } from './carry-out.ts';
import { undo } from './undo.ts';

export interface ImporterParts {
  readonly store: Store;
  readonly policies: PolicyBook;
  readonly clock: Clock;
  readonly log: { error(fields: object, message: string): void };
  /** Something is in the queue. */
  readonly wake: () => void;
  /** Whether it is this process that carries out; it always is unless others work on the same store. */
  readonly isOnDuty?: () => boolean;
}

/** A step of an import or its undoing: one small transaction on the row as it stands. */
export type Step = <R>(work: (tx: Transaction, row: Import) => Promise<R>) => Promise<R>;

/** Steps that stop when it is time to, so that the next start goes on. */
export const stepsOn =
  (store: Store, id: number, cause: () => Cause, isStopping: () => boolean = () => false): Step =>
  (change) =>
    store.transaction(cause(), async (tx) => {
      const current = await tx.get(imports, id);
      if (current === undefined || isStopping()) throw new StoreError('unavailable', '');
      return change(tx, current);
    });

/**
 * Carries out what was confirmed, one import after another, in transactions that are small enough to let others through.
 * Every step is durable with its count, so that after a crash the next start goes on where this one was.
 */
export function createImporter(parts: ImporterParts) {
  const { store, clock, log, isOnDuty = () => true } = parts;
  let running: Promise<void> | null = null;
  let isAsked = false;
  let isStopping = false;

  const work = async (): Promise<void> => {
    while (isAsked && !isStopping && isOnDuty()) {
      isAsked = false;
      for (
        let row = await nextImport(store);
        row !== null && !isStopping && isOnDuty();
        row = await nextImport(store)
      ) {
        await advance(row);
        parts.wake();
      }
    }
  };

  async function advance(row: Import): Promise<void> {
    const cause = (): Cause => ({
      actor: row.undo?.by ?? row.by,
      via: 'job',
      what: row.undo === null ? '导入' : '撤销导入',
      ref: `import:${row.id}`,
      at: clock.now(),
    });
    const step = stepsOn(store, row.id, cause, () => isStopping || !isOnDuty());
    try {
      await (row.state === 'undoing' ? undo(parts, row, step) : carryOut(parts, row, step));
    } catch (error) {
      if (isForNow(error)) throw error;
      const fault = error instanceof DocumentError ? error.message : undefined;
      if (fault === undefined) log.error({ import: row.id, err: error }, 'import failed');
      await step(async (tx, current) => {
        const failed: Import = { ...current, state: 'failed', fault, finishedAt: tx.cause.at };
        await tx.put(imports, failed);
        await tellOutcome(tx, failed);
      });
    }
  }

  const wake = (): void => {
    isAsked = true;
    running ??= work()
      .catch((error: unknown) => {
        if (!isStopping && isOnDuty()) log.error({ err: error }, 'importer stopped');
      })
      .finally(() => {
        running = null;
        // Asked for while the last look came to its end.
        if (isAsked && !isStopping && isOnDuty()) wake();
      });
  };
  return {
    /** Looks whether there is something to do. */
    wake,
    /** Resolves when there is nothing left to do. */
    settled: async (): Promise<void> => {
      while (running !== null) await running;
    },
    /** Resolves when the step under way has ended; the next start goes on. */
    stop: async (): Promise<void> => {
      isStopping = true;
      await running;
    },
  };
}

const nextImport = (store: Store): Promise<Import | null> =>
  store.read(async (view) => {
    for (const state of ['running', 'undoing', 'confirmed']) {
      const { rows } = await view.find(imports, { index: 'byState', equals: [state], limit: 1 });
      if (rows[0] !== undefined) return rows[0];
    }
    return null;
  });
