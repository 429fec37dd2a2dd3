import { type Attendance, wasThere } from '../../domain/attendance.ts';
import type { Cadre } from '../../domain/cadre.ts';
import {
  type Course,
  courses,
  type Enrolment,
  endOf,
  enrolments,
  expectedOf,
  heldSessions,
  hoursOf,
  type Session,
  startOf,
} from '../../domain/course.ts';
import { creditOf } from '../../domain/course-credit.ts';
import { type Instant, weekdayOf } from '../../domain/day.ts';
import { type Block, button, buttons, card, link, type Reply, text, words } from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { coursesTexts as texts } from '../../texts/courses.ts';
import { timetableTexts } from '../../texts/timetable.ts';
import type { Context } from '../context.ts';
import type { Participant } from './read.ts';

/** One's own classes, those that one left included. */
export async function readOwn(view: Reader, staffNo: string): Promise<{ course: Course; enrolment: Enrolment }[]> {
  const mine = await listAll(view, enrolments, { index: 'byPerson', equals: [staffNo] });
  const found = await Promise.all(mine.map(({ courseId }) => view.get(courses, courseId)));
  return mine.flatMap((enrolment, i) => {
    const course = found[i];
    return course === undefined ? [] : [{ course, enrolment }];
  });
}

const pastShown = 5;

/**
 * 培训: one's own classes, what is on first, then what is to come, then the last ones, and `tutored`, of which one is
 * 班主任.
 */
export async function showOwn(
  { tx, me, today, now }: Context,
  runs: boolean,
  tutored: readonly Course[] = [],
): Promise<Reply> {
  const mine = (await readOwn(tx, me.staffNo)).filter(({ course }) => course.state !== 'proposed');
  const all = runs ? buttons(button(texts.buttons.all, '培训', { view: 'all' })) : null;
  if (mine.length + tutored.length === 0)
    return all === null
      ? text(texts.ownEmpty)
      : card(texts.ownTitle, 'plain', texts.ownEmpty, words(texts.ownEmpty), all);
  const isPast = ({ course, enrolment }: (typeof mine)[number]): boolean =>
    course.state !== 'open' || course.to < today || (enrolment.until !== null && enrolment.until <= now);
  const past = mine.filter(isPast).sort((a, b) => (a.course.to > b.course.to ? -1 : 1));
  const open = mine.filter((one) => !isPast(one)).sort((a, b) => (a.course.from < b.course.from ? -1 : 1));
  const on = open.filter(({ course }) => course.from <= today);
  const coming = open.filter(({ course }) => course.from > today);
  const lineOf = ({ course, enrolment }: (typeof mine)[number]): string => {
    const next = expectedOf(course, enrolment).find((session) => startOf(session) > now);
    const line = texts.line(course, course.place, today);
    return next === undefined || isPast({ course, enrolment })
      ? line
      : `${line}，${texts.next(timetableTexts.when(next, weekdayOf(next.day), today))}`;
  };
  const part = (title: string, list: typeof mine): Block[] =>
    list.length === 0 ? [] : [words([title, ...list.map(lineOf)].join('\n'))];
  const off = past.filter(({ course }) => course.state === 'cancelled');
  const over = past.filter((one) => !off.includes(one));
  const summary = texts.ownSummary(on.length, coming.length, over.length, off.length);
  const shown = [
    ...new Map(
      [...tutored, ...[...on, ...coming, ...past].map((one) => one.course)].map((one) => [one.id, one]),
    ).values(),
  ].slice(0, detailButtons);
  return card(
    texts.ownTitle,
    'info',
    summary,
    words(summary),
    ...part(texts.now, on),
    ...part(texts.coming, coming),
    ...part(texts.past, over.slice(0, pastShown)),
    ...part(texts.off, off.slice(0, pastShown)),
    ...[over, off].filter((list) => list.length > pastShown).map((list) => words(texts.more(list.length - pastShown))),
    tutored.length === 0
      ? null
      : words([texts.tutored, ...tutored.map((course) => texts.line(course, course.place, today))].join('\n')),
    buttons(
      ...shown.map((course) => link(texts.buttons.detail(course.id), '培训', { course: course.id })),
      ...(on.length === 0 ? [] : [link(texts.buttons.signIn, '签到', onlyOne(on))]),
      ...(runs ? [button(texts.buttons.all, '培训', { view: 'all' })] : []),
    ),
  );
}

const detailButtons = 5;

const onlyOne = (list: readonly { readonly course: Course }[]): { course?: number } =>
  list.length === 1 && list[0] !== undefined ? { course: list[0].course.id } : {};

/**
 * What a person's own attendance was so far, as a line; the hours are those that it gives. Nobody has missed what is still
 * to come: they are on leave from it.
 */
export function sayOwnAttendance(
  course: Course,
  { enrolment, attended, makeUps }: Participant,
  policy: Parameters<typeof creditOf>[4],
  now: Instant,
): string {
  const known = expectedOf(course, enrolment).flatMap((session) => {
    const one = attended.find(({ no }) => no === session.no);
    return one === undefined ? [] : [{ one, isOver: session.settled !== null || endOf(session) <= now }];
  });
  if (known.length === 0) return texts.ownNone;
  const there = known.filter(({ one }) => wasThere(one)).length;
  const missed = known.filter(({ one, isOver }) => isOver && !wasThere(one)).length;
  const onLeave = known.length - there - missed;
  const credits = creditOf(course, enrolment, attended, makeUps, policy);
  return there + missed === 0 ? texts.ownComing(onLeave) : texts.own(there, missed, onLeave, hoursOf(credits));
}

/** Who runs classes. */
export const runsCourses = ({ roles }: Pick<Cadre, 'roles'>): boolean =>
  roles.includes('clerk') || roles.includes('department-head');

/** What is known of each of one's 课次. */
export const stateAt = (attended: readonly Attendance[], no: number): Attendance['state'] | null =>
  attended.find((one) => one.no === no)?.state ?? null;

/** 课次 whose attendance waits to be settled. */
export const unsettledOf = (course: Course, now: string): Session[] =>
  heldSessions(course).filter((session) => session.settled === null && startOf(session) <= now);
