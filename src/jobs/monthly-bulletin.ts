import { releaseBulletin } from '../bot/bulletin.ts';
import { chats } from '../bot/chats.ts';
import { bulletins } from '../domain/bulletin.ts';
import { addDays, addMonths, dayOf, type Instant, instantAt, monthOf, timeOf } from '../domain/day.ts';
import type { Policy } from '../domain/policy.ts';
import { listAll } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { firstWorkday } from './schedule.ts';

/** 月度通报: on the first working day the month before is reported to every group that is to receive it. */
export const monthlyBulletin: ShortJob = {
  name: 'monthly-bulletin',
  type: 'short',
  schedule: { time: '09:41', on: firstWorkday, words: texts.firstWorkday('09:41'), catchUp: 2 },
  run: async ({ tx, now, asOf, policy, policies, post }) => {
    const month = addMonths(monthOf(asOf), -1);
    const earlier = await tx.get(bulletins, month);
    if (earlier?.state === 'released') return texts.bulletin.released(month);
    const groups = await listAll(tx, chats, { index: 'byBulletin', equals: [true] });
    const notBefore = awakeFrom(now, policy);
    await releaseBulletin(tx, {
      month,
      asOf,
      policies,
      by: null,
      groups,
      post: (chat, reply, key) => post(chat, reply, { key, purpose: 'bulletin', notBefore }),
    });
    return texts.bulletin.done(month, groups.length);
  },
};

/** A bulletin that is made up for at night reaches the group in the morning. */
function awakeFrom(now: Instant, { chasing }: Policy): Instant {
  const today = dayOf(now);
  if (timeOf(now) < chasing.from) return instantAt(today, chasing.from);
  return timeOf(now) < chasing.to ? now : instantAt(addDays(today, 1), chasing.from);
}
