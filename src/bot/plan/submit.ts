import { annualPlans, isPlanBelowShare, plannedHours, plannedShare } from '../../domain/annual-plan.ts';
import type { Day } from '../../domain/day.ts';
import { button, buttons, card, link, type Reply, text, words } from '../../messenger/reply.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { peopleWith } from '../people.ts';
import { readPlan } from './read.ts';

/**
 * 报审 (三.4): the clerk says that a year's plan is ready. The heads hear of it once, and again only when it has changed since
 * and is ready again.
 */
export async function submitPlan(context: Context, year: number): Promise<Reply> {
  const { tx, me, now, policies } = context;
  const trainings = await readPlan(tx, year);
  if (trainings.length === 0) return text(texts.nothingToApprove(year));
  const plan = await tx.get(annualPlans, year);
  if (plan?.approved != null) return text(texts.approvedAlready(year));
  if (plan?.submitted !== undefined) return text(texts.submittedAlready(year));
  const heads = await peopleWith(tx, 'department-head');
  if (heads.length === 0) return text(texts.noHead(year));
  await tx.put(annualPlans, { year, approved: null, submitted: { by: me.staffNo, at: now } });
  const policy = policies.at(`${year}-12-31` as Day);
  const hours = trainings.reduce((sum, training) => sum + plannedHours(training), 0);
  const share = (isPlanBelowShare(trainings, policy) ? texts.below : texts.enough)(policy.theoryShare);
  const asked = `${texts.ask(me.name)}${texts.summary(year, trainings.length, hours, plannedShare(trainings))}${share}`;
  for (const { staffNo } of heads) {
    await context.tell(
      staffNo,
      card(
        texts.askTitle,
        'info',
        asked,
        words(asked),
        buttons({ ...link(texts.toApprove, '计划', { year }), style: 'primary' }),
      ),
      { key: `plan:${year}:submitted:${now}:${staffNo}`, purpose: 'decision' },
    );
  }
  const names = heads.map(({ name }) => name);
  return text(texts.submitted(year, names));
}

/** What is said after a change of a plan: what was done, and who has to do what before the plan holds. */
export function sayNext({ me }: Context, year: number, done: string): Reply {
  const isHead = mayUse(['department-head'], me);
  const said = `${done}${(isHead ? texts.nextForHead : texts.nextForClerk)(year)}`;
  const next = isHead
    ? link(texts.toApprove, '计划', { year })
    : button(texts.submit, '计划', { year, approve: true }, 'primary');
  return card(texts.title(year), 'info', said, words(said), buttons(next));
}

/** The clerk who has said that a plan is ready hears that it is approved. */
export async function tellApproved(context: Context, year: number): Promise<void> {
  const { tx, me, now } = context;
  const by = (await tx.get(annualPlans, year))?.submitted?.by;
  if (by === undefined || by === me.staffNo) return;
  const key = `plan:${year}:approved:${now}`;
  await context.tell(by, text(texts.toldApproved(year, me.name)), { key, purpose: 'decision' });
}
