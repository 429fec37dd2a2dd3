import { cadres } from '../../domain/cadre.ts';
import {
  attendsPart,
  type Course,
  type Enrolment,
  endOf,
  enrolments,
  expectedOf,
  heldSessions,
  hoursOf,
  type Session,
  startOf,
} from '../../domain/course.ts';
import { type Block, buttons, card, link, note, type Reply, words } from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { coursesTexts, classNoticeTexts as texts } from '../../texts/courses.ts';
import type { Context } from '../context.ts';
import { timetableBlocks } from './timetable.ts';

/** What people are told of their class at once. */
export type ClassNews =
  | { readonly type: 'opened' }
  | { readonly type: 'changed'; readonly what: string; readonly reason: string | null; readonly isTimetable: boolean }
  | { readonly type: 'cancelled'; readonly reason: string };

/**
 * Tells everybody who is still in a class; what concerns one's own class comes at once and once. `lines`: what follows for
 * somebody's hours. @returns how many
 */
export async function tellEnrolled(
  context: Context,
  course: Course,
  news: ClassNews,
  only: ReadonlySet<string> | null = null,
  lines: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<number> {
  const { tx, now } = context;
  const members = (await listAll(tx, enrolments, { equals: [course.id] })).filter(
    ({ staffNo, until }) => (until === null || until > now) && (only === null || only.has(staffNo)),
  );
  for (const member of members) await tellOne(context, course, member, news, lines.get(member.staffNo));
  return members.length;
}

/** Likewise for one person, who may have joined later. */
export const tellOne = (
  context: Pick<Context, 'tell' | 'today' | 'now'>,
  course: Course,
  member: Enrolment,
  news: ClassNews,
  lines: readonly string[] = [],
): Promise<boolean> =>
  context.tell(member.staffNo, sayNews(course, member, news, context, lines), {
    key: `course:${course.id}:v${course.version}:${member.staffNo}`,
    purpose: 'decision',
  });

/**
 * Tells who was 班主任 until now, and who is it; where that is one, what has changed. @param heard who knows already
 * @returns how many heard of it
 */
export async function tellTutors(
  context: Context,
  before: Course,
  after: Course,
  news: Exclude<ClassNews, { type: 'opened' }>,
  heard: ReadonlySet<string>,
): Promise<number> {
  if (before.tutor === after.tutor)
    return Number(!heard.has(after.tutor) && (await tellUnchanged(context, after, news)));
  const told = await tellTutor(context, after);
  if (before.tutor === context.me.staffNo) return Number(told);
  const name = (await context.tx.get(cadres, after.tutor))?.name ?? after.tutor;
  const summary = texts.tutorLeft(after, name);
  const left = await context.tell(before.tutor, card(texts.changedTitle, 'info', summary, words(summary)), {
    key: `course:${after.id}:v${after.version}:tutor:${before.tutor}`,
    purpose: 'decision',
  });
  return Number(told) + Number(left);
}

/** Whoever shows the code and takes the roll need not be in the class to be concerned by when it is. */
async function tellUnchanged(
  context: Context,
  course: Course,
  news: Exclude<ClassNews, { type: 'opened' }>,
): Promise<boolean> {
  const { me, today, now } = context;
  if (course.tutor === me.staffNo) return false;
  const isCancelled = news.type === 'cancelled';
  const summary = isCancelled
    ? texts.cancelledForTutor(course, news.reason)
    : texts.changedForTutor(course, news.what, news.reason);
  const left = isCancelled ? [] : heldSessions(course).filter((session) => endOf(session) > now);
  const blocks = isCancelled || !news.isTimetable ? [] : timetable(course, left, today);
  const notice = card(
    isCancelled ? texts.cancelledTitle : texts.changedTitle,
    'warn',
    summary,
    words(summary),
    ...blocks,
  );
  return context.tell(course.tutor, notice, {
    key: `course:${course.id}:v${course.version}:tutor:${course.tutor}`,
    purpose: 'decision',
  });
}

/** Tells a 班主任 once what is theirs to do; not whoever has made it so. */
export async function tellTutor(context: Context, course: Course): Promise<boolean> {
  if (course.tutor === context.me.staffNo) return false;
  const summary = texts.tutor(course, context.today);
  const notice = card(
    texts.tutorTitle,
    'info',
    summary,
    words(summary),
    words(texts.tutorDoes(course.id)),
    buttons(
      link(coursesTexts.buttons.roster, '名单', { course: course.id }),
      link(texts.seeOf(String(course.id)), '培训', { course: course.id }),
    ),
  );
  return context.tell(course.tutor, notice, {
    key: `course:${course.id}:v${course.version}:tutor:${course.tutor}`,
    purpose: 'decision',
  });
}

function sayNews(
  course: Course,
  member: Enrolment,
  news: ClassNews,
  { today, now }: Pick<Context, 'today' | 'now'>,
  lines: readonly string[],
): Reply {
  const follows = lines.length === 0 ? null : words(lines.join('\n'));
  const mine = expectedOf(course, member).filter((session) => startOf(session) > now);
  switch (news.type) {
    case 'opened': {
      const summary = texts.opened(course, course.place, hoursOf(mine), today);
      return card(
        texts.openedTitle,
        'info',
        summary,
        words(summary),
        words(texts.asked(asksOf(course, member))),
        follows,
        ...timetable(course, mine, today),
        mine[0] === undefined ? null : note(coursesTexts.hint(course, mine[0])),
      );
    }
    case 'changed': {
      const summary = texts.changed(course, news.what, news.reason);
      // What is going on is still to be attended.
      const left = news.isTimetable ? expectedOf(course, member).filter((session) => endOf(session) > now) : [];
      return card(texts.changedTitle, 'warn', summary, words(summary), follows, ...timetable(course, left, today));
    }
    case 'cancelled': {
      const summary = texts.cancelled(course, news.reason);
      return card(texts.cancelledTitle, 'warn', summary, words(summary), follows);
    }
  }
}

const timetable = (course: Course, sessions: readonly Session[], today: string): Block[] => [
  ...(sessions.length === 0 ? [] : timetableBlocks(sessions, course, today)),
  buttons(link(texts.mine, '培训', { course: course.id })),
];

/** What a class asks of everybody in it; of who comes only to make up an earlier run no text and no exam. */
export function asksOf(course: Course, enrolment: Pick<Enrolment, 'only'> | null): string[] {
  const { signsOut, reflection, exam } = course;
  const isGuest = enrolment !== null && attendsPart(course, enrolment);
  return [
    signsOut ? texts.asks.signsOut : texts.asks.signIn,
    ...(reflection === null || isGuest ? [] : [texts.asks.reflection(reflection.minLength, reflection.dueDays)]),
    ...(exam === null || isGuest ? [] : [texts.asks.exam(exam.passMark)]),
  ];
}
