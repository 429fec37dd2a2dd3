import { readOwing } from '../bot/course/owing.ts';
import { addDays } from '../domain/day.ts';
import { planMakeUpNotices } from '../domain/make-up-chase.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { SteppedJob } from './job.ts';
import { keepInSteps, listActive } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/** 严格执行补训 (三.6): plans who is to hear of a make-up that is due soon, today, or has been due. */
export const makeUpDeadlines: SteppedJob = {
  name: 'make-up-deadlines',
  type: 'stepped',
  schedule: { time: '07:19', on: everyWorkday, words: texts.everyWorkday('07:19'), catchUp: 1 },
  divide: async ({ tx, asOf, policy }) => {
    const owed = await readOwing(tx, addDays(asOf, policy.makeUp.remindDaysBefore));
    return keepInSteps(planMakeUpNotices(owed, asOf, policy, owed.length === 0 ? [] : await listActive(tx)));
  },
  say: ({ kept = 0 }) => texts.planned(kept),
};
