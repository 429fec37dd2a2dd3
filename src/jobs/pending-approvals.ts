import { readOpenObjections, readWaitingLeaves } from '../bot/course/waiting.ts';
import { planLeaveNotices, planObjectionNotices } from '../domain/course-waiting.ts';
import { hourEntries } from '../domain/hours.ts';
import { planApprovalNotices, planReturnedNotices, withoutClerk } from '../domain/waiting.ts';
import { listAll } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { keepNew, listActive } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/**
 * Plans a word to the clerks about entries that wait too long for a decision (to the head of the department about those
 * that no clerk may decide), to their owner about returned ones; about a leave that waits to who decides on it, and about an
 * 异议 past its day to who answers.
 */
export const pendingApprovals: ShortJob = {
  name: 'pending-approvals',
  type: 'short',
  schedule: { time: '08:11', on: everyWorkday, words: texts.everyWorkday('08:11'), catchUp: 1 },
  run: async ({ tx, asOf, policy, policies: { calendar } }) => {
    const waiting = await listAll(tx, hourEntries, { index: 'byState', equals: ['submitted'] });
    const returned = await listAll(tx, hourEntries, { index: 'byState', equals: ['returned'] });
    // Where nothing waits nobody is looked for.
    const objections = await readOpenObjections(tx);
    const active = waiting.length + returned.length + objections.length === 0 ? [] : await listActive(tx);
    const clerks = active.filter(({ roles }) => roles.includes('clerk'));
    const heads = active.filter(({ roles }) => roles.includes('department-head') && !roles.includes('clerk'));
    return texts.planned(
      await keepNew(tx, [
        ...planApprovalNotices(waiting, clerks, asOf, policy, calendar),
        ...planApprovalNotices(withoutClerk(waiting, clerks), heads, asOf, policy, calendar),
        ...planReturnedNotices(returned, active, asOf, policy, calendar),
        ...planLeaveNotices(await readWaitingLeaves(tx), asOf, policy, calendar),
        ...planObjectionNotices(objections, [...clerks, ...heads], asOf),
      ]),
    );
  },
};
