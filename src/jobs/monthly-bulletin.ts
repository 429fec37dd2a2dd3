import { buildBulletin, readBulletinFigures, shortHash } from '../bot/bulletin.ts';
import { chats } from '../bot/chats.ts';
import { bulletins } from '../domain/bulletin.ts';
import { addDays, addMonths, dayOf, type Instant, instantAt, lastDayOf, monthOf, timeOf } from '../domain/day.ts';
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
    const head = await tx.auditHead();
    const figures = await readBulletinFigures(tx, { month, asOf, policies });
    const groups = await listAll(tx, chats, { index: 'byBulletin', equals: [true] });
    const isReleased = groups.length > 0;
    await tx.put(bulletins, {
      month,
      state: isReleased ? 'released' : 'draft',
      figures,
      createdAt: now,
      releasedAt: isReleased ? now : null,
      releasedBy: null,
      auditN: head.n,
      auditHash16: shortHash(head),
    });
    const reply = buildBulletin(figures, head, policies.at(lastDayOf(month)).smallestUnitShown);
    for (const chat of groups) {
      await post(chat, reply, {
        key: `bulletin:${month}:${chat.id}`,
        purpose: 'bulletin',
        notBefore: awakeFrom(now, policy),
      });
    }
    return texts.bulletin.done(month, groups.length);
  },
};

/** A bulletin that is made up for at night reaches the group in the morning. */
function awakeFrom(now: Instant, { chasing }: Policy): Instant {
  const today = dayOf(now);
  if (timeOf(now) < chasing.from) return instantAt(today, chasing.from);
  return timeOf(now) < chasing.to ? now : instantAt(addDays(today, 1), chasing.from);
}
