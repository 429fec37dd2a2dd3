import { dayOf, timeOf } from '../../domain/day.ts';
import { decideLeave, leaves, splitByNow } from '../../domain/leave.ts';
import { button, buttons, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import { showDay } from '../../texts/glossary.ts';
import { leaveTexts as texts } from '../../texts/leave.ts';
import type { Context } from '../context.ts';
import { reasonCard } from '../reason-card.ts';
import { nameOf } from '../review/desk.ts';
import { isReason } from '../text/reason.ts';
import { raiseConcerns } from './concerns.ts';
import type { Followed } from './follow.ts';
import { followConcerns } from './follow-concerns.ts';
import { mayDecideLeave } from './leave-approvers.ts';
import { type LeaveCase, openLeave, showLeave } from './leave-card.ts';
import { markLeave } from './leave-marks.ts';
import { followedLines } from './tell-followed.ts';

/** What somebody decides on, and the version that their card had shown. */
export interface LeaveVerdict {
  readonly leave: number;
  readonly version?: number | undefined;
  readonly verdict: 'approve' | 'refuse';
  readonly words: string;
}

/** 准假 and 不准: whoever presses is looked at, and not what the button says; decided twice says by whom. */
export async function decide(context: Context, said: LeaveVerdict): Promise<Reply> {
  const { tx, me, now, today } = context;
  const one = await openLeave(tx, said.leave);
  if (one === null) return text(texts.notFound(said.leave));
  const { leave, course, person } = one;
  if (leave.staffNo === me.staffNo) return text(texts.own(leave.id));
  if (!(await mayDecideLeave(tx, me, course, leave))) {
    return text(leave.decidedBy === me.staffNo ? await sayAlready(context, one) : texts.notYours(leave.id));
  }
  if (leave.state !== 'asked') {
    const done = await sayAlready(context, one);
    return said.version === undefined
      ? text(done)
      : showLeave(one, { policies: context.policies, today }, 'warn', done);
  }
  if (said.version !== undefined && said.version !== leave.version)
    return showLeave(one, { policies: context.policies, today }, 'warn', texts.changed(leave.id));
  if (said.verdict === 'refuse' && !isReason(said.words)) return askReason(context, one, said.words);
  const result = decideLeave(leave, { approve: said.verdict === 'approve', words: said.words }, me.staffNo, now);
  if (!result.ok) return text(texts.notYours(leave.id));
  await tx.put(leaves, result.leave);
  const isApproved = result.leave.state === 'approved';
  const followed = isApproved ? await markLeave(context, course, result.leave) : [];
  const said1 = isApproved
    ? texts.toldApproved(result.leave, course, me.name)
    : texts.toldRefused(result.leave, course, me.name, splitByNow(result.leave, course.sessions, now));
  const lines = followed.flatMap((done) => followedLines(course, done, today));
  const corrected = followed.length > 0 ? texts.hoursChanged(course) : texts.toldApprovedNext(leave.id);
  await context.tell(
    leave.staffNo,
    card(
      isApproved ? texts.approvedTitle : texts.refusedTitle,
      isApproved ? 'good' : 'warn',
      said1,
      words([said1, ...lines].join('\n')),
      isApproved ? note(corrected) : null,
      isApproved && followed.length === 0 ? buttons(button(texts.end, '销假', { leave: leave.id })) : null,
    ),
    { key: `leave:${leave.id}:${result.leave.state}`, purpose: 'decision' },
  );
  const after = await openLeave(tx, leave.id);
  if (after === null) return text(texts.notFound(leave.id));
  const isOver = isApproved && (await raise(context, after, followed));
  const done = isApproved ? texts.approved(result.leave, person.name) : texts.refused(result.leave, person.name);
  const tone = isOver ? 'warn' : isApproved ? 'good' : 'info';
  return showLeave(after, { policies: context.policies, today }, tone, isOver ? `${done}${texts.raised}` : done);
}

/**
 * Leave counts from the moment it is approved: where it passes the part of the rule the department hears of it now, and
 * not once more when the 课次 are settled. @returns whether it has
 */
async function raise(context: Context, { leave, course, participant }: LeaveCase, followed: readonly Followed[]) {
  const { staffNo } = leave;
  const now = await followConcerns(context, course, participant);
  const raised = [...followed, now].flatMap((one) => one.raised);
  await raiseConcerns(context, course, [{ staffNo, raised }], `leave-${leave.id}`);
  return raised.some(({ about }) => about === 'leave');
}

async function sayAlready(context: Context, { leave }: LeaveCase): Promise<string> {
  const at = leave.decidedAt ?? leave.askedAt;
  const when = `${showDay(dayOf(at), context.today)} ${timeOf(at)}`;
  return texts.already(leave, await nameOf(context, leave.decidedBy ?? ''), when);
}

/** Why not, by form or by the next message. */
async function askReason(context: Context, { leave }: LeaveCase, said: string): Promise<Reply> {
  const args = { leave: leave.id, version: leave.version, verdict: 'refuse' };
  await context.ask({ command: '请假', args, asking: 'reason' });
  return reasonCard({
    title: texts.refuseTitle,
    summary: texts.refuseAsk(leave.id),
    label: texts.refuseTitle,
    submit: button(texts.refuse, '请假', args, 'danger'),
    said,
    fault: said === '' ? undefined : texts.noReason(said),
    hint: texts.refuseHint,
  });
}
