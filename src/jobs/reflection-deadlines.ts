import { planReflectionNotices } from '../domain/chase.ts';
import { addDays } from '../domain/day.ts';
import { reflections } from '../domain/reflection.ts';
import { listAll } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { keepNew, listActive } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/** 督促提交体会 (三.6): plans who is to hear of a reflection that is due soon, today, or has been due. */
export const reflectionDeadlines: ShortJob = {
  name: 'reflection-deadlines',
  type: 'short',
  schedule: { time: '07:13', on: everyWorkday, words: texts.everyWorkday('07:13'), catchUp: 1 },
  run: async ({ tx, asOf, policy }) => {
    const soon = addDays(asOf, policy.reflection.remindDaysBefore);
    const owed = await listAll(tx, reflections, { index: 'byState', equals: ['owed'], to: soon });
    const returned = await listAll(tx, reflections, { index: 'byState', equals: ['returned'], to: soon });
    const planned = planReflectionNotices([...owed, ...returned], asOf, policy, await listActive(tx));
    return texts.planned(await keepNew(tx, planned));
  },
};
