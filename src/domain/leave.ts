import { z } from 'zod';
import { type Attendance, wasThere } from './attendance.ts';
import { defineCollection } from './collection.ts';
import { endOf, halfDaysOf, hoursOf, mostSessions, type Session, startOf } from './course.ts';
import type { Instant } from './day.ts';
import type { Policy } from './policy.ts';
import { hoursSchema, instantSchema, staffNoSchema } from './schema.ts';

/** Who decides on a leave, by its length: 班主任, 经办, 部长. */
export const approvers = ['tutor', 'clerk', 'department-head'] as const;
export type Approver = (typeof approvers)[number];

/**
 * 请假 (学员管理规定): asked for before the 课次 begin; `asked` → `approved` | `refused`, or `withdrawn` by whoever asked.
 * 销假 ends an approved one for what is still to come. `lapsed`: none of its 课次 takes place for them any more.
 */
export const leaveSchema = z.object({
  id: z.number().int().positive(),
  courseId: z.number().int().positive(),
  staffNo: staffNoSchema,
  sessions: z.array(z.number().int().positive()).min(1).max(mostSessions),
  /** What they take up, as long as it is asked for or approved; then what they took up last. */
  halfDays: z.number().int().positive(),
  hours: hoursSchema,
  reason: z.string().min(1).max(300),
  state: z.enum(['asked', 'approved', 'refused', 'withdrawn', 'ended', 'lapsed']),
  approver: z.enum(approvers),
  askedAt: instantSchema,
  decidedBy: staffNoSchema.nullable(),
  decidedAt: instantSchema.nullable(),
  decision: z.string().max(300).nullable(),
  /** 销假: when, and which of the 课次 are attended after all. */
  ended: z.object({ at: instantSchema, sessions: z.array(z.number().int().positive()) }).nullable(),
  version: z.number().int().positive(),
});
export type Leave = z.output<typeof leaveSchema>;

export const leaves = defineCollection({
  name: 'leaves',
  schema: leaveSchema,
  key: ['id'],
  indexes: { byPerson: ['staffNo', 'courseId'], byCourse: ['courseId'], byState: ['state', 'askedAt'] },
  numbered: { field: 'id', sequence: 'leaves' },
});

export type LeaveFault =
  | 'nothing'
  | 'begun'
  | 'overlaps'
  | 'reason-needed'
  | 'not-open'
  | 'not-owner'
  | 'own-leave'
  | 'nothing-left';
export type LeaveResult = { ok: true; leave: Leave } | { ok: false; reason: LeaveFault };
const refuse = (reason: LeaveFault): LeaveResult => ({ ok: false, reason });

/** The 课次 that a leave still keeps somebody from. */
export const missedBy = ({ sessions, state, ended }: Pick<Leave, 'sessions' | 'state' | 'ended'>): readonly number[] =>
  state === 'approved' || state === 'ended' ? sessions.filter((no) => ended?.sessions.includes(no) !== true) : [];

/**
 * How many half-days somebody is on leave from a class with this one: what was asked for before it, as long as it is open
 * or still keeps them away, and the leave itself; one half-day counts once. `sessions`: the class's.
 */
export function halfDaysWith(
  { id, sessions: asked }: Pick<Leave, 'id' | 'sessions'>,
  known: readonly Leave[],
  sessions: readonly Session[],
): number {
  const nos = new Set([...asked, ...known.filter((one) => one.id < id).flatMap(takenBy)]);
  return halfDaysOf(sessions.filter((session) => nos.has(session.no)));
}

/** The 课次 that a leave keeps somebody from, or would if it is approved. */
export const takenBy = (leave: Leave): readonly number[] =>
  leave.state === 'asked' ? leave.sessions : missedBy(leave);

/**
 * Who decides on so many half-days. They are those of all leave from the class so far (累计请假), not of one request: the
 * rule measures 累计请假时间 (学员管理规定), and eight requests of half a day are four days away.
 */
export function approverFor(halfDays: number, { leave }: Pick<Policy, 'leave'>): Approver {
  if (halfDays <= leave.tutorHalfDays) return 'tutor';
  return halfDays <= leave.clerkHalfDays ? 'clerk' : 'department-head';
}

/**
 * Asks for leave from 课次 that have not begun. `known`: the person's other leaves from the class, `timetable` all 课次 of
 * it, by which it is seen how long they are away together.
 */
