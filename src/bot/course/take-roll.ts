import type { Mark } from '../../domain/attendance.ts';
import { cadres } from '../../domain/cadre.ts';
import type { Course, Session } from '../../domain/course.ts';
import type { Stay } from '../../domain/stay.ts';
import { courseLedgerTexts } from '../../texts/course-ledger.ts';
import { actorNames } from '../../texts/glossary.ts';
import { raiseConcerns } from './concerns.ts';
import type { FollowParts } from './follow.ts';
import { raiseFullDays } from './full-days.ts';
import { openRoll, type RollRow, readNames, rowsOf } from './roll.ts';
import { markAttendance, settleSession } from './settle.ts';
import { type Changed, type TellParts, tellFollowed } from './tell-followed.ts';

export type RollParts = FollowParts & TellParts;

/** What became of a settled 课次: how many got hours or a correction of them, and how many owe a make-up. */
export interface SettledRoll {
  readonly course: Course;
  readonly rows: readonly RollRow[];
  readonly hours: number;
  readonly makeUps: number;
}

/** 确认考勤, with everybody told what it means for them, and the department of whoever misses too much. Null: not now. */
export async function settleRoll(
  parts: RollParts,
  courseId: number,
  no: number,
  by: string,
): Promise<SettledRoll | null> {
  const settled = await settleSession(parts, courseId, no, by, courseLedgerTexts.why.settled(courseId, no));
  if (settled === null) return null;
  const { course, followed, people } = settled;
  await tellFollowed(parts, course, followed);
  await raiseFullDays(parts, course, followed);
  const session = course.sessions.find((one) => one.no === no);
  await raiseConcerns(parts, course, followed);
  return {
    course,
    rows: session === undefined ? [] : rowsOf(session, people, await readNames(parts.tx, people)),
    hours: followed.filter(({ made, corrected }) => made.length + corrected.length > 0).length,
    makeUps: followed.filter(({ opened }) => opened.length > 0).length,
  };
}

/**
 * Writes down what was said of people at a 课次. Where it is settled this is a correction: they are told what changed, and
 * what it means for their hours. @returns the class in its new version, and who is different from before
 */
export async function takeRoll(
  parts: RollParts,
  course: Course,
  session: Session,
  marks: ReadonlyMap<string, Mark>,
  stays?: ReadonlyMap<string, Stay>,
): Promise<{ readonly course: Course; readonly changed: readonly string[] }> {
  const before = new Map(
    (await openRoll(parts.tx, course, session)).map(({ staffNo, known }) => [staffNo, known?.state ?? null]),
  );
  const why = courseLedgerTexts.why.corrected(course.id, session.no);
  const marked = await markAttendance(parts, course, session.no, marks, why, stays);
  if (session.settled === null || marked.changed.length === 0) return marked;
  const changes = new Map<string, Changed>();
  for (const staffNo of marked.changed) {
    const mark = marks.get(staffNo);
    if (mark === undefined) continue;
    const by = (await parts.tx.get(cadres, mark.by))?.name ?? actorNames[mark.by] ?? mark.by;
    changes.set(staffNo, { session, before: before.get(staffNo) ?? null, after: mark.state, by, reason: mark.reason });
  }
  await tellFollowed(parts, marked.course, marked.followed, changes);
  await raiseFullDays(parts, marked.course, marked.followed);
  await raiseConcerns(parts, marked.course, marked.followed);
  return marked;
}
