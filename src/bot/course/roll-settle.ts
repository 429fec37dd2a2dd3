import { type Course, endOf, type Session } from '../../domain/course.ts';
import { settlesFrom } from '../../domain/roll.ts';
import { button, buttons, card, type Reply, text, words } from '../../messenger/reply.ts';
import { courseStateNames } from '../../texts/glossary.ts';
import { rollTexts as texts } from '../../texts/roll.ts';
import type { Context } from '../context.ts';
import { momentOf, openLeavesOf, type RollRow } from './roll.ts';
import { settleQuestion, showRoll } from './roll-card.ts';
import { settleRoll } from './take-roll.ts';

/** 确认考勤: asks once what it makes of those of whom nothing is known; a button has asked already. */
export async function settle(
  context: Context,
  course: Course,
  session: Session,
  rows: readonly RollRow[],
  isConfirmed: boolean,
): Promise<Reply> {
  const { me, now, policy } = context;
  if (session.settled !== null) return text(texts.already(course, session));
  if (course.state !== 'open') return text(texts.noCourse(course, courseStateNames[course.state]));
  const from = settlesFrom(course, session, policy);
  if (now < from) return text(texts.notOver(course, session, momentOf(context, from), now >= endOf(session)));
  const waiting = openLeavesOf(session, rows).length;
  if (waiting > 0) return showRoll(context, course, session, rows, texts.leavesFirst(course, session, waiting));
  if (!isConfirmed) return askSettle(context, course, session, rows);
  const settled = await settleRoll(context, course.id, session.no, me.staffNo);
  const after = settled?.course.sessions.find(({ no }) => no === session.no);
  if (settled === null || after === undefined) return text(texts.changed);
  const done = texts.done(course, session, settled.hours, settled.makeUps);
  return showRoll(context, settled.course, after, settled.rows, done);
}

async function askSettle(context: Context, course: Course, session: Session, rows: readonly RollRow[]): Promise<Reply> {
  const args = { id: course.id, no: session.no, version: course.version, settle: true };
  const draft = await context.ask({ command: '考勤', args, asking: 'confirm' });
  const summary = texts.settleWhich(course, session, settleQuestion(course, rows));
  return card(
    texts.settle,
    'warn',
    summary,
    words(summary),
    buttons(button(texts.settle, '确认', { draft }, 'primary'), button(texts.draft.cancel, '取消', { draft })),
  );
}
