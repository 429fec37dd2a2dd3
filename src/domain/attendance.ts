import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { endOf, type Session, startOf } from './course.ts';
import { addMs, type Instant } from './day.ts';
import type { Policy } from './policy.ts';
import { instantSchema, staffNoSchema } from './schema.ts';

/** 出勤, 迟到, 早退, 迟到并早退, 请假, 缺勤. */
export const attendanceStates = ['present', 'late', 'left-early', 'late-left-early', 'on-leave', 'absent'] as const;
export type AttendanceState = (typeof attendanceStates)[number];

/** How it is known: 签到码, 点名 by hand, an imported sheet, an approved leave, nobody having signed in, 异议, 更正. */
export const attendanceSources = ['code', 'roll', 'sheet', 'leave', 'settled', 'objection', 'correction'] as const;
export type AttendanceSource = (typeof attendanceSources)[number];

/** One word on a person's attendance, who said it and when. */
const markSchema = z.object({
  state: z.enum(attendanceStates),
  source: z.enum(attendanceSources),
  by: staffNoSchema,
  at: instantSchema,
  reason: z.string().max(300).nullable(),
});
export type Mark = z.output<typeof markSchema>;

/** 考勤 (三.6) of one person at one 课次; the last mark holds, those before it stay. */
export const attendanceSchema = z.object({
  courseId: z.number().int().positive(),
  no: z.number().int().positive(),
  staffNo: staffNoSchema,
  state: z.enum(attendanceStates),
  /** When they signed in and out, where they did. */
  in: instantSchema.nullable(),
  out: instantSchema.nullable(),
  marks: z.array(markSchema).min(1),
});
export type Attendance = z.output<typeof attendanceSchema>;

export const attendances = defineCollection({
  name: 'attendances',
  schema: attendanceSchema,
  key: ['courseId', 'no', 'staffNo'],
  indexes: { byPerson: ['staffNo', 'courseId'] },
});

/** Whether somebody was there, on time or not. */
export const wasThere = ({ state }: Pick<Attendance, 'state'>): boolean => state !== 'absent' && state !== 'on-leave';

/** What the state has become since an instant; null: it is as it was then. */
export function changedSince(known: Attendance | undefined, instant: Instant): AttendanceState | null {
  const before = known?.marks.findLast(({ at }) => at <= instant)?.state;
  return known === undefined || known.state === before ? null : known.state;
}

/** 迟到 and 早退 of one 课次: 0, 1 or 2. */
export const slipsOf = (state: AttendanceState): number =>
  state === 'late' || state === 'left-early' ? 1 : state === 'late-left-early' ? 2 : 0;

const minutesAfter = (instant: Instant, minutes: number): Instant => addMs(instant, minutes * 60_000);

/** Between which instants a 课次 takes 签到, and from when it is 迟到. */
export function signInWindow(session: Session, { attendance }: Pick<Policy, 'attendance'>) {
  const start = startOf(session);
  const last = minutesAfter(start, attendance.closesMinutes);
  return {
    opens: minutesAfter(start, -attendance.opensMinutes),
    /** 迟到 after it. */
    onTime: minutesAfter(start, attendance.lateMinutes),
    closes: last < endOf(session) ? last : endOf(session),
  };
}

/** Between which instants a 课次 takes 签退, and until when it is 早退. */
export function signOutWindow(session: Session, { attendance }: Pick<Policy, 'attendance'>) {
  const end = endOf(session);
  return {
    opens: startOf(session),
    onTime: minutesAfter(end, -attendance.earlyMinutes),
    closes: minutesAfter(end, attendance.signOutMinutes),
  };
}

export type SignFault =
  | 'cancelled'
  | 'settled'
  /** Before or after the window. */
  | 'too-early'
  | 'too-late'
  | 'already-in'
  | 'already-out'
  | 'not-in';
export type SignResult = { ok: true; attendance: Attendance } | { ok: false; reason: SignFault };

const refuse = (reason: SignFault): SignResult => ({ ok: false, reason });

/** Why a 课次 takes nobody's 签到 or 签退 now, or null: it is open. */
export function signFault(
  session: Session,
  way: 'in' | 'out',
  now: Instant,
  policy: Pick<Policy, 'attendance'>,
): Extract<SignFault, 'cancelled' | 'settled' | 'too-early' | 'too-late'> | null {
  if (session.cancelled) return 'cancelled';
  if (session.settled !== null) return 'settled';
  const { opens, closes } = (way === 'in' ? signInWindow : signOutWindow)(session, policy);
  if (now < opens) return 'too-early';
  return now > closes ? 'too-late' : null;
}

