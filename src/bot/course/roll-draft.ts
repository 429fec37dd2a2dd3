import { attendanceStates, lacksSignOut, type Mark, signInWindow, wasThere } from '../../domain/attendance.ts';
import type { Course, Session } from '../../domain/course.ts';
import { timeOf } from '../../domain/day.ts';
import { settlesFrom } from '../../domain/roll.ts';
import type { Stay } from '../../domain/stay.ts';
import { type Block, button, buttons, card, type Reply, text, words } from '../../messenger/reply.ts';
import { rollTexts as texts } from '../../texts/roll.ts';
import { rollLeaveTexts } from '../../texts/roll-leave.ts';
import { sheetTexts } from '../../texts/sheet.ts';
import type { Context } from '../context.ts';
import { namesOf, openLeavesOf, type RollRow } from './roll.ts';
import { sayAsked } from './roll-leave.ts';
import type { RollPlan } from './roll-words.ts';
import { seenElsewhere } from './same-time.ts';

/** What a plan writes, each as the word of whoever takes the roll. */
export const marksOf = ({ marks, source }: RollPlan, { me, now }: Context): Map<string, Mark> =>
  new Map(
    marks.map(({ row, state, reason }) => [
      row.staffNo,
      { state, source, by: me.staffNo, at: now, reason: reason === null ? null : reason.slice(0, 300) },
    ]),
  );

/** When people came and left, as far as a plan has it. */
export const staysOf = ({ marks }: RollPlan): Map<string, Stay> =>
  new Map(marks.flatMap(({ row, stay }) => (stay === undefined ? [] : [[row.staffNo, stay] as const])));

/** Who of those who are there is on record for another class at the same time. */
export async function doubtsOf(
  { tx }: Context,
  course: Course,
  session: Session,
  there: readonly RollRow[],
  rows: readonly RollRow[],
): Promise<Block[]> {
  const staffNos = there.map(({ staffNo }) => staffNo);
  const elsewhere = staffNos.length === 0 ? [] : await seenElsewhere(tx, course, session, staffNos);
  const lines = elsewhere.map((one) =>
    texts.elsewhere(
      namesOf(
        there.filter(({ staffNo }) => one.staffNos.includes(staffNo)),
        rows,
      ),
      one.course,
      one.session,
    ),
  );
  return lines.length === 0 ? [] : [words(lines.join('\n'))];
}

/** The draft of a roll: who becomes what, and who is left alone; 确认 writes it. */
export async function draftRoll(
  context: Context,
  course: Course,
  session: Session,
  rows: readonly RollRow[],
  plan: RollPlan,
  args: Readonly<Record<string, string | boolean>>,
): Promise<Reply> {
  const { draft: said } = texts;
  const { marks } = plan;
  const asked = new Set(openLeavesOf(session, rows).map(({ row }) => row));
  const thereAllTheSame = marks.filter(({ row, state }) => state === 'present' && asked.has(row)).map(({ row }) => row);
  const there = marks.filter((mark) => wasThere(mark)).map(({ row }) => row);
  const doubts = await doubtsOf(context, course, session, there, rows);
  const { closes } = signInWindow(session, context.policy);
  const tooLate = marks.flatMap(({ row, state, stay }) =>
    state === 'absent' && stay?.in != null
      ? namesOf([row], rows).map((name) => ({ name, at: timeOf(stay.in ?? '') }))
      : [],
  );
  const notice = [
    ...(plan.onLeave.length > 0 ? [said.onLeave(namesOf(plan.onLeave, rows))] : []),
    ...(plan.withoutLeave.length > 0 ? [rollLeaveTexts.draft(sayAsked(session, plan.withoutLeave, rows))] : []),
    ...(plan.refusedLeave.length > 0
      ? [rollLeaveTexts.leftOut(sayAsked(session, plan.refusedLeave, rows), course, session)]
      : []),
    ...(plan.leavesOutSelf ? [said.own] : []),
    ...(thereAllTheSame.length > 0 ? [said.askedLeave(namesOf(thereAllTheSame, rows))] : []),
    ...(plan.leftBefore.length > 0 ? [sheetTexts.leftBefore(namesOf(plan.leftBefore, rows), session)] : []),
    ...(tooLate.length > 0 ? [sheetTexts.tooLate(tooLate, timeOf(closes))] : []),
    ...(plan.unmatched.length > 0 ? [sheetTexts.unmatched(plan.unmatched, plan.isFile)] : []),
  ];
  if (marks.length === 0) return text([said.nothing, ...notice].join('\n'));
  const draft = await context.ask({
    command: '考勤',
    args: { id: course.id, no: session.no, version: course.version, ...args },
    asking: 'confirm',
  });
  const summary = said.summary(course, session, marks.length);
  const mayLeaveEarly = session.settled === null && context.now >= settlesFrom(course, session, context.policy);
  const after = new Set(marks.map(({ row }) => row.staffNo));
  const untouched = rows.filter(
    ({ staffNo, known }) => known === undefined && !after.has(staffNo) && staffNo !== context.me.staffNo,
  );
  const early = namesOf(
    rows.filter(({ staffNo, known }) => mayLeaveEarly && !after.has(staffNo) && lacksSignOut(course.signsOut, known)),
    rows,
  );
  const different = marks.flatMap(({ row, state }) =>
    row.known === undefined || row.known.state === state
      ? []
      : [said.before(namesOf([row], rows)[0] ?? row.name, row.known.state, state)],
  );
  return card(
    said.title,
    session.settled === null ? 'info' : 'warn',
    summary,
    words(summary),
    words(
      attendanceStates
        .map((state) => [state, marks.filter((mark) => mark.state === state).map(({ row }) => row)] as const)
        .filter(([, group]) => group.length > 0)
        .map(([state, group]) => said.line(state, namesOf(group, rows)))
        .join('\n'),
    ),
    different.length === 0 ? null : words(different.join('\n')),
    ...reasonsOf(marks, rows),
    notice.length === 0 ? null : words(notice.join('\n')),
    early.length === 0 ? null : words(said.notSignedOut(early)),
    ...doubts,
    untouched.length === 0 || session.settled !== null ? null : words(said.untouched(namesOf(untouched, rows))),
    buttons(button(said.confirm(marks.length), '确认', { draft }, 'primary'), button(said.cancel, '取消', { draft })),
    { type: 'note', text: session.settled === null ? said.hint : said.hintSettled },
  );
}

/** The reasons that are given, each with whose it is where there are several. */
function reasonsOf(marks: RollPlan['marks'], rows: readonly RollRow[]): Block[] {
  const reasons = [...new Set(marks.flatMap(({ reason }) => reason ?? []))];
  const [only, ...others] = reasons;
  if (only === undefined) return [];
  const { draft: said } = texts;
  if (others.length === 0) return [words(said.reason(only))];
  const lineOf = (reason: string): string => {
    const people = marks.filter((mark) => mark.reason === reason).map(({ row }) => row);
    return said.reasonOf(namesOf(people, rows), reason);
  };
  return [words(reasons.map(lineOf).join('\n'))];
}
