import type { Course, Session } from '../../domain/course.ts';
import { leaveStateAt } from '../../domain/roll.ts';
import { button, buttons, card, note, type Reply, words } from '../../messenger/reply.ts';
import { rollLeaveTexts as texts } from '../../texts/roll-leave.ts';
import type { Context } from '../context.ts';
import { namesOf, type RollRow } from './roll.ts';

/** Whom a roll may not simply write down as 请假: no leave from the 课次 was approved for them. */
export const hasNoLeave = ({ no }: Session, { person }: RollRow): boolean =>
  leaveStateAt(no, person.leaves) !== 'approved';

/** People with what became of the leave that they have asked for, if they have: 张三（申请过，已不准）. */
export const sayAsked = ({ no }: Session, people: readonly RollRow[], among: readonly RollRow[]): readonly string[] => {
  const names = namesOf(people, among);
  return people.map(({ person }, i) => texts.asked(names[i] ?? '', leaveStateAt(no, person.leaves)));
};

/** Asks why people were on leave without having asked for it in time: the next message is the reason of all of them. */
export async function askLeaveReason(
  context: Context,
  course: Course,
  session: Session,
  {
    people,
    rows,
    roll,
    answered,
  }: {
    readonly people: readonly RollRow[];
    readonly rows: readonly RollRow[];
    readonly roll: string;
    /** What was answered before, which is no reason. */
    readonly answered?: string | undefined;
  },
): Promise<Reply> {
  const args = { id: course.id, no: session.no, version: course.version, roll };
  const draft = await context.ask({ command: '考勤', args, asking: 'reason' });
  const summary = answered === undefined ? texts.ask(sayAsked(session, people, rows)) : texts.askAgain(answered);
  return card(
    texts.title,
    answered === undefined ? 'info' : 'warn',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'leave-reason',
      fields: [{ type: 'text', name: 'reason', label: texts.reason, hint: texts.hint, required: true, maxLength: 300 }],
      submit: button(texts.submit, '考勤', args, 'primary'),
    },
    buttons(button(texts.cancel, '取消', { draft })),
    note(texts.how),
  );
}
