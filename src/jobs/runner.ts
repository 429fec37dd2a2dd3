import type { Clock } from '../clock.ts';
import { cadres } from '../domain/cadre.ts';
import { type Day, dayOf, type Instant, instantAt } from '../domain/day.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { enqueue, type Outgoing } from '../messenger/outbox.ts';
import { plainText } from '../messenger/reply.ts';
import { type Cause, type Reader, type Store, StoreError, type Transaction } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import { type Job, type JobContext, JobError, type LongJobContext, type ShortJob } from './job.ts';
import { rehearse } from './rehearsal.ts';
import { dueSlots, nextSlot } from './schedule.ts';
import { isOpen, type JobSlot, jobSlots, lastSlot } from './slots.ts';

export interface RunnerParts {
  readonly store: Store;
  readonly jobs: readonly Job[];
  readonly clock: Clock;
  readonly policies: PolicyBook;
  readonly log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
  /** Something is in the queue. */
  readonly wake: () => void;
  /** The messenger on which cadres are reached. */
  readonly messenger: string;
  readonly backupDirectory: string;
}

/** What a run did, or would do. */
export interface JobReport {
  readonly job: string;
  readonly asOf: Day;
  readonly summary: string;
  readonly sent: readonly { readonly to: string; readonly purpose: Outgoing['purpose']; readonly text: string }[];
}

export interface JobStatus {
  readonly name: string;
  readonly schedule: string;
  readonly last: Pick<JobSlot, 'slot' | 'state' | 'summary'> | null;
  readonly next: Instant | null;
}

export interface Runner {
  /** Runs what is due. Called every minute, and whenever time has been moved; a second call waits for the first. */
  tick(): Promise<void>;
  /**
   * Runs one job now, beside its slots; what has gone out already does not go out again. A dry run shows what would go
   * out and leaves no trace; before it the jobs of the same morning are rehearsed.
   * @throws JobError no such job, or a day that has not come yet
   */
  run(name: string, options?: { asOf?: Day; dryRun?: boolean }): Promise<JobReport>;
  list(): Promise<JobStatus[]>;
  /** When the next job is due after an instant. */
  nextDue(now: Instant): Instant | null;
}

