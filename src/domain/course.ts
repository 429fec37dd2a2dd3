import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { type Day, type Instant, instantAt } from './day.ts';
import { contents, forms, kinds } from './hours.ts';
import { percentOf } from './percent.ts';
import type { Policy } from './policy.ts';
import { daySchema, hoursSchema, instantSchema, lineSchema, staffNoSchema } from './schema.ts';

/** 级别: 中央, 省市, 系统, 本院. */
export const levels = ['central', 'city', 'system', 'college'] as const;
export type Level = (typeof levels)[number];

/** Most 课次 of a class, and most people in it. */
export const mostSessions = 80;
export const mostEnrolled = 500;

/** Wall-clock time in Shanghai, `08:30`. */
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** 课次: one sitting of a class. */
export const sessionSchema = z.object({
  /** Given once and never to another sitting: an attendance and a leave name it. */
  no: z.number().int().positive(),
  day: daySchema,
  start: timeSchema,
  end: timeSchema,
  content: z.enum(contents),
  /** Hundredths of an hour. */
  hours: hoursSchema,
  topic: lineSchema(80),
  speaker: lineSchema(40).nullable(),
  place: lineSchema(60).nullable(),
  /** It does not take place. */
  cancelled: z.boolean(),
  /** 考勤 is settled: from then on it counts, and changes only by a correction that is on record. */
  settled: z.object({ at: instantSchema, by: staffNoSchema }).nullable(),
});
export type Session = z.output<typeof sessionSchema>;

/**
 * 培训班: a class of people with its timetable. `proposed` waits for the department head, whose reason a timetable below
 * the share of 三.4 needs; `open` from then on; `closed` (结班) with everything complete; `cancelled` without.
 */
export const courseSchema = z.object({
  /** 班号. */
  id: z.number().int().positive(),
  title: lineSchema(100),
  kind: z.enum(kinds),
  form: z.enum(forms),
  level: z.enum(levels),
  organiser: lineSchema(60).nullable(),
  place: lineSchema(60).nullable(),
  /** 班主任, who decides on short leave. */
  tutor: staffNoSchema,
  sessions: z.array(sessionSchema).max(mostSessions),
  /** First and last day of the timetable. */
  from: daySchema,
  to: daySchema,
  /** 签退 is asked for as well. */
  signsOut: z.boolean(),
  /** Hours are credited after each 课次, otherwise all at the end. */
  creditsEach: z.boolean(),
  /** 学习体会, if one is asked for: characters, and days after the last 课次. */
  reflection: z.object({ minLength: z.number().int().positive(), dueDays: z.number().int().positive() }).nullable(),
  /** 闭卷考试, if there is one: points of 100. */
  exam: z.object({ passMark: z.number().int().min(1).max(100) }).nullable(),
  /** The class of which this is the next run: who attends here makes up what was missed there. */
  repeats: z.number().int().positive().nullable(),
  /** Why the timetable may stay below the share of 三.4; the department head's word. */
  exception: z.object({ reason: lineSchema(300), by: staffNoSchema, at: instantSchema }).nullable(),
  /** Why whoever opened it asks for that; absent where they gave no reason. */
  plea: z.string().max(300).optional(),
  state: z.enum(['proposed', 'open', 'closed', 'cancelled']),
  /** Why it was cancelled. */
  reason: z.string().max(300).nullable(),
  createdBy: staffNoSchema,
  createdAt: instantSchema,
  endedBy: staffNoSchema.nullable(),
  endedAt: instantSchema.nullable(),
  /** Grows with every change, so that an old card does no harm. */
  version: z.number().int().positive(),
});
export type Course = z.output<typeof courseSchema>;

export const courses = defineCollection({
  name: 'courses',
  schema: courseSchema,
  key: ['id'],
  indexes: { byState: ['state', 'from'], byTutor: ['tutor', 'from'], byEnd: ['to'], byRepeats: ['repeats'] },
  numbered: { field: 'id', sequence: 'courses' },
});

/** 参训: one person in one class. */
export const enrolmentSchema = z.object({
  courseId: z.number().int().positive(),
  staffNo: staffNoSchema,
  /** What began earlier is not expected of them; null: the whole class is. */
  since: instantSchema.nullable(),
  /** What begins at or after it is not expected of them any more; null: they are in it. */
  until: instantSchema.nullable(),
  /** The only 课次 that are expected: somebody makes up what they missed in an earlier run; null: all. */
  only: z.array(z.number().int().positive()).max(mostSessions).nullable(),
  /** 课次 that went by while they were out of the class, and are not expected of them. */
  skips: z.array(z.number().int().positive()).max(mostSessions).optional(),
  by: staffNoSchema,
  at: instantSchema,
  /** The hour entries that this class has made for them. */
  credits: z.array(
    z.object({
      content: z.enum(contents),
      year: z.number().int(),
      no: z.number().int().nullable(),
      entryId: z.number().int(),
    }),
  ),
  /**
   * What the department decided about missing too much. `on`: what was known then, hundredths missed on leave or the 课次
   * of absences; without it, all there is.
   */
  decisions: z.array(
    z.object({
      about: z.enum(['leave', 'absence']),
      words: z.string().max(300),
      by: staffNoSchema,
      at: instantSchema,
      on: z.object({ missed: z.number().int().min(0), nos: z.array(z.number().int()) }).optional(),
    }),
  ),
});
export type Enrolment = z.output<typeof enrolmentSchema>;

export const enrolments = defineCollection({
  name: 'enrolments',
  schema: enrolmentSchema,
  key: ['courseId', 'staffNo'],
  indexes: { byPerson: ['staffNo', 'courseId'] },
});

