import { cadres } from '../../domain/cadre.ts';
import {
  type Course,
  type Enrolment,
  endOf,
  enrolments,
  expectedOf,
  heldSessions,
  hoursOf,
  inOrder,
  isExpected,
  type Session,
  startOf,
} from '../../domain/course.ts';
import type { Policy } from '../../domain/policy.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  card,
  fields,
  link,
  note,
  type Reply,
  text,
  words,
} from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { courseName } from '../../texts/course.ts';
import { coursesTexts as texts } from '../../texts/courses.ts';
import { attendanceNames, formNames, kindNames, levelNames, showCourseState } from '../../texts/glossary.ts';
import { openTexts } from '../../texts/open-course.ts';
import { timetableTexts } from '../../texts/timetable.ts';
import type { Context } from '../context.ts';
import { missingNext } from './all.ts';
import { announceButtons } from './announce.ts';
import { runsCourses, sayOwnAttendance, stateAt } from './own.ts';
import { type Participant, readParticipant } from './read.ts';
import { asksOf } from './tell.ts';
import { hoursByContent, sayHours, sessionsShown, timetableBlocks } from './timetable.ts';
import { mayTake } from './tutor.ts';

/** 培训 1001: the class with its timetable for those who run it; for those who are in it what is theirs of it. */
export async function showCourse(context: Context, course: Course, page = 1): Promise<Reply> {
  const { tx, me, now, today, policies } = context;
  const own = await readParticipant(tx, course.id, me.staffNo);
  const isRunner = runsCourses(me);
  const isTaker = mayTake(me, course);
  const mayLook = isTaker || (own !== null && course.state !== 'proposed');
  if (!mayLook) return text(texts.notIn(course));
  const policy = policies.at(course.to);
  const part = own === null || isTaker ? null : own.enrolment;
  const sessions = inOrder(course.sessions).filter((session) => part === null || isTheirs(session, part));
  const pages = Math.max(1, Math.ceil(sessions.length / sessionsShown));
  const on = Math.min(page, pages);
  // What somebody can still ask leave of.
  const next = own === null ? undefined : expectedOf(course, own.enrolment).find((session) => startOf(session) > now);
  const summary = texts.detailSummary(course, showCourseState(course, today), today);
  return card(
    texts.detailTitle,
    course.state === 'cancelled' || course.state === 'proposed' ? 'warn' : 'info',
    summary,
    words(summary),
    fields(...(await factsOf(context, course, { isRunner, isTaker, enrolment: part }))),
    ...timetableBlocks(sessions.slice((on - 1) * sessionsShown, on * sessionsShown), course, today),
    words(sayWorth(course, part, policy)),
    ...(own === null ? [] : ownBlocks(course, own, sayOwnAttendance(course, own, policy, now))),
    pages > 1
      ? buttons(
          ...(on > 1 ? [button(texts.buttons.earlier, '培训', { course: course.id, page: on - 1 })] : []),
          ...(on < pages ? [button(texts.buttons.later, '培训', { course: course.id, page: on + 1 })] : []),
        )
      : null,
    withButtons([
      ...(own === null ? [] : ownButtons(course, own, now)),
      ...(isTaker ? takerButtons(course, today) : []),
      ...(isRunner ? await runnerButtons(context, course) : []),
    ]),
    pages > 1
      ? note(texts.page(on, pages))
      : next !== undefined && course.state === 'open'
        ? note(texts.hint(course, next))
        : null,
  );
}

/** Whether a 课次 is expected of somebody, or was before it was cancelled. */
const isTheirs = (session: Session, enrolment: Enrolment): boolean =>
  isExpected({ ...session, cancelled: false }, enrolment);

/** What the class gives whoever attends all of it, or somebody who is in it later, earlier or as a guest. */
function sayWorth(course: Course, enrolment: Enrolment | null, policy: Policy): string {
  const held = heldSessions(course);
  const mine = enrolment === null ? held : expectedOf(course, enrolment);
  return mine.length === held.length
    ? sayHours(held, policy)
    : timetableTexts.ownHours(mine.length, hoursOf(mine), hoursByContent(mine));
}

const withButtons = (list: readonly Button[]): Block | null => (list.length === 0 ? null : buttons(...list));

