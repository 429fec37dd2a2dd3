import { type AttendanceSource, type AttendanceState, lacksSignOut } from '../../domain/attendance.ts';
import type { Course, Session } from '../../domain/course.ts';
import { isMeantByAll } from '../../domain/roll.ts';
import type { Stay } from '../../domain/stay.ts';
import { type Reply, text } from '../../messenger/reply.ts';
import { namesTexts } from '../../texts/names.ts';
import { rollTexts as texts } from '../../texts/roll.ts';
import { rollLeaveTexts } from '../../texts/roll-leave.ts';
import type { Context } from '../context.ts';
import { personFinder } from '../text/people.ts';
import { isReason } from '../text/reason.ts';
import { readRollWords } from '../text/roll.ts';
import { askWhich } from './names.ts';
import { runsCourses } from './own.ts';
import { namesOf, type RollRow } from './roll.ts';
import { askLeaveReason, hasNoLeave, sayAsked } from './roll-leave.ts';

/** What becomes of somebody; `stay`: when they came and left, where a list says so. */
interface RollMark {
  readonly row: RollRow;
  readonly state: AttendanceState;
  readonly stay?: Stay;
  readonly reason: string | null;
}

/** What is to be written down of whom, in the order of the roll, and what is left alone. */
export interface RollPlan {
  readonly marks: readonly RollMark[];
  readonly source: AttendanceSource;
  /** On leave, and not named: they stay so. */
  readonly onLeave: readonly RollRow[];
  /** To be on leave without an approved one: written down with a reason by the department, left out for anybody else. */
  readonly withoutLeave: readonly RollRow[];
  readonly refusedLeave: readonly RollRow[];
  /** Whoever takes the roll is left out of 全部. */
  readonly leavesOutSelf: boolean;
  /** Names on a list that are nobody's of the class, and whether the list came as a file. */
  readonly unmatched: readonly string[];
  /** People who, by the list, had left when the 课次 began. */
  readonly leftBefore: readonly RollRow[];
  readonly isFile: boolean;
}

export type Planned = { readonly ok: true; readonly plan: RollPlan } | { readonly ok: false; readonly reply: Reply };

/** A roll in words, and the reason that was asked for. */
export interface SaidRoll {
  readonly roll: string;
  readonly reason?: string;
}

const refuse = (reply: Reply): Planned => ({ ok: false, reply });

/**
 * What the words of a roll change, or the answer that says which of them was not understood: then nothing is saved.
 * @param answered the reason that was asked for, of people who are to be on leave without an approved one
 */
export async function planRoll(
  context: Context,
  course: Course,
  session: Session,
  rows: readonly RollRow[],
  { roll: said, reason: answered }: SaidRoll,
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
  const named = new Map(reading.marks.map((one) => [one.person.staffNo, one]));
  if (named.has(me.staffNo)) return refuse(text(faults.own));
  const isSettled = session.settled !== null;
  if (isSettled && reading.everybody) return refuse(text(faults.everybody));
  if (isSettled && reading.marks.some(({ reason }) => reason === null))
    return refuse(text(faults.reason(course, session)));
  const changes = rows.flatMap((row): RollMark[] => {
    if (row.staffNo === me.staffNo) return [];
    const { state, reason } = named.get(row.staffNo) ?? {
      state: reading.everybody && isMeantByAll(row.known) ? ('present' as const) : undefined,
      reason: null,
    };
    if (state === undefined) return [];
    if (state !== row.known?.state) return [{ row, state, reason }];
    // Who has not signed out, and is named as having been there, was there to the end.
    const isVouched = named.has(row.staffNo) && lacksSignOut(course.signsOut, row.known);
    return isVouched ? [{ row, state, reason, stay: { in: row.known.in, out: null } }] : [];
  });
  const withoutLeave = changes.filter(({ row, state }) => state === 'on-leave' && hasNoLeave(session, row));
  const mayGrant = runsCourses(me);
  const unexplained = withoutLeave.filter(({ reason }) => reason === null).map(({ row }) => row);
  if (mayGrant && unexplained.length > 0 && (answered === undefined || !isReason(answered)))
    return refuse(await askLeaveReason(context, course, session, { people: unexplained, rows, roll: said, answered }));
  const people = withoutLeave.map(({ row }) => row);
  const marks = mayGrant ? changes : changes.filter(({ row }) => !people.includes(row));
  if (marks.length === 0 && people.length > 0)
    return refuse(text(rollLeaveTexts.refused(sayAsked(session, people, rows), course, session)));
  const someOnLeave = marks.some(({ state }) => state === 'on-leave');
  return {
    ok: true,
    plan: {
      marks: marks.map(({ row, state, reason, ...more }) => ({
        ...more,
        row,
        state,
        // Where somebody is on leave, that is what a roll gives a reason for.
        reason:
          state === 'on-leave' && people.includes(row)
            ? (reason ?? answered ?? null)
            : isSettled || state === 'on-leave' || !someOnLeave
              ? reason
              : null,
      })),
      source: isSettled ? 'correction' : 'roll',
      onLeave: reading.everybody
        ? rows.filter(({ staffNo, known }) => known?.state === 'on-leave' && !named.has(staffNo))
        : [],
      withoutLeave: mayGrant ? people : [],
      refusedLeave: mayGrant ? [] : people,
      leavesOutSelf:
        reading.everybody && rows.some(({ staffNo, known }) => staffNo === me.staffNo && isMeantByAll(known)),
      unmatched: [],
      leftBefore: [],
      isFile: false,
    },
  };
}
