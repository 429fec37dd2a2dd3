import { annualPlans, waitsForApproval } from '../../domain/annual-plan.ts';
import { button, buttons, card, link, type Reply, text, words } from '../../messenger/reply.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { reasonCard } from '../reason-card.ts';
import { nameOf } from '../review/desk.ts';
import { isReason } from '../text/reason.ts';
import { showPlan } from './show.ts';

/** 退回: the head says what has to change in a plan that waits; who has reported it ready hears of it, and it stands in the plan. */
export async function sendBackPlan(context: Context, year: number, reason: string): Promise<Reply> {
  const { tx, me, now } = context;
  if (!mayUse(['department-head'], me)) return text(texts.headOnly);
  const plan = await tx.get(annualPlans, year);
  if (plan?.submitted === undefined || !waitsForApproval(plan)) return text(texts.notSubmitted(year));
  if (!isReason(reason)) return askReason(context, year, reason);
  const { by } = plan.submitted;
  const inForce = plan.inForce === undefined ? {} : { inForce: plan.inForce };
  await tx.put(annualPlans, { year, approved: null, returned: { by: me.staffNo, at: now, reason }, ...inForce });
  const told = texts.toldSentBack(year, me.name, reason);
  if (by !== me.staffNo) {
    await context.tell(
      by,
      card(texts.title(year), 'warn', told, words(told), buttons(link(texts.title(year), '计划', { year }))),
      { key: `plan:${year}:returned:${now}`, purpose: 'decision' },
    );
  }
  return showPlan(context, year, { said: texts.sentBack(year, await nameOf(context, by)), tone: 'good' });
}

/** What has to change, by form or by the next message. */
async function askReason(context: Context, year: number, said: string): Promise<Reply> {
  const args = { year, sendBack: true };
  await context.ask({ command: '计划', args, asking: 'reason' });
  return reasonCard({
    title: texts.sendBackTitle,
    summary: texts.sendBackAsk(year),
    label: texts.sendBackLabel,
    submit: button(texts.sendBack, '计划', args, 'danger'),
    said,
    fault: said === '' ? undefined : texts.noReason(said),
    hint: texts.sendBackHint,
  });
}
