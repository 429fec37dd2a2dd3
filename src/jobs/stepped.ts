import type { Counts, JobContext, ShortJob, Step, SteppedJob } from './job.ts';

/** A job that needs several transactions, after the first of them. */
export interface Begun {
  readonly steps: readonly Step[];
  readonly say: (done: readonly Counts[]) => string;
}

/** Does what needs one transaction only, and gives what it has to say; else it gives the steps. */
export async function begin(job: ShortJob | SteppedJob, context: JobContext): Promise<string | Begun> {
  if (job.type === 'short') return job.run(context);
  const steps = await job.divide(context);
  const { now, asOf, policy, policies } = context;
  const say = (done: readonly Counts[]): string => job.say(addUp(done), { now, asOf, policy, policies });
  if (steps.length > 1) return { steps, say };
  return say(await doAll(steps, context));
}

/** Does all of a job in the transaction of its context. */
export async function runWhole(job: ShortJob | SteppedJob, context: JobContext): Promise<string> {
  const begun = await begin(job, context);
  return typeof begun === 'string' ? begun : begun.say(await doAll(begun.steps, context));
}

async function doAll(steps: readonly Step[], context: JobContext): Promise<Counts[]> {
  const done: Counts[] = [];
  for (const step of steps) done.push(await step(context));
  return done;
}

function addUp(all: readonly Counts[]): Counts {
  const total: Record<string, number> = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
  }
  return total;
}

/** Parts of a list, so many each; none of an empty one. */
export function inParts<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < list.length; i += size) parts.push(list.slice(i, i + size));
  return parts;
}
