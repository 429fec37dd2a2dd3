import { readStandings } from '../bot/everybody.ts';
import { hasFiveYearQuota } from '../domain/cadre.ts';
import { planQuotaNotices } from '../domain/chase.ts';
import type { Day } from '../domain/day.ts';
import type { Policy } from '../domain/policy.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { SteppedJob } from './job.ts';
import { keepInSteps } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/** 提醒学习进度 (三.5, 三.6): once a month plans a word to those who lag behind the pace of their quota. */
export const quotaPace: SteppedJob = {
  name: 'quota-pace',
  type: 'stepped',
  schedule: { time: '07:23', on: everyWorkday, words: texts.everyWorkday('07:23'), catchUp: 1 },
  divide: async ({ tx, asOf, policy }) => {
    // The progress of everybody is worth computing only on the days on which it is looked at.
    if (!isPaceDay(asOf, policy)) return [];
    const people = await readStandings(tx, policy, asOf, hasFiveYearQuota);
    return keepInSteps(planQuotaNotices(people, asOf, policy));
  },
  say: ({ kept = 0 }, { asOf, policy }) =>
    isPaceDay(asOf, policy) ? texts.planned(kept) : texts.notYetThisMonth(policy.chasing.paceDay),
};

const isPaceDay = (asOf: Day, { chasing }: Policy): boolean => Number(asOf.slice(8)) >= chasing.paceDay;