async function factsOf(
  { tx, now }: Context,
  course: Course,
  {
    isRunner,
    isTaker,
    enrolment,
  }: { readonly isRunner: boolean; readonly isTaker: boolean; readonly enrolment: Enrolment | null },
): Promise<(readonly [string, string])[]> {
  const { fields: labels } = texts;
  const tutor = await tx.get(cadres, course.tutor);
  const people = await listAll(tx, enrolments, { equals: [course.id] });
  return [
    [labels.kind, kindNames[course.kind]],
    [labels.form, formNames[course.form]],
    [labels.level, levelNames[course.level]],
    ...(course.organiser === null ? [] : [[labels.organiser, course.organiser] as const]),
    ...(course.place === null ? [] : [[labels.place, course.place] as const]),
    [labels.tutor, tutor?.name ?? course.tutor],
    [labels.asks, asksOf(course, enrolment).join('；')],
    [labels.credits, openTexts.credits[course.creditsEach ? 'each' : 'end']],
    ...(isTaker
      ? ([
          [labels.people, String(people.filter(({ until }) => until === null || until > now).length)],
          [texts.columns[5], missingNext(course, now)],
        ] as const)
      : []),
    ...(course.repeats === null
      ? []
      : [[labels.repeats, courseName({ id: course.repeats, title: course.title })] as const]),
    ...(course.plea === undefined || !isRunner ? [] : [[labels.plea, course.plea] as const]),
    ...(course.exception === null || !isRunner ? [] : [[labels.exception, course.exception.reason] as const]),
    ...(course.state === 'cancelled' && course.reason !== null ? [[labels.cancelled, course.reason] as const] : []),
  ];
}

/** One's own attendance: in all, and of each 课次 of which something is known. */
function ownBlocks(course: Course, { enrolment, attended }: Participant, said: string): Block[] {
  if (course.state === 'cancelled') return [];
  const known = expectedOf(course, enrolment).flatMap(({ no }) => {
    const state = stateAt(attended, no);
    return state === null ? [] : [`第 ${no} 课次 ${attendanceNames[state]}`];
  });
  return [
    words(
      [...(enrolment.until === null ? [] : [texts.left]), said, ...(known.length === 0 ? [] : [known.join('，')])].join(
        '\n',
      ),
    ),
  ];
}

function ownButtons(course: Course, { enrolment }: Participant, now: string): Button[] {
  const expected = expectedOf(course, enrolment);
  if (course.state !== 'open' || expected.every((session) => endOf(session) <= now)) return [];
  return [
    { ...link(texts.buttons.signIn, '签到', { course: course.id }), style: 'primary' },
    ...(expected.some((session) => startOf(session) > now)
      ? [link(texts.buttons.leave, '请假', { course: course.id })]
      : []),
  ];
}

/** What 班主任 needs as well as the department. */
function takerButtons(course: Course, today: string): Button[] {
  const { buttons: labels } = texts;
  const isOpen = course.state === 'open';
  return [
    link(labels.roster, '名单', { course: course.id }),
    ...(isOpen && course.sessions.some(({ day, cancelled }) => day === today && !cancelled)
      ? [link(labels.code, '签到码', { id: course.id })]
      : []),
    ...(isOpen || course.state === 'closed' ? [link(labels.roll, '考勤', { id: course.id })] : []),
  ];
}

async function runnerButtons({ tx, me }: Context, course: Course): Promise<Button[]> {
  const { buttons: labels } = texts;
  const about = { course: course.id };
  const isOpen = course.state === 'open';
  return [
    ...(course.state === 'proposed' && me.roles.includes('department-head')
      ? [{ ...link(labels.decide, '建班', { decide: course.id }), style: 'primary' as const }]
      : []),
    ...(isOpen || course.state === 'closed'
      ? [...(course.exam === null ? [] : [link(labels.scores, '成绩', about)]), link(labels.close, '结班', about)]
      : []),
    ...(isOpen
      ? [
          link(labels.change, '培训', { ...about, change: 'choose' }),
          link(labels.add, '培训', { ...about, change: 'add' }),
          ...(await announceButtons(tx, course)),
        ]
      : []),
    ...(isOpen || course.state === 'proposed'
      ? [
          {
            ...link(labels.cancelCourse, '培训', { ...about, change: 'cancel-course' }),
            style: 'danger' as const,
          },
        ]
      : []),
    link(labels.nextRun, '建班', { repeats: String(course.id) }),
  ];
}
