import { openCourses } from '../bot/course/find.ts';
import { settleRoll } from '../bot/course/take-roll.ts';
import { untakenSessions } from '../bot/course/untaken.ts';
import { peopleWith } from '../bot/people.ts';
import type { Course, Session } from '../domain/course.ts';
import { awakeFrom } from '../domain/digest.ts';
import { planned } from '../domain/notice.ts';
import { dueSessions } from '../domain/roll.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { JobContext, Step, SteppedJob } from './job.ts';
import { keepNew } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/**
 * 考勤确认 (三.6): the attendance of 课次 that are over for the working days of the rule settles itself where somebody has
 * signed in or been called up; of those where nobody has, the clerks hear with the digest.
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
            : async (context) => ({
                settled: (await settleRoll(telling(context), course.id, session.no, 'system')) === null ? 0 : 1,
              }),
        );
      }
    }
    return steps;
  },
  say: ({ settled = 0, missing = 0 }) => texts.settled(settled, missing),
};

/** Whatever the job brings to somebody's ears comes in the hours in which the bot speaks unasked. */
const telling = (context: JobContext): JobContext => ({
  ...context,
  tell: (staffNo, reply, about) =>
    context.tell(staffNo, reply, { notBefore: awakeFrom(context.now, context.policy), ...about }),
});

async function planMissing({ tx, asOf }: JobContext, { id, title }: Course, { no, day }: Session) {
  const clerks = await peopleWith(tx, 'clerk');
  const hearers = clerks.length > 0 ? clerks : await peopleWith(tx, 'department-head');
  const notices = hearers.map(({ staffNo }) =>
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