export function askLeave(
  ask: {
    readonly id: number;
    readonly courseId: number;
    readonly staffNo: string;
    readonly sessions: readonly Session[];
    readonly reason: string;
    readonly at: Instant;
  },
  known: readonly Leave[],
  timetable: readonly Session[],
  policy: Pick<Policy, 'leave'>,
): LeaveResult {
  const { sessions, at } = ask;
  if (sessions.length === 0) return refuse('nothing');
  if (sessions.some((session) => session.cancelled || session.settled !== null || startOf(session) <= at))
    return refuse('begun');
  const taken = known.flatMap(takenBy);
  if (sessions.some(({ no }) => taken.includes(no))) return refuse('overlaps');
  if (ask.reason.trim() === '') return refuse('reason-needed');
  const nos = sessions.map(({ no }) => no);
  return {
    ok: true,
    leave: {
      id: ask.id,
      courseId: ask.courseId,
      staffNo: ask.staffNo,
      sessions: nos,
      halfDays: halfDaysOf(sessions),
      hours: hoursOf(sessions),
      reason: ask.reason.trim(),
      state: 'asked',
      approver: approverFor(halfDaysWith({ id: ask.id, sessions: nos }, known, timetable), policy),
      askedAt: at,
      decidedBy: null,
      decidedAt: null,
      decision: null,
      ended: null,
      version: 1,
    },
  };
}

/**
 * The word of whoever decides; nobody decides on their own. A refusal says why. It may come when the 课次 have begun: who
 * has asked in time does not suffer from a late answer.
 */
export function decideLeave(
  leave: Leave,
  verdict: { readonly approve: boolean; readonly words: string },
  by: string,
  at: Instant,
): LeaveResult {
  if (by === leave.staffNo) return refuse('own-leave');
  if (leave.state !== 'asked') return refuse('not-open');
  const decision = verdict.words.trim();
  if (!verdict.approve && decision === '') return refuse('reason-needed');
  return {
    ok: true,
    leave: {
      ...leave,
      state: verdict.approve ? 'approved' : 'refused',
      decidedBy: by,
      decidedAt: at,
      decision: decision === '' ? null : decision,
      version: leave.version + 1,
    },
  };
}

/** Taken back before anybody has decided. */
export function withdrawLeave(leave: Leave, by: string, at: Instant): LeaveResult {
  if (by !== leave.staffNo) return refuse('not-owner');
  if (leave.state !== 'asked') return refuse('not-open');
  return {
    ok: true,
    leave: { ...leave, state: 'withdrawn', decidedBy: by, decidedAt: at, version: leave.version + 1 },
  };
}

/** 销假: the 课次 of an approved leave that are not over yet are attended after all. `sessions`: the class's. */
export function endLeave(leave: Leave, sessions: readonly Session[], by: string, at: Instant): LeaveResult {
  if (by !== leave.staffNo) return refuse('not-owner');
  if (leave.state !== 'approved') return refuse('not-open');
  const left = sessions.filter(
    (session) =>
      leave.sessions.includes(session.no) && !session.cancelled && session.settled === null && endOf(session) > at,
  );
  if (left.length === 0) return refuse('nothing-left');
  return {
    ok: true,
    leave: { ...leave, state: 'ended', ended: { at, sessions: left.map(({ no }) => no) }, version: leave.version + 1 },
  };
}

/** The 课次 of a leave by whether somebody can still come: those that are over, and the others; cancelled ones are neither. */
export function splitByNow(
  leave: Pick<Leave, 'sessions'>,
  sessions: readonly Session[],
  now: Instant,
): { readonly over: readonly number[]; readonly coming: readonly number[] } {
  const held = sessions.filter(({ no, cancelled }) => leave.sessions.includes(no) && !cancelled);
  const nosOf = (list: readonly Session[]): number[] => list.map(({ no }) => no);
  return {
    over: nosOf(held.filter((session) => endOf(session) <= now)),
    coming: nosOf(held.filter((session) => endOf(session) > now)),
  };
}

/**
 * The leave that still waits for a word and on which it depends what somebody's attendance at a 课次 is: who came has
 * answered it, and so has whoever wrote them down as 请假.
 */