/** What says which 课次 are expected of somebody. */
export type Attending = Pick<Enrolment, 'since' | 'until' | 'only' | 'skips'>;

/** When a 课次 begins and ends. */
export const startOf = ({ day, start }: Pick<Session, 'day' | 'start'>): Instant => instantAt(day, start);
export const endOf = ({ day, end }: Pick<Session, 'day' | 'end'>): Instant => instantAt(day, end);

/** In the order in which they take place. */
export const inOrder = (sessions: readonly Session[]): Session[] =>
  [...sessions].sort((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : a.no - b.no));

/** Those that take place, in order. */
export const heldSessions = ({ sessions }: Pick<Course, 'sessions'>): Session[] =>
  inOrder(sessions.filter(({ cancelled }) => !cancelled));

/** Whether a person is expected at a 课次. */
export function isExpected(session: Session, { since, until, only, skips }: Attending): boolean {
  if (session.cancelled || (only !== null && !only.includes(session.no)) || skips?.includes(session.no)) return false;
  const start = startOf(session);
  return (since === null || start >= since) && (until === null || start < until);
}

/** The 课次 that are expected of a person, in order. */
export const expectedOf = (course: Pick<Course, 'sessions'>, enrolment: Attending): Session[] =>
  heldSessions(course).filter((session) => isExpected(session, enrolment));

/** Whether somebody is in a class for some of its 课次 alone, to make up what they missed in an earlier run. */
export const attendsPart = (course: Pick<Course, 'sessions'>, { only }: Pick<Enrolment, 'only'>): boolean =>
  only !== null && heldSessions(course).some(({ no }) => !only.includes(no));

/** Hundredths of an hour of some 课次. */
export const hoursOf = (sessions: readonly Pick<Session, 'hours'>[]): number =>
  sessions.reduce((sum, { hours }) => sum + hours, 0);

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** 上午, 下午 and 晚间, in minutes of the day. */
const partsOfDay = [
  { from: 0, to: 12 * 60 },
  { from: 12 * 60, to: 18 * 60 },
  { from: 18 * 60, to: 24 * 60 },
] as const;

/** A sitting that reaches less than this far into a part of the day, in minutes, does not take it up. */
const trifle = 30;

/** 半天: how many parts of days some 课次 take up; the evening counts as one. */
export function halfDaysOf(sessions: readonly Pick<Session, 'day' | 'start' | 'end'>[]): number {
  const taken = new Set<string>();
  for (const { day, start, end } of sessions) {
    const lengths = partsOfDay.map(({ from, to }) => Math.min(minutesOf(end), to) - Math.max(minutesOf(start), from));
    const longest = Math.max(...lengths);
    for (const [i, length] of lengths.entries()) if (length > trifle || length === longest) taken.add(`${day} ${i}`);
  }
  return taken.size;
}

/** 三.4: hours of 理论教育 and 党性教育 in a timetable or a plan, in percent of all; null without hours. */
export const theoryShareOf = (sessions: readonly Pick<Session, 'hours' | 'content'>[]): number | null =>
  percentOf(
    hoursOf(sessions.filter(({ content }) => content === 'theory' || content === 'party-spirit')),
    hoursOf(sessions),
  );

/** Whether a timetable needs the department head's reason (三.4). */
export function isBelowShare(
  sessions: readonly Pick<Session, 'hours' | 'content'>[],
  policy: Pick<Policy, 'theoryShare'>,
): boolean {
  const share = theoryShareOf(sessions);
  return share !== null && share < policy.theoryShare;
}

/** What cannot be in a timetable; hours are hundredths. */
export type TimetableFault =
  | { readonly type: 'empty' }
  | { readonly type: 'too-many' }
  | { readonly type: 'ends-before-start'; readonly session: Session }
  | { readonly type: 'overlap'; readonly session: Session; readonly other: Session }
  | { readonly type: 'day-too-full'; readonly day: Day; readonly hours: number; readonly cap: number };

/** 一天可认定的学时, by whether any of its 课次 goes on into the evening. */
export const dailyCapOf = (
  sessions: readonly Pick<Session, 'end'>[],
  policy: Pick<Policy, 'dailyCap' | 'dailyCapEvening'>,
): number => (sessions.some(({ end }) => end > '18:30') ? policy.dailyCapEvening : policy.dailyCap);

/** What is wrong in the 课次 of one class, in their order. */
export function timetableFaults(
  sessions: readonly Session[],
  policy: Pick<Policy, 'dailyCap' | 'dailyCapEvening'>,
): TimetableFault[] {
  const held = inOrder(sessions.filter(({ cancelled }) => !cancelled));
  if (held.length === 0) return [{ type: 'empty' }];
  if (sessions.length > mostSessions) return [{ type: 'too-many' }];
  const faults: TimetableFault[] = held
    .filter(({ start, end }) => end <= start)
    .map((session) => ({ type: 'ends-before-start', session }));
  for (const [i, session] of held.entries()) {
    const other = held.slice(i + 1).find((next) => startOf(next) < endOf(session));
    if (other !== undefined) faults.push({ type: 'overlap', session, other });
  }
  for (const day of new Set(held.map((session) => session.day))) {
    const ofDay = held.filter((session) => session.day === day);
    const cap = dailyCapOf(ofDay, policy);
    if (hoursOf(ofDay) > cap) faults.push({ type: 'day-too-full', day, hours: hoursOf(ofDay), cap });
  }
  return faults;
}

/** The 课次 of another class that take place while one of these does. */
export const clashesOf = (sessions: readonly Session[], others: readonly Session[]): Session[] =>
  others.filter((other) => sessions.some((one) => startOf(one) < endOf(other) && startOf(other) < endOf(one)));
