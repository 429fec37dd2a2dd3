import { cadres } from '../domain/cadre.ts';
import { type Day, dayOf, type Instant, instantAt } from '../domain/day.ts';
import type { Outgoing } from '../messenger/outbox.ts';
import { plainText } from '../messenger/reply.ts';
import { rehearse } from '../store/rehearsal.ts';
import type { Reader } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import { causeOf, longContext, type RunnerParts, shortContext } from './context.ts';
import { type Counts, type Job, type JobContext, JobError, type ShortJob, type SteppedJob } from './job.ts';
import { begin, runWhole } from './stepped.ts';

/** What a run did, or would do. */
export interface JobReport {
  readonly job: string;
  readonly asOf: Day;
  readonly summary: string;
  readonly sent: readonly { readonly to: string; readonly purpose: Outgoing['purpose']; readonly text: string }[];
}

/** Runs one job now, beside its slots. @throws JobError no such job, or a day that has not come yet */
export async function runByHand(parts: RunnerParts, name: string, day?: Day): Promise<JobReport> {
  const job = findJob(parts, name);
  const now = parts.clock.now();
  const asOf = day ?? dayOf(now);
  if (asOf > dayOf(now)) throw new JobError(texts.notYet(asOf));
  const time = { now, asOf };
  if (job.type === 'long') return { job: name, asOf, summary: await job.run(longContext(parts, time)), sent: [] };
  const inTurn = <R>(work: (context: JobContext) => Promise<R>) =>
    parts.store.transaction(causeOf(job, asOf, now), async (tx) => {
      const outgoing: Outgoing[] = [];
      const result = await work(await shortContext(parts, tx, time, outgoing));
      return { result, sent: await describeAll(tx, outgoing) };
    });
  const first = await inTurn((context) => begin(job, context));
  const sent = [...first.sent];
  const done: Counts[] = [];
  const begun = first.result;
  for (const step of typeof begun === 'string' ? [] : begun.steps) {
    const { result, sent: more } = await inTurn(step);
    done.push(result);
    sent.push(...more);
  }
  parts.wake();
  return { job: name, asOf, summary: typeof begun === 'string' ? begun : begun.say(done), sent };
}

/**
 * Shows what a job would do, now or on a day at its time, and leaves no trace. The jobs that come before it on that
 * day are rehearsed first: a digest says nothing that has not been planned.
 */
export async function rehearseByHand(parts: RunnerParts, name: string, day?: Day): Promise<JobReport> {
  const job = findJob(parts, name);
  const now = day === undefined ? parts.clock.now() : instantAt(day, job.schedule.time);
  const time = { now, asOf: dayOf(now) };
  if (job.type !== 'long') return parts.store.read((view) => rehearseShort(parts, job, view, time));
  return { job: name, asOf: time.asOf, summary: await job.preview(longContext(parts, time)), sent: [] };
}

async function rehearseShort(
  parts: RunnerParts,
  job: ShortJob | SteppedJob,
  view: Reader,
  time: { now: Instant; asOf: Day },
): Promise<JobReport> {
  const tx = rehearse(view, causeOf(job, time.asOf, time.now));
  for (const earlier of parts.jobs) {
    const isDue = earlier.schedule.on(time.asOf, parts.policies.calendar);
    if (earlier.type === 'long' || !isDue || earlier.schedule.time >= job.schedule.time) continue;
    await runWhole(earlier, await shortContext(parts, tx, time));
  }
  const sent: Outgoing[] = [];
  const summary = await runWhole(job, await shortContext(parts, tx, time, sent));
  return { job: job.name, asOf: time.asOf, summary, sent: await describeAll(view, sent) };
}

function findJob({ jobs }: RunnerParts, name: string): Job {
  const job = jobs.find((each) => each.name === name);
  if (job !== undefined) return job;
  const known = jobs.map((each) => each.name);
  throw new JobError(texts.unknownJob(name, known));
}

const describeAll = (view: Reader, sent: readonly Outgoing[]): Promise<JobReport['sent']> =>
  Promise.all(
    sent.map(async ({ to, purpose, reply }) => {
      const name = to.type === 'cadre' ? (await view.get(cadres, to.staffNo))?.name : undefined;
      const target = to.type === 'cadre' ? to.staffNo : to.id;
      return { to: name === undefined ? target : `${name}（${target}）`, purpose, text: plainText(reply) };
    }),
  );
