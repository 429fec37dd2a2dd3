import { bulletinTime, releaseBulletin } from '../bot/bulletin.ts';
import { receivingGroups } from '../bot/bulletin-groups.ts';
import { peopleWith } from '../bot/people.ts';
import { bulletins } from '../domain/bulletin.ts';
import { addMonths, monthOf } from '../domain/day.ts';
import { awakeFrom } from '../domain/digest.ts';
import { text } from '../messenger/reply.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { firstWorkday } from './schedule.ts';

/** 月度通报: on the first working day the month before is reported to every group that is to receive it; the department hears of it. */
export const monthlyBulletin: ShortJob = {
  name: 'monthly-bulletin',
  type: 'short',
  schedule: { time: bulletinTime, on: firstWorkday, words: texts.firstWorkday(bulletinTime), catchUp: 2 },
  run: async ({ tx, now, asOf, policy, policies, post, tell }) => {
    const month = addMonths(monthOf(asOf), -1);
    const earlier = await tx.get(bulletins, month);
    if (earlier?.state === 'released') return texts.bulletin.released(month);
    const groups = await receivingGroups(tx);
    // A bulletin that is made up for at night reaches the group in the morning.
    const notBefore = awakeFrom(now, policy);
    await releaseBulletin(tx, {
      month,
      asOf,
      policies,
      by: null,
      groups,
      post: (chat, reply, key) => post(chat, reply, { key, purpose: 'bulletin', notBefore }),
    });
    const done = texts.bulletin.done(month, groups.length);
    for (const { staffNo } of await peopleWith(tx, 'clerk', 'department-head')) {
      const key = `bulletin:${month}:${groups.length === 0 ? 'kept' : 'released'}:${staffNo}`;
      await tell(staffNo, text(done), { key, purpose: 'notice', notBefore });
    }
    return done;
  },
};
