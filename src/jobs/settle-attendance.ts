import { openCourses } from '../bot/course/find.ts';
import { settleRoll } from '../bot/course/take-roll.ts';
import { untakenSessions } from '../bot/course/untaken.ts';
import { readWaitingLeaves } from '../bot/course/waiting.ts';
import { deskOf } from '../bot/people.ts';
import type { Course, Session } from '../domain/course.ts';
import { planOverdueLeaves } from '../domain/course-waiting.ts';
import { awakeFrom } from '../domain/digest.ts';
import { planned } from '../domain/notice.ts';
import { dueSessions } from '../domain/roll.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { Counts, JobContext, Step, SteppedJob } from './job.ts';
import { keepNew } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/**
 * 考勤确认 (三.6): the attendance of 课次 that are over for the working days of the rule settles itself where somebody has
 * signed in or been called up; of those where nobody has, the clerks hear with the digest. While a leave from it waits for a
 * word the 课次 waits, too, and whoever decides hears of it once.
 */
export const settleAttendance: SteppedJob = {
  name: 'settle-attendance',
  type: 'stepped',
  schedule: { time: '08:05', on: everyWorkday, words: texts.everyWorkday('08:05'), catchUp: 1 },
  divide: async ({ tx, asOf, policy, policies: { calendar } }) => {
    const steps: Step[] = [];
    for (const course of await openCourses(tx)) {
      const due = dueSessions(course, asOf, policy, calendar);
      if (due.length === 0) continue;
      const untaken = (await untakenSessions(tx, course)).map(({ no }) => no);
      for (const session of due) {
        steps.push(
          untaken.includes(session.no)
            ? (context) => planMissing(context, course, session)
            : (context) => settleOrAsk(context, course.id, session.no),
        );
      }
    }
    return steps;
  },
  say: ({ settled = 0, missing = 0, waiting = 0 }) => texts.settled(settled, missing, waiting),
};

async function settleOrAsk(context: JobContext, courseId: number, no: number): Promise<Counts> {
  const { tx, asOf } = context;
  if ((await settleRoll(telling(context), courseId, no, 'system')) !== null) return { settled: 1 };
  const awaited = (await readWaitingLeaves(tx)).filter(
    ({ leave }) => leave.courseId === courseId && leave.sessions.includes(no),
  );
  return { waiting: await keepNew(tx, planOverdueLeaves(awaited, asOf)) };
}

/** Whatever the job brings to somebody's ears comes in the hours in which the bot speaks unasked. */
const telling = (context: JobContext): JobContext => ({
  ...context,
  tell: (staffNo, reply, about) =>
    context.tell(staffNo, reply, { notBefore: awakeFrom(context.now, context.policy), ...about }),
});

async function planMissing({ tx, asOf }: JobContext, { id, title }: Course, { no, day }: Session) {
  const notices = (await deskOf(tx)).map(({ staffNo }) =>
    planned({
      key: `roll:${id}:${no}:${staffNo}`,
      staffNo,
      subject: 'roll',
      tier: 'department',
      about: `${id}:${no}`,
      plannedOn: asOf,
      figures: { id, title, no, day },
    }),
  );
  return { missing: await keepNew(tx, notices) };
}
