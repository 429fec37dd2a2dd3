import { bulletinTime } from '../bot/bulletin.ts';
import { receivingGroups } from '../bot/bulletin-groups.ts';
import { peopleWith } from '../bot/people.ts';
import { addMonths, instantAt, monthOf } from '../domain/day.ts';
import { mayChase } from '../domain/digest.ts';
import { hourEntries } from '../domain/hours.ts';
import { leftOut } from '../domain/waiting.ts';
import { firstWorkdayOf } from '../domain/working-days.ts';
import { button, buttons, card, words } from '../messenger/reply.ts';
import { listAll } from '../store/store.ts';
import { digestTexts, jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { lastWorkday } from './schedule.ts';

/**
 * On the last working day of a month the department hears that its bulletin goes out on the first of the next, and how
 * many entries it would leave out. A notice beside the digest, whose monthly cap would keep it back.
 */
export const bulletinEve: ShortJob = {
  name: 'bulletin-eve',
  type: 'short',
  schedule: { time: '08:47', on: lastWorkday, words: texts.lastWorkday('08:47'), catchUp: 1 },
  run: async ({ tx, now, asOf, policy, policies: { calendar }, tell }) => {
    const begin = instantAt(asOf, policy.chasing.from);
    const notBefore = now < begin ? begin : now;
    const isTime = lastWorkday(asOf, calendar) && mayChase(notBefore, calendar, policy);
    if (!isTime || (await receivingGroups(tx)).length === 0) return texts.bulletin.noEve;
    const month = monthOf(asOf);
    const waiting = leftOut(await listAll(tx, hourEntries, { index: 'byState', equals: ['submitted'] }), month).length;
    const release = firstWorkdayOf(calendar, addMonths(month, 1));
    const said = texts.bulletin.eve(month, release, bulletinTime, asOf, waiting);
    const notice = card(
      texts.bulletin.eveTitle,
      waiting === 0 ? 'info' : 'warn',
      said.replaceAll('**', ''),
      words(said),
      buttons(
        ...(waiting === 0 ? [] : [button(digestTexts.buttons.approve, '审核', {}, 'primary')]),
        button(texts.bulletin.preview, '通报', { month }),
      ),
    );
    const hearers = await peopleWith(tx, 'clerk', 'department-head');
    for (const { staffNo } of hearers) {
      await tell(staffNo, notice, {
        key: `bulletin:${month}:eve:${staffNo}`,
        purpose: 'notice',
        notBefore,
        notAfter: instantAt(asOf, policy.chasing.to),
      });
    }
    return texts.bulletin.eveDone(hearers.length);
  },
};
