import { peopleWith } from '../bot/people.ts';
import { hourEntries } from '../domain/hours.ts';
import { planApprovalNotices } from '../domain/notice.ts';
import { listAll } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { keepNew } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/** Plans a word to the clerks about entries that have waited too long for their decision. */
export const pendingApprovals: ShortJob = {
  name: 'pending-approvals',
  type: 'short',
  schedule: { time: '08:11', on: everyWorkday, words: texts.everyWorkday('08:11'), catchUp: 1 },
  run: async ({ tx, asOf, policy, policies }) => {
    const waiting = await listAll(tx, hourEntries, { index: 'byState', equals: ['submitted'] });
    const clerks = await peopleWith(tx, 'clerk');
    return texts.planned(await keepNew(tx, planApprovalNotices(waiting, clerks, asOf, policy, policies.calendar)));
  },
};
