import { announcedIn, groupButtons } from '../bot/course/announce.ts';
import { comingSessions } from '../bot/course/coming.ts';
import { type Course, courses, enrolments, heldSessions, type Session } from '../domain/course.ts';
import { addDays, type Day, daysFrom, instantAt, weekdayOf } from '../domain/day.ts';
import { mayChase } from '../domain/digest.ts';
import { leaves } from '../domain/leave.ts';
import { type Notice, planned } from '../domain/notice.ts';
import type { WorkCalendar } from '../domain/policy.ts';
import { workdayFrom } from '../domain/working-days.ts';
import { card, words } from '../messenger/reply.ts';
import { listAll } from '../store/store.ts';
import { classNoticeTexts as texts } from '../texts/courses.ts';
import { jobTexts } from '../texts/jobs.ts';
import { timetableTexts } from '../texts/timetable.ts';
import type { JobContext, ShortJob } from './job.ts';
import { keepNew } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/**
 * On the working day before a class meets, everybody who is expected there and not on leave from all of it hears so once,
 * in the daily digest; a group in which the class was announced has one message. Nobody is told who does not come.
 */
export const courseEve: ShortJob = {
  name: 'course-eve',
  type: 'short',
  schedule: { time: '07:41', on: everyWorkday, words: jobTexts.everyWorkday('07:41'), catchUp: 1 },
  run: async (context) => {
    const { tx, asOf, policies } = context;
    const days = eveDays(asOf, policies.calendar);
    const open = await listAll(tx, courses, { index: 'byState', equals: ['open'] });
    const meeting = open.flatMap((course) =>
      days.flatMap((day) => {
        const sessions = heldSessions(course).filter((session) => session.day === day);
        return sessions.length === 0 ? [] : [{ course, day, sessions }];
      }),
    );
    const notices: Notice[] = [];
    for (const { course, day, sessions } of meeting) {
      notices.push(...(await planFor(context, course, day)));
      await remindGroups(context, course, sessions);
    }
    return jobTexts.planned(await keepNew(tx, notices));
  },
};

/** The days whose eve it is: up to the next working day, that one included. */
const eveDays = (today: Day, calendar: WorkCalendar): Day[] =>
  daysFrom(addDays(today, 1), workdayFrom(calendar, addDays(today, 1)));

async function planFor({ tx, asOf }: JobContext, course: Course, day: Day): Promise<Notice[]> {
  const members = await listAll(tx, enrolments, { equals: [course.id] });
  const granted = await listAll(tx, leaves, { index: 'byCourse', equals: [course.id] });
  return members
    .filter((member) => {
      const own = granted.filter(({ staffNo }) => staffNo === member.staffNo);
      return comingSessions(course, member, own, day).length > 0;
    })
    .map(({ staffNo }) =>
      planned({
        key: `course:${course.id}:${day}:${staffNo}`,
        staffNo,
        subject: 'course',
        tier: 'before',
        about: String(course.id),
        plannedOn: asOf,
        dueOn: day,
        figures: { title: course.title },
      }),
    );
}

/** One message a day of the class, in the hours in which people may be reminded. */
async function remindGroups(
  { tx, now, asOf, policy, policies, post }: JobContext,
  course: Course,
  sessions: readonly Session[],
): Promise<void> {
  const begin = instantAt(asOf, policy.chasing.from);
  const notBefore = now < begin ? begin : now;
  const [first] = sessions;
  if (first === undefined || !mayChase(notBefore, policies.calendar, policy)) return;
  for (const group of await announcedIn(tx, course.id)) {
    const summary = texts.eveInGroup(
      course,
      timetableTexts.when(first, weekdayOf(first.day), asOf),
      first.place ?? course.place,
    );
    await post(
      group,
      card(texts.eveInGroupTitle, 'info', summary.replaceAll('**', ''), words(summary), groupButtons(course)),
      { key: `course:${course.id}:eve:${first.day}:${group.messenger}:${group.id}`, purpose: 'notice', notBefore },
    );
  }
}
