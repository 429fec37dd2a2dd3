import { setImmediate as nextTurn } from 'node:timers/promises';
import { collections } from '../../src/collections.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import type { Party } from './load.ts';
import { makeCadres, now } from './people.ts';

/** Opens a ledger, weighs it, changes one row and takes a snapshot: one round for each process. */
export async function openKeeping({ directory }: { directory: string }): Promise<Party> {
  const heapBefore = await weigh();
  const start = performance.now();
  const store = await openLowdbStore({ directory, collections });
  const startMs = performance.now() - start;
  const heapBytes = (await weigh()) - heapBefore;
  return {
    round: async () => {
      const entries = await store.read((view) => view.count(hourEntries, {}));
      await store.transaction({ actor: 'system', via: 'cli', what: 'bench', ref: '', at: now }, async (tx) => {
        for (const cadre of makeCadres(1)) await tx.put(cadres, cadre);
      });
      const { ms: snapshotMs, longestBlockMs } = await watchLoop(() => store.snapshot());
      return { startMs, heapPerHundredThousand: (heapBytes / entries) * 100_000, snapshotMs, longestBlockMs, entries };
    },
    close: () => store.close(),
  };
}

/** Bytes in use after everything that can be forgotten is forgotten. */
async function weigh(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  await nextTurn();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Runs something and sees how long the event loop did not come round. */
export async function watchLoop(work: () => Promise<void>): Promise<{ ms: number; longestBlockMs: number }> {
  let isRunning = true;
  const start = performance.now();
  const done = work().finally(() => {
    isRunning = false;
  });
  let longestBlockMs = 0;
  for (let last = start; isRunning; ) {
    await nextTurn();
    const turn = performance.now();
    longestBlockMs = Math.max(longestBlockMs, turn - last);
    last = turn;
  }
  await done;
  return { ms: performance.now() - start, longestBlockMs };
}
