import {
  type AttendanceSource,
  type AttendanceState,
  attendanceStates,
  type Mark,
  wasThere,
} from '../../domain/attendance.ts';
import type { Course, Session } from '../../domain/course.ts';
import { isMeantByAll } from '../../domain/roll.ts';
import type { Stay } from '../../domain/stay.ts';
import { type Block, button, buttons, card, type Reply, text, words } from '../../messenger/reply.ts';
import { namesTexts } from '../../texts/names.ts';
import { sheetTexts, rollTexts as texts } from '../../texts/roll.ts';
import type { Context } from '../context.ts';
import { personFinder } from '../text/people.ts';
import { readRollWords } from '../text/roll.ts';
import { askWhich } from './names.ts';
import { namesOf, openLeavesOf, type RollRow } from './roll.ts';
import { seenElsewhere } from './same-time.ts';

/** What becomes of somebody; `stay`: when they came and left, where a list says so. */
interface RollMark {
  readonly row: RollRow;
  readonly state: AttendanceState;
  readonly stay?: Stay;
}

/** What is to be written down of whom, in the order of the roll, and what is left alone. */
export interface RollPlan {
  readonly marks: readonly RollMark[];
  readonly source: AttendanceSource;
  readonly reason: string | null;
  /** On leave, and not named: they stay so. */
  readonly onLeave: readonly RollRow[];
  /** Whoever takes the roll is left out of 全部. */
  readonly leavesOutSelf: boolean;
  /** Names on a list that are nobody's of the class, and whether the list came as a file. */
  readonly unmatched: readonly string[];
  /** People who, by the list, had left when the 课次 began. */
  readonly leftBefore: readonly RollRow[];
  readonly isFile: boolean;
}

export type Planned = { readonly ok: true; readonly plan: RollPlan } | { readonly ok: false; readonly reply: Reply };

const refuse = (reply: Reply): Planned => ({ ok: false, reply });

/** What the words of a roll change, or the answer that says which of them was not understood: then nothing is saved. */
export async function planRoll(
  context: Context,
  course: Course,
  session: Session,
  rows: readonly RollRow[],
  said: string,
): Promise<Planned> {
  const { me } = context;
  const reading = readRollWords(said, personFinder(rows));
  const { faults } = texts;
  const example = faults.example(course.id, session.no);
  if (reading.unknown.length > 0) {
    const unknown = reading.unknown.map((who) => ({ who }));
    return refuse(text(`${faults.notSaved}${namesTexts.unknown(unknown)}${faults.noState}${example}`));
  }
  const [doubt] = reading.doubts;
  if (doubt !== undefined)
    return refuse(
      await askWhich(
        context,
        '考勤',
        { id: course.id, no: session.no, roll: said },
        { ...doubt, said: { who: doubt.said } },
      ),
    );
  if (reading.unsaid.length > 0) return refuse(text(`${faults.unsaid(namesOf(reading.unsaid, rows))}${example}`));
  if (reading.twice.length > 0) {
    const twice = namesOf(reading.twice, rows).map((who) => ({ who }));
    return refuse(text(`${faults.notSaved}${namesTexts.twice(twice)}`));
  }
  const named = new Map(reading.marks.map(({ person, state }) => [person.staffNo, state]));
  if (named.has(me.staffNo)) return refuse(text(faults.own));
  const isSettled = session.settled !== null;
  if (isSettled && reading.everybody) return refuse(text(faults.everybody));
  if (isSettled && reading.reason === null) return refuse(text(faults.reason(course, session)));
  const meant = (row: RollRow): AttendanceState | undefined =>
    named.get(row.staffNo) ?? (reading.everybody && isMeantByAll(row.known) ? 'present' : undefined);
  return {
    ok: true,
    plan: {
      marks: rows.flatMap((row) => {
        const state = row.staffNo === me.staffNo ? undefined : meant(row);
        return state === undefined || state === row.known?.state ? [] : [{ row, state }];
      }),
      source: isSettled ? 'correction' : 'roll',
      reason: reading.reason === null ? null : reading.reason.slice(0, 300),
      onLeave: reading.everybody
        ? rows.filter(({ staffNo, known }) => known?.state === 'on-leave' && !named.has(staffNo))
        : [],
      leavesOutSelf:
        reading.everybody && rows.some(({ staffNo, known }) => staffNo === me.staffNo && isMeantByAll(known)),
      unmatched: [],
      leftBefore: [],
      isFile: false,
    },
  };
}

/** What a plan writes, each as the word of whoever takes the roll. */
export const marksOf = ({ marks, source, reason }: RollPlan, { me, now }: Context): Map<string, Mark> =>
  new Map(marks.map(({ row, state }) => [row.staffNo, { state, source, by: me.staffNo, at: now, reason }]));

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
  args: Record<string, string | boolean>,
): Promise<Reply> {
  const { draft: said } = texts;
  const { marks } = plan;
  const asked = new Set(openLeavesOf(session, rows).map(({ row }) => row));
  const thereAllTheSame = marks.filter(({ row, state }) => state === 'present' && asked.has(row)).map(({ row }) => row);
  const there = marks.filter((mark) => wasThere(mark)).map(({ row }) => row);
  const doubts = await doubtsOf(context, course, session, there, rows);
  const notice = [
    ...(plan.onLeave.length > 0 ? [said.onLeave(namesOf(plan.onLeave, rows))] : []),
    ...(plan.leavesOutSelf ? [said.own] : []),
    ...(thereAllTheSame.length > 0 ? [said.askedLeave(namesOf(thereAllTheSame, rows))] : []),
    ...(plan.leftBefore.length > 0 ? [sheetTexts.leftBefore(namesOf(plan.leftBefore, rows), session)] : []),
    ...(plan.unmatched.length > 0 ? [sheetTexts.unmatched(plan.unmatched, plan.isFile)] : []),
  ];
  if (marks.length === 0) return text([said.nothing, ...notice].join('\n'));
  const draft = await context.ask({
    command: '考勤',
    args: { id: course.id, no: session.no, version: course.version, ...args },
    asking: 'confirm',
  });
  const summary = said.summary(course, session, marks.length);
  const after = new Set(marks.map(({ row }) => row.staffNo));
  const untouched = rows.filter(
    ({ staffNo, known }) => known === undefined && !after.has(staffNo) && staffNo !== context.me.staffNo,
  );
  const different = marks.flatMap(({ row, state }) =>
    row.known === undefined ? [] : [said.before(namesOf([row], rows)[0] ?? row.name, row.known.state, state)],
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
    plan.reason === null ? null : words(said.reason(plan.reason)),
    notice.length === 0 ? null : words(notice.join('\n')),
    ...doubts,
    untouched.length === 0 || session.settled !== null ? null : words(said.untouched(namesOf(untouched, rows))),
    buttons(button(said.confirm(marks.length), '确认', { draft }, 'primary'), button(said.cancel, '取消', { draft })),
    { type: 'note', text: session.settled === null ? said.hint : said.hintSettled },
  );
}
