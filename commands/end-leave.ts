import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { tellLapsed } from '../src/bot/course/concerns.ts';
import { followConcerns } from '../src/bot/course/follow-concerns.ts';
import { decidersOf } from '../src/bot/course/leave-approvers.ts';
import { ownLeaves } from '../src/bot/course/leave-ask.ts';
import { unmarkLeave } from '../src/bot/course/leave-marks.ts';
import { readParticipant } from '../src/bot/course/read.ts';
import { readEntryNumbers } from '../src/bot/text/entry-numbers.ts';
import { type Course, courses } from '../src/domain/course.ts';
import { endLeave, type Leave, leaves, splitByNow, withdrawLeave } from '../src/domain/leave.ts';
import { button, buttons, card, type Reply, text, words } from '../src/messenger/reply.ts';
import { leaveTexts as texts } from '../src/texts/leave.ts';

/** 销假: what is still to come of an approved leave is attended after all; one that is not decided yet is taken back. */
export const endOwnLeave = defineCommand({
  name: '销假',
  aliases: ['撤回请假', '取消请假'],
  summary: '销假，或撤回还没有批准的请假',
  who: 'cadre',
  args: z.object({
    /** 请假号. */
    leave: z.number().int().positive().optional(),
    /** The card offered to take back what nobody had decided on: an approved leave is not ended by it. */
    withdraw: z.boolean().default(false),
  }),
  examples: ['销假', '销假 1005'],
  read: (said) => {
    const [leave] = readEntryNumbers(said);
    return understood(leave === undefined ? {} : { leave });
  },
  run: async (context, { leave: id, withdraw }) => {
    const own = await ownLeaves(context);
    const open = own.filter(({ leave }) => leave.state === 'asked' || leave.state === 'approved');
    if (id === undefined && open.length === 0) {
      const lapsed = own.findLast(({ leave }) => leave.state === 'lapsed');
      return text(lapsed === undefined ? texts.endNothing : texts.notOpen(lapsed.leave));
    }
    if (id === undefined && open.length > 1) return askWhich(open);
    const leave = id === undefined ? open[0]?.leave : await context.tx.get(leaves, id);
    const course = leave && (await context.tx.get(courses, leave.courseId));
    if (leave === undefined || course === undefined || leave.staffNo !== context.me.staffNo) {
      return text(texts.notOwn(id ?? 0));
    }
    if ((withdraw && leave.state !== 'asked') || leave.state === 'lapsed') return text(texts.notOpen(leave));
    return leave.state === 'asked' ? takeBack(context, leave, course) : end(context, leave, course);
  },
});

function askWhich(open: readonly { leave: Leave; course: Course }[]): Reply {
  const summary = texts.endWhich(open.map(({ leave }) => leave.id));
  const lines = open.map(({ leave, course }) => texts.mineLine(leave, course));
  return card(
    texts.endTitle,
    'info',
    summary,
    words([summary, ...lines].join('\n')),
    buttons(
      ...open
        .slice(0, 8)
        .map(({ leave: { id, state } }) =>
          button(`${state === 'asked' ? texts.withdraw : texts.end} ${id}`, '销假', { leave: id }),
        ),
    ),
  );
}

async function takeBack(context: Context, leave: Leave, course: Course): Promise<Reply> {
  const result = withdrawLeave(leave, context.me.staffNo, context.now);
  if (!result.ok) return text(texts.notOpen(leave));
  await context.tx.put(leaves, result.leave);
  const when = splitByNow(leave, course.sessions, context.now);
  const told = texts.toldWithdrawn(result.leave, course, context.me.name, when);
  await tellRunners(context, course, leave, told, leave.approver);
  const said = texts.withdrawn(result.leave, course, when);
  return card(texts.withdrawnTitle, 'good', said, words(said));
}

async function end(context: Context, leave: Leave, course: Course): Promise<Reply> {
  const result = endLeave(leave, course.sessions, context.me.staffNo, context.now);
  if (!result.ok) return text(result.reason === 'nothing-left' ? texts.nothingLeft(leave.id) : texts.notOpen(leave));
  await context.tx.put(leaves, result.leave);
  await unmarkLeave(context.tx, result.leave);
  const person = await readParticipant(context.tx, course.id, leave.staffNo);
  const open = person === null ? null : await followConcerns(context, course, person);
  if (open?.lapsed.includes('leave') === true) await tellLapsed(context, course, leave, context.me.name);
  await tellRunners(context, course, leave, texts.toldEnded(result.leave, course, context.me.name), 'tutor');
  const said = texts.ended(result.leave, course);
  return card(texts.endedTitle, 'good', said, words(said));
}

/** Who runs the class, or was to decide, hears of it. */
async function tellRunners(context: Context, course: Course, leave: Leave, said: string, approver: Leave['approver']) {
  const runners = await decidersOf(context.tx, course, { approver, staffNo: leave.staffNo });
  for (const { staffNo } of runners?.people ?? []) {
    const key = `leave:${leave.id}:ended:${staffNo}`;
    await context.tell(staffNo, card(texts.title, 'info', said, words(said)), { key, purpose: 'notice' });
  }
}