export const openLeaveAt = (
  no: number,
  asked: readonly Leave[],
  known: Pick<Attendance, 'state'> | undefined,
): Leave | undefined =>
  known === undefined || known.state === 'absent'
    ? asked.find(({ state, sessions }) => state === 'asked' && sessions.includes(no))
    : undefined;

/**
 * The 课次 that somebody misses on leave: by an approved one as soon as it is approved, by the roll alone once that is
 * settled; whoever came or was found absent all the same was not on leave there.
 * @param more 课次 for which leave is asked, besides
 */
export function missedOnLeave(
  expected: readonly Pick<Session, 'no' | 'settled'>[],
  attended: readonly Pick<Attendance, 'no' | 'state' | 'marks'>[],
  known: readonly Leave[],
  more: readonly number[] = [],
): Set<number> {
  const settled = new Set(expected.filter((one) => one.settled !== null).map(({ no }) => no));
  const approved = known.flatMap((leave) => missedBy(leave));
  const nos = expected.map(({ no }) => no);
  return new Set(
    nos.filter((no) => {
      const row = attended.find((one) => one.no === no);
      if (row === undefined) return approved.includes(no) || more.includes(no);
      if (row.state === 'on-leave') return settled.has(no) || more.includes(no) || row.marks.at(-1)?.source === 'leave';
      return !wasThere(row) && more.includes(no);
    }),
  );
}

/**
 * What becomes of a leave when 课次 change or are cancelled, or somebody is not in the class any more: it is about those that
 * are left, as long as they are now, and lapses where there are none, decided or not. Null: it stays as it is.
 * @param expected what is expected of the person now
 */
export function followExpected(leave: Leave, expected: readonly Session[], at: Instant): Leave | null {
  if (leave.state !== 'asked' && leave.state !== 'approved') return null;
  const left = expected.filter(({ no }) => leave.sessions.includes(no));
  const version = leave.version + 1;
  if (left.length > 0) {
    const [halfDays, hours] = [halfDaysOf(left), hoursOf(left)];
    const isSame = left.length === leave.sessions.length && halfDays === leave.halfDays && hours === leave.hours;
    return isSame ? null : { ...leave, sessions: left.map(({ no }) => no), halfDays, hours, version };
  }
  return leave.state === 'asked'
    ? { ...leave, state: 'lapsed', decidedBy: 'system', decidedAt: at, version }
    : { ...leave, state: 'lapsed', version };
}

/**
 * All leaves of a person from a class, in their order, as they are when 课次 or the enrolment have changed. Who decides on
 * one that waits is worked out again, as all of them together may be longer now; it never goes back to somebody lower.
 */
export function leavesAfter(
  known: readonly Leave[],
  expected: readonly Session[],
  timetable: readonly Session[],
  policy: Pick<Policy, 'leave'>,
  at: Instant,
): Leave[] {
  const followed = known.map((leave) => followExpected(leave, expected, at) ?? leave);
  return followed.map((leave) => {
    const approver = approverFor(halfDaysWith(leave, followed, timetable), policy);
    if (leave.state !== 'asked' || approvers.indexOf(approver) <= approvers.indexOf(leave.approver)) return leave;
    return { ...leave, approver, version: leave.version + (known.includes(leave) ? 1 : 0) };
  });
}

/** Whether a leave is about fewer 课次 than before. */
export const isLess = (after: Leave, before: Leave): boolean =>
  after.state === 'lapsed' || after.sessions.length < before.sessions.length;

/** How much of a class somebody misses on leave; hours are hundredths. `over`: more than the part that may be missed. */
export interface LeaveMeter {
  readonly missed: number;
  readonly total: number;
  readonly limit: number;
  readonly over: boolean;
}

/** 累计请假时间不得超过总学时的 1/7 (学员管理规定): `expected` are all 课次 of the person, `missed` those on leave. */
export function leaveMeter(
  expected: readonly Pick<Session, 'no' | 'hours'>[],
  missed: ReadonlySet<number>,
  { leave }: Pick<Policy, 'leave'>,
): LeaveMeter {
  const total = hoursOf(expected);
  const hours = hoursOf(expected.filter(({ no }) => missed.has(no)));
  return {
    missed: hours,
    total,
    limit: Math.floor(total / leave.limitDivisor),
    over: hours * leave.limitDivisor > total,
  };
}
