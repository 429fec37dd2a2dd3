import { planReflectionNotices } from '../domain/chase.ts';
import { addDays } from '../domain/day.ts';
import { reflections } from '../domain/reflection.ts';
import { listAll } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { SteppedJob } from './job.ts';
import { keepInSteps, listActive } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/** 督促提交体会 (三.6): plans who is to hear of a reflection that is due soon, today, or has been due. */
export const reflectionDeadlines: SteppedJob = {
  name: 'reflection-deadlines',
  type: 'stepped',
  schedule: { time: '07:13', on: everyWorkday, words: texts.everyWorkday('07:13'), catchUp: 1 },
  divide: async ({ tx, asOf, policy }) => {
    const soon = addDays(asOf, policy.reflection.remindDaysBefore);
    const owed = await listAll(tx, reflections, { index: 'byState', equals: ['owed'], to: soon });
    const returned = await listAll(tx, reflections, { index: 'byState', equals: ['returned'], to: soon });
    const due = [...owed, ...returned];
    // Where nothing is due nobody is looked for.
    return due.length === 0 ? [] : keepInSteps(planReflectionNotices(due, asOf, policy, await listActive(tx)));
  },
  say: ({ kept = 0 }) => texts.planned(kept),
};
