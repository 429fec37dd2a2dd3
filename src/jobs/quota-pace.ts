import { readStandings } from '../bot/everybody.ts';
import { hasFiveYearQuota } from '../domain/cadre.ts';
import { planQuotaNotices } from '../domain/chase.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { keepNew, listActive } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/** 提醒学习进度 (三.5, 三.6): once a month plans a word to those who lag behind the pace of their quota. */
export const quotaPace: ShortJob = {
  name: 'quota-pace',
  type: 'short',
  schedule: { time: '07:23', on: everyWorkday, words: texts.everyWorkday('07:23'), catchUp: 1 },
  run: async ({ tx, asOf, policy }) => {
    // The progress of everybody is worth computing only on the days on which it is looked at.
    if (Number(asOf.slice(8)) < policy.chasing.paceDay) return texts.notYetThisMonth(policy.chasing.paceDay);
    const people = await readStandings(tx, (await listActive(tx)).filter(hasFiveYearQuota), policy, asOf);
    return texts.planned(await keepNew(tx, planQuotaNotices(people, asOf, policy)));
  },
};