/** The row after one more mark; `known` is undefined before the first. */
function marked(
  known: Attendance | undefined,
  place: Pick<Attendance, 'courseId' | 'no' | 'staffNo'>,
  mark: Mark,
  times: Partial<Pick<Attendance, 'in' | 'out'>> = {},
): Attendance {
  return {
    courseId: place.courseId,
    no: place.no,
    staffNo: place.staffNo,
    state: mark.state,
    in: times.in === undefined ? (known?.in ?? null) : times.in,
    out: times.out === undefined ? (known?.out ?? null) : times.out,
    marks: [...(known?.marks ?? []), mark],
  };
}

/**
 * 签到. Who is on leave and comes all the same is there. Nobody signs in twice, nor once the attendance is settled: then
 * only a correction changes it.
 */
export function signIn(
  session: Session,
  known: Attendance | undefined,
  person: { readonly courseId: number; readonly staffNo: string },
  now: Instant,
  policy: Pick<Policy, 'attendance'>,
): SignResult {
  const fault = signFault(session, 'in', now, policy);
  if (fault === 'cancelled' || fault === 'settled') return refuse(fault);
  if (known !== undefined && (known.in !== null || wasThere(known))) return refuse('already-in');
  if (fault !== null) return refuse(fault);
  const { onTime } = signInWindow(session, policy);
  const mark = {
    state: now > onTime ? 'late' : 'present',
    source: 'code',
    by: person.staffNo,
    at: now,
    reason: null,
  } as const;
  return { ok: true, attendance: marked(known, { ...person, no: session.no }, mark, { in: now }) };
}

/** 签退: who leaves more than the minutes of the rule before the end leaves early; a later 签退 in the window holds. */
export function signOut(
  session: Session,
  known: Attendance | undefined,
  person: { readonly courseId: number; readonly staffNo: string },
  now: Instant,
  policy: Pick<Policy, 'attendance'>,
): SignResult {
  const fault = signFault(session, 'out', now, policy);
  if (fault !== null && fault !== 'too-late') return refuse(fault);
  if (known === undefined || !wasThere(known)) return refuse('not-in');
  const { onTime } = signOutWindow(session, policy);
  if (known.out !== null && known.out >= onTime) return refuse('already-out');
  if (fault === 'too-late') return refuse(fault);
  const wasLate = known.state === 'late' || known.state === 'late-left-early';
  const mark = {
    state: stateFor(wasLate, now < onTime),
    source: 'code',
    by: person.staffNo,
    at: now,
    reason: null,
  } as const;
  return { ok: true, attendance: marked(known, { ...person, no: session.no }, mark, { out: now }) };
}

/** The state that being late and leaving early make together. */
export const stateFor = (late: boolean, early: boolean): AttendanceState =>
  late ? (early ? 'late-left-early' : 'late') : early ? 'left-early' : 'present';

/** A state that somebody else states: a roll by hand, a sheet, a leave. Nothing new adds nothing. */
export function markAs(
  known: Attendance | undefined,
  place: Pick<Attendance, 'courseId' | 'no' | 'staffNo'>,
  mark: Mark,
  times: Partial<Pick<Attendance, 'in' | 'out'>> = {},
): Attendance {
  const isSame = known?.state === mark.state && times.in === undefined && times.out === undefined;
  return isSame ? known : marked(known, place, mark, times);
}

/** Whether somebody who came by 签到码 was to sign out and has not: when it is settled they have left early. */
export const lacksSignOut = (signsOut: boolean, known: Attendance | undefined): known is Attendance =>
  signsOut &&
  known !== undefined &&
  wasThere(known) &&
  known.in !== null &&
  known.out === null &&
  known.marks.at(-1)?.source === 'code';

/**
 * What the attendance of a person becomes when it is settled: without a word they were absent; who was asked to sign out
 * and did not has left early. Null: it stays.
 */
export function settleOne(
  session: Session,
  known: Attendance | undefined,
  person: { readonly courseId: number; readonly staffNo: string },
  settled: { readonly signsOut: boolean; readonly by: string; readonly at: Instant },
): Attendance | null {
  const place = { ...person, no: session.no };
  const mark = (state: AttendanceState): Mark => ({
    state,
    source: 'settled',
    by: settled.by,
    at: settled.at,
    reason: null,
  });
  if (known === undefined) return marked(known, place, mark('absent'));
  if (!lacksSignOut(settled.signsOut, known)) return null;
  return marked(known, place, mark(stateFor(known.state === 'late' || known.state === 'late-left-early', true)));
}
