import { type Day, dayOf, type Instant, instantAt } from '../domain/day.ts';
import { isForNow, type Transaction } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import { type JobReport, rehearseByHand, runByHand } from './by-hand.ts';
import { causeOf, longContext, type RunnerParts, shortContext } from './context.ts';
import type { Counts, Job } from './job.ts';
import { dueSlots, nextSlot } from './schedule.ts';
import { isOpen, type JobSlot, jobSlots, lastSlot, slotRow } from './slots.ts';
import { begin } from './stepped.ts';

export interface JobStatus {
  readonly name: string;
  readonly schedule: string;
  readonly last: Pick<JobSlot, 'slot' | 'state' | 'summary'> | null;
  readonly next: Instant | null;
}

export interface Runner {
  /** Runs what is due. Called every minute, and whenever time has been moved; a second call waits for the first. */
  tick(): Promise<void>;
  /** Resolves when no tick is at work any more; a failed one has been logged. */
  settled(): Promise<void>;
  /**
   * Runs one job by hand, beside its slots; what has gone out already does not go out again. A dry run shows what would
   * go out and leaves no trace.
   * @throws JobError no such job, or a day that has not come yet
   */
  run(name: string, options?: { readonly asOf?: Day; readonly dryRun?: boolean }): Promise<JobReport>;
  list(): Promise<JobStatus[]>;
  /** When the next job is due after an instant. */
  nextDue(now: Instant): Instant | null;
}

export function createRunner(parts: RunnerParts): Runner {
  const { jobs, store, clock } = parts;
  const { calendar } = parts.policies;
  let ticking: Promise<void> = Promise.resolve();
  return {
    tick: () => {
      ticking = ticking.catch(() => {}).then(() => runDue(parts));
      return ticking;
    },
    settled: () => ticking.catch(() => {}),
    run: (name, { asOf, dryRun = false } = {}) => (dryRun ? rehearseByHand : runByHand)(parts, name, asOf),
    list: () =>
      store.read((view) =>
        Promise.all(
          jobs.map(async ({ name, schedule }) => ({
            name,
            schedule: schedule.words,
            last: await lastSlot(view, name),
            next: nextSlot(schedule, clock.now(), calendar),
          })),
        ),
      ),
    nextDue: (now) => jobs.flatMap(({ schedule }) => nextSlot(schedule, now, calendar) ?? []).sort()[0] ?? null,
  };
}

async function runDue(parts: RunnerParts): Promise<void> {
  const { store, clock, log, wake } = parts;
  const now = clock.now();
  for (const { job, slot } of await findDue(parts, now)) {
    try {
      const summary = await runSlot(parts, job, slot, now);
      if (summary !== null) log.info({ job: job.name, slot, summary }, 'job done');
    } catch (fault) {
      log.error({ job: job.name, slot, err: fault }, 'job failed');
      // A store that is away for the moment is no fault of the job: the slot stays due.
      if (isForNow(fault)) throw fault;
      const reason = texts.failed(fault instanceof Error ? fault.message : String(fault)).slice(0, 300);
      await store.transaction(causeOf(job, slot, now), (tx) =>
        tx.put(jobSlots, slotRow(job.name, slot, 'failed', now, reason)),
      );
    }
    wake();
  }
}

/**
 * Slots to run now, oldest first; what is made up for once is about today, and comes where it comes on any day: nothing
 * is told before it has been planned. A job seen for the first time begins to count.
 */
async function findDue(parts: RunnerParts, now: Instant): Promise<{ job: Job; slot: Instant }[]> {
  const { store, jobs, policies } = parts;
  const known = await store.read((view) =>
    Promise.all(jobs.map(async (job) => ({ job, last: await lastSlot(view, job.name) }))),
  );
  const fresh = known.filter(({ last }) => last === null);
  if (fresh.length > 0) {
    await store.transaction({ actor: 'system', via: 'job', what: 'tick', ref: now, at: now }, async (tx) => {
      for (const { job } of fresh) await tx.put(jobSlots, slotRow(job.name, now, 'since', now, null));
    });
  }
  return known
    .flatMap(({ job, last }) => {
      const abandoned = last?.state === 'claimed' && isOpen(last) ? [last.slot] : [];
      const due = dueSlots(job.schedule, last?.slot ?? null, now, policies.calendar);
      const placeOf = (slot: Instant) => (job.schedule.catchUp > 1 ? slot : instantAt(dayOf(now), job.schedule.time));
      return [...abandoned, ...due].map((slot) => ({ job, slot, place: placeOf(slot) }));
    })
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
}

/** @returns what was done, or null when somebody else has taken the slot */
async function runSlot(parts: RunnerParts, job: Job, slot: Instant, now: Instant): Promise<string | null> {
  const time = { now, asOf: dayOf(job.schedule.catchUp > 1 ? slot : now) };
  const cause = causeOf(job, slot, now);
  /** Marks the slot in the transaction in which it is found to be still open, as done where that was all. */
  const take = <R>(work: (tx: Transaction) => Promise<R>, summaryOf: (result: R) => string | null): Promise<R | null> =>
    parts.store.transaction(cause, async (tx) => {
      if (!isOpen(await tx.get(jobSlots, `${job.name}:${slot}`))) return null;
      const result = await work(tx);
      const summary = summaryOf(result);
      await tx.put(jobSlots, slotRow(job.name, slot, summary === null ? 'claimed' : 'done', now, summary));
      return result;
    });
  const finish = async (summary: string): Promise<string> => {
    const done = { ...slotRow(job.name, slot, 'done', now, summary), doneAt: parts.clock.now() };
    await parts.store.transaction({ ...cause, at: done.doneAt }, (tx) => tx.put(jobSlots, done));
    return summary;
  };
  if (job.type === 'long') {
    const isOurs = await take(
      () => Promise.resolve(true),
      () => null,
    );
    return isOurs === null ? null : finish(await job.run(longContext(parts, time)));
  }
  const begun = await take(
    async (tx) => begin(job, await shortContext(parts, tx, time)),
    (result) => (typeof result === 'string' ? result : null),
  );
  if (begun === null || typeof begun === 'string') return begun;
  const done: Counts[] = [];
  for (const step of begun.steps) {
    done.push(await parts.store.transaction(cause, async (tx) => step(await shortContext(parts, tx, time))));
  }
  return finish(begun.say(done));
}
