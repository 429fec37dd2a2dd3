import {
  annualPlans,
  isPlanBelowShare,
  type PlannedTraining,
  plannedHours,
  plannedShare,
} from '../../domain/annual-plan.ts';
import { dayOf } from '../../domain/day.ts';
import { buttons, card, link, type Reply, text, words } from '../../messenger/reply.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { peopleWith } from '../people.ts';
import { nameOf } from '../review/desk.ts';
import { readPlan } from './read.ts';
import { markOf, showPlan } from './show.ts';

/** 审定: the department head approves a year's plan, below the share only with a reason; a clerk reports that it is ready. */
export async function approvePlan(context: Context, year: number, reason: string, seen?: string): Promise<Reply> {
  const { tx, me, now, policies } = context;
  const trainings = await readPlan(tx, year);
  if (trainings.length === 0) return text(texts.nothingToApprove(year));
  const plan = await tx.get(annualPlans, year);
  if (plan?.approved != null) {
    const { by, at, reason: why } = plan.approved;
    const said = `${texts.approvedAlready(year)}${texts.approvedBy(await nameOf(context, by), dayOf(at), why)}`;
    return showPlan(context, year, { said, tone: 'info' });
  }
  if (!mayUse(['department-head'], me)) return submitPlan(context, year, trainings);
  if (seen !== undefined && seen !== markOf(trainings)) {
    return showPlan(context, year, { said: texts.changedSince(year), tone: 'warn' });
  }
  const policy = policies.at(`${year}-12-31`);
  if (isPlanBelowShare(trainings, policy) && reason.trim() === '') {
    await context.ask({ command: '计划', args: { year, approve: true, seen: markOf(trainings) }, asking: 'reason' });
    return text(texts.reasonNeeded(policy.theoryShare, year));
  }
  const approved = { by: me.staffNo, at: now, reason: reason.trim() === '' ? null : reason.trim() };
  await tellApproved(context, year, plan?.submitted?.by);
  await tx.put(annualPlans, { year, approved });
  return showPlan(context, year, { said: texts.approvedNow(year), tone: 'good' });
}

/**
 * 报审 (三.4): the clerk says that a year's plan is ready. The heads hear of it once, and again only when it has changed since
 * and is ready again.
 */
async function submitPlan(context: Context, year: number, trainings: readonly PlannedTraining[]): Promise<Reply> {
  const { tx, me, now, policies } = context;
  const plan = await tx.get(annualPlans, year);
  if (plan?.submitted !== undefined) {
    return showPlan(context, year, { said: texts.submittedAlready(year), tone: 'info' });
  }
  const heads = await peopleWith(tx, 'department-head');
  if (heads.length === 0) return text(texts.noHead(year));
  const inForce = plan?.inForce === undefined ? {} : { inForce: plan.inForce };
  await tx.put(annualPlans, { year, approved: null, submitted: { by: me.staffNo, at: now }, ...inForce });
  const policy = policies.at(`${year}-12-31`);
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
  return showPlan(context, year, { said: texts.submitted(year, names), tone: 'good' });
}

/** The clerk who has said that a plan is ready hears that it is approved. */
async function tellApproved(context: Context, year: number, by: string | undefined): Promise<void> {
  const { me, now } = context;
  if (by === undefined || by === me.staffNo) return;
  const key = `plan:${year}:approved:${now}`;
  await context.tell(by, text(texts.toldApproved(year, me.name)), { key, purpose: 'decision' });
}
