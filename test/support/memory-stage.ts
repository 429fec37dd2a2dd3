import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import type { Instant } from '../../src/domain/day.ts';
import type { PolicyBook } from '../../src/domain/policy.ts';
import type { Job } from '../../src/jobs/job.ts';
import { createRunner } from '../../src/jobs/runner.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { rehearse } from '../../src/store/rehearsal.ts';
import { type Cause, emptyHead, listAll, type Reader, type Store, type Transaction } from '../../src/store/store.ts';
import { SetClock } from './set-clock.ts';
import type { Stage } from './simulated-time.ts';

const nothing: Reader = {
  get: async () => undefined,
  getAll: async (_, keys) => keys.map(() => undefined),
  find: async () => ({ rows: [], next: null }),
  pick: async () => ({ rows: [], next: null }),
  count: async () => 0,
  totals: async (_, { groupBy, sum }) => ({ groups: groupBy.map(() => []), counts: [], sums: sum.map(() => []) }),
  lastNumber: async () => 0,
  auditHead: async () => emptyHead,
};

/** The jobs as they are, over a rehearsal that never ends: small colleges live through months in milliseconds. */
export async function openMemoryStage(options: {
  readonly now: Instant;
  readonly jobs: readonly Job[];
  readonly policies: PolicyBook;
  readonly people: readonly Cadre[];
}): Promise<Stage> {
  const { policies, jobs } = options;
  const clock = new SetClock(options.now);
  const causeNow = (): Cause => ({ actor: 'system', via: 'job', what: 'test', ref: '', at: clock.now() });
  const tx = rehearse(nothing, causeNow());
  const transaction = <R>(cause: Cause, work: (tx: Transaction) => Promise<R>): Promise<R> => work({ ...tx, cause });
  const store = { transaction, read: <R>(work: (view: Reader) => Promise<R>) => work(tx) } as unknown as Store;
  const faults: object[] = [];
  const log = { info: () => {}, error: (fields: object) => faults.push(fields) };
  const start = () =>
    createRunner({
      store,
      jobs,
      clock,
      policies,
      log,
      wake: () => {},
      messenger: 'simulator',
      backupDirectory: '',
    });
  let runner = start();
  let lastSeq = 0;
  const settle = async (): Promise<void> => {
    await runner.tick();
    if (faults.length > 0) throw new Error('a job failed', { cause: faults });
  };
  for (const cadre of options.people) await tx.put(cadres, cadre);
  await settle();
  return {
    store,
    policies,
    clock,
    settle,
    write: (work) => transaction(causeNow(), work),
    restart: async () => {
      runner = start();
    },
    newlyReminded: async () => {
      const rows = await listAll(tx, outbox, { index: 'byPurpose', equals: ['chase'] });
      const fresh = rows.filter(({ seq }) => seq > lastSeq);
      lastSeq = Math.max(lastSeq, ...fresh.map(({ seq }) => seq));
      return fresh.map(({ target }) => target);
    },
  };
}
