import { annualPlans, type PlannedTraining, plannedTrainings } from '../../domain/annual-plan.ts';
import { courses } from '../../domain/course.ts';
import { button, buttons, card, link, type Reply, text, words } from '../../messenger/reply.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { readInForce, readPlan } from './read.ts';

/**
 * Changes a plan, which is then to be reported ready and approved again; until then what was approved last stays in
 * force, unless nothing is left that could be approved.
 *
 * @returns what is to be said of it
 */
export async function changePlan({ tx }: Context, year: number, change: () => Promise<void>): Promise<string> {
  const held = await readInForce(tx, year);
  await change();
  const plan = await tx.get(annualPlans, year);
  if (plan === undefined) return '';
  const isEmpty = (await readPlan(tx, year)).length === 0;
  const inForce = isEmpty ? [] : held.map(({ id }) => id);
  const { approved, submitted, returned } = plan;
  await tx.put(annualPlans, { year, approved: null, inForce, ...(returned === undefined ? {} : { returned }) });
  if (inForce.length > 0) return texts.stillInForce;
  return approved === null && submitted === undefined ? '' : texts.reopened;
}

/** Takes a training out of the plan, or back into it. One with a class stays as long as there is the class. */
export async function setDropped(
  context: Context,
  id: number,
  dropped: boolean,
  year: number | undefined,
): Promise<Reply> {
  const { tx } = context;
  const training = await tx.get(plannedTrainings, id);
  if (training === undefined || training.dropped === dropped || (year ?? training.year) !== training.year) {
    return text(texts.noSuch(id, year));
  }
  const course = training.courseId === null ? undefined : await tx.get(courses, training.courseId);
  if (dropped && course !== undefined && course.state !== 'cancelled') return text(texts.hasClass(training, course));
  const again = await changePlan(context, training.year, () => tx.put(plannedTrainings, { ...training, dropped }));
  return sayNext(context, training, dropped, again);
}

function sayNext(context: Context, training: PlannedTraining, dropped: boolean, again: string): Reply {
  const said = `${dropped ? texts.dropped(training) : texts.restored(training)}${again}`;
  const restore = dropped ? [button(texts.restore, '计划', { restore: training.id })] : [];
  return sayChanged(context, training.year, said, ...restore);
}

/** What is said after a change of a plan: what was done, and who has to do what before the plan holds. */
export function sayChanged({ me }: Context, year: number, done: string, ...more: ReturnType<typeof button>[]): Reply {
  const isHead = mayUse(['department-head'], me);
  const said = `${done}${(isHead ? texts.nextForHead : texts.nextForClerk)(year)}`;
  const next = isHead
    ? link(texts.toApprove, '计划', { year })
    : button(texts.submit, '计划', { year, approve: true }, 'primary');
  return card(texts.title(year), 'info', said, words(said), buttons(next, ...more));
}