export function createRunner(parts: RunnerParts): Runner {
  const { store, jobs, clock, policies, log, wake } = parts;
  const { calendar } = policies;
  let ticking: Promise<void> = Promise.resolve();

  const causeOf = (job: Job, ref: string): Cause => ({
    actor: 'system',
    via: 'job',
    what: job.name,
    ref,
    at: clock.now(),
  });

  const contextOf = (tx: Transaction, now: Instant, asOf: Day, sent: Outgoing[]): JobContext => {
    const send = async (outgoing: Outgoing): Promise<boolean> => {
      const isNew = await enqueue(tx, outgoing);
      if (isNew) sent.push(outgoing);
      return isNew;
    };
    return {
      tx,
      now,
      asOf,
      policy: policies.at(asOf),
      policies,
      messenger: parts.messenger,
      tell: (staffNo, reply, about) =>
        send({ ...about, messenger: parts.messenger, to: { type: 'cadre', staffNo }, reply }),
      post: ({ messenger, id }, reply, about) => send({ ...about, messenger, to: { type: 'chat', id }, reply }),
    };
  };

  const longContextOf = (now: Instant, asOf: Day): LongJobContext => ({
    store,
    now,
    asOf,
    backupDirectory: parts.backupDirectory,
  });

  /** Slots to run now, oldest first; a job seen for the first time begins to count. */
  async function findDue(now: Instant): Promise<{ job: Job; slot: Instant }[]> {
    const last = await store.read((view) => Promise.all(jobs.map((job) => lastSlot(view, job.name))));
    const fresh = jobs.filter((_, i) => last[i] === null);
    if (fresh.length > 0) {
      await store.transaction({ actor: 'system', via: 'job', what: 'tick', ref: now, at: now }, async (tx) => {
        for (const { name } of fresh) await tx.put(jobSlots, slotRow(name, now, 'since', now, null));
      });
    }
    return jobs
      .flatMap((job, i) => {
        const before = last[i] ?? null;
        const abandoned = before?.state === 'claimed' && isOpen(before, now) ? [before.slot] : [];
        return [...abandoned, ...dueSlots(job.schedule, before?.slot ?? null, now, calendar)].map((slot) => ({
          job,
          slot,
        }));
      })
      .sort((a, b) => (a.slot < b.slot ? -1 : a.slot > b.slot ? 1 : 0));
  }

  /** @returns what was done, or null when the slot has been taken already */
  async function runSlot(job: Job, slot: Instant, now: Instant): Promise<string | null> {
    const asOf = dayOf(job.schedule.catchUp > 1 ? slot : now);
    const key = `${job.name}:${slot}`;
    if (job.type === 'short') {
      return store.transaction(causeOf(job, slot), async (tx) => {
        if (!isOpen(await tx.get(jobSlots, key), now)) return null;
        const summary = await job.run(contextOf(tx, now, asOf, []));
        await tx.put(jobSlots, slotRow(job.name, slot, 'done', now, summary));
        return summary;
      });
    }
    const isOurs = await store.transaction(causeOf(job, slot), async (tx) => {
      if (!isOpen(await tx.get(jobSlots, key), now)) return false;
      await tx.put(jobSlots, slotRow(job.name, slot, 'claimed', now, null));
      return true;
    });
    if (!isOurs) return null;
    const summary = await job.run(longContextOf(now, asOf));
    await store.transaction(causeOf(job, slot), (tx) =>
      tx.put(jobSlots, slotRow(job.name, slot, 'done', clock.now(), summary)),
    );
    return summary;
  }

  async function runDue(): Promise<void> {
    const now = clock.now();
    for (const { job, slot } of await findDue(now)) {
      try {
        const summary = await runSlot(job, slot, now);
        if (summary !== null) log.info({ job: job.name, slot, summary }, 'job done');
      } catch (fault) {
        log.error({ job: job.name, slot, err: fault }, 'job failed');
        // A store that is away for the moment is no fault of the job: the slot stays due.
        if (fault instanceof StoreError && fault.fault === 'unavailable') throw fault;
        const reason = texts.failed(fault instanceof Error ? fault.message : String(fault)).slice(0, 300);
        await store.transaction(causeOf(job, slot), (tx) =>
          tx.put(jobSlots, slotRow(job.name, slot, 'failed', now, reason)),
        );
      }
      wake();
    }
  }

  async function rehearseJob(job: ShortJob, view: Reader, now: Instant, asOf: Day): Promise<JobReport> {
    const tx = rehearse(view, { ...causeOf(job, asOf), at: now });
    const earlier = jobs.filter(
      ({ schedule }) => schedule.time < job.schedule.time && schedule.on(asOf, calendar),
    );
    for (const before of earlier) if (before.type === 'short') await before.run(contextOf(tx, now, asOf, []));
    const sent: Outgoing[] = [];
    const summary = await job.run(contextOf(tx, now, asOf, sent));
    return { job: job.name, asOf, summary, sent: await describeAll(view, sent) };
  }

  async function run(name: string, options: { asOf?: Day; dryRun?: boolean } = {}): Promise<JobReport> {
    const job = jobs.find((each) => each.name === name);
    if (job === undefined) throw new JobError(texts.unknownJob(name, jobs.map((each) => each.name)));
    const now = clock.now();
    const asOf = options.asOf ?? dayOf(now);
    if (options.dryRun === true) {
      const then = options.asOf === undefined ? now : instantAt(asOf, job.schedule.time);
      if (job.type === 'short') return store.read((view) => rehearseJob(job, view, then, asOf));
      return { job: name, asOf, summary: job.preview(longContextOf(then, asOf)), sent: [] };
    }
    if (asOf > dayOf(now)) throw new JobError(texts.notYet(asOf));
    if (job.type === 'long') return { job: name, asOf, summary: await job.run(longContextOf(now, asOf)), sent: [] };
    const report = await store.transaction(causeOf(job, asOf), async (tx) => {
      const sent: Outgoing[] = [];
      const summary = await job.run(contextOf(tx, now, asOf, sent));
      return { job: name, asOf, summary, sent: await describeAll(tx, sent) };
    });
    wake();
    return report;
  }

  return {
    tick: () => {
      const turn = ticking.catch(() => {}).then(runDue);
      ticking = turn;
      return turn;
    },
    run,
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
    nextDue: (now) =>
      jobs
        .flatMap(({ schedule }) => nextSlot(schedule, now, calendar) ?? [])
        .sort()
        .at(0) ?? null,
  };
}

const slotRow = (
  job: string,
  slot: Instant,
  state: JobSlot['state'],
  at: Instant,
  summary: string | null,
): JobSlot => ({ job, slot, state, claimedAt: at, doneAt: state === 'done' ? at : null, summary });

async function describeAll(view: Reader, sent: readonly Outgoing[]): Promise<JobReport['sent']> {
  return Promise.all(
    sent.map(async ({ to, purpose, reply }) => {
      const name = to.type === 'cadre' ? (await view.get(cadres, to.staffNo))?.name : undefined;
      const target = to.type === 'cadre' ? to.staffNo : to.id;
      return { to: name === undefined ? target : `${name}（${target}）`, purpose, text: plainText(reply) };
    }),
  );
}
