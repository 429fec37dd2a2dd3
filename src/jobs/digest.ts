import { tellPlanned } from '../bot/telling.ts';
import { addDays, dayOf, type Instant, instantAt } from '../domain/day.ts';
import { digestTime, mayChase } from '../domain/digest.ts';
import { type Notice, notices } from '../domain/notice.ts';
import { outbox } from '../messenger/outbox.ts';
import { listAll, type Transaction } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { everyWorkday } from './schedule.ts';

const replannedDays = 31;

/**
 * 每日提醒: what has been planned for a person goes out as one message, once a working day, inside the hours and under
 * the monthly cap. What is done by then is dropped; what the cap or the hour keeps back waits for another day, and so does
 * what a message that surely did not arrive should have said.
 */
export const digest: ShortJob = {
  name: 'digest',
  type: 'short',
  schedule: { time: digestTime, on: everyWorkday, words: texts.everyWorkday(digestTime), catchUp: 1 },
  run: async (context) => {
    const { tx, now, policy, policies } = context;
    if (!mayChase(now, policies.calendar, policy)) return texts.digest.outsideHours;
    await replanUndelivered(tx, now);
    const planned = await listAll(tx, notices, { index: 'byState', equals: ['planned'], to: dayOf(now) });
    const byPerson = new Map<string, Notice[]>();
    for (const notice of planned) byPerson.set(notice.staffNo, [...(byPerson.get(notice.staffNo) ?? []), notice]);
    const counts = { told: 0, held: 0, dropped: 0, unreached: 0 };
    for (const [staffNo, theirs] of byPerson) counts[await tellPlanned(context, staffNo, theirs)] += 1;
    return texts.digest.done(counts.told, counts.held, counts.unreached);
  },
};

/**
 * What a reminder should have said that was refused for good, or could not go out in its hours, is planned again: nobody
 * has heard it. Where the outcome is unknown it may have been heard, and is not said twice.
 */
async function replanUndelivered(tx: Transaction, now: Instant): Promise<void> {
  const since = instantAt(addDays(dayOf(now), -replannedDays));
  for (const state of ['expired', 'failed']) {
    const lost = await listAll(tx, outbox, { index: 'byPurpose', equals: ['chase', state], from: since });
    for (const { target, createdAt } of lost) {
      const told = await listAll(tx, notices, { index: 'byPerson', equals: [target, 'told'] });
      for (const notice of told.filter(({ toldOn }) => toldOn === dayOf(createdAt))) {
        await tx.put(notices, { ...notice, state: 'planned', toldOn: null });
      }
    }
  }
}
