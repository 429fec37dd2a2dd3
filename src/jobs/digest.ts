import { tellPlanned } from '../bot/telling.ts';
import { addDays, dayOf, type Instant, instantAt } from '../domain/day.ts';
import { digestTime, mayChase } from '../domain/digest.ts';
import { notices } from '../domain/notice.ts';
import { outbox } from '../messenger/outbox.ts';
import { eachRow, listAll, type Transaction } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { Counts, JobContext, SteppedJob } from './job.ts';
import { everyWorkday } from './schedule.ts';
import { inParts } from './stepped.ts';

const replannedDays = 31;

/**
 * 每日提醒: what has been planned for a person goes out as one message, once a working day, inside the hours and under
 * the monthly cap. What is done by then is dropped; what the cap or the hour keeps back waits for another day, and so does
 * what a message that surely did not arrive should have said.
 */
export const digest: SteppedJob = {
  name: 'digest',
  type: 'stepped',
  schedule: { time: digestTime, on: everyWorkday, words: texts.everyWorkday(digestTime), catchUp: 1 },
  divide: async ({ tx, now, policy, policies }) => {
    if (!mayChase(now, policies.calendar, policy)) return [];
    await replanUndelivered(tx, now);
    const hearers = new Set<string>();
    await eachRow(tx, notices, plannedUntil(now), ({ staffNo }) => hearers.add(staffNo));
    return inParts([...hearers], peopleAtOnce).map((people) => (context) => tellAll(context, people));
  },
  say: ({ told = 0, held = 0, unreached = 0 }, { now, policy, policies }) =>
    mayChase(now, policies.calendar, policy) ? texts.digest.done(told, held, unreached) : texts.digest.outsideHours,
};

/** Of so many people the messages are written in one transaction. */
const peopleAtOnce = 200;

const plannedUntil = (now: Instant) => ({ index: 'byState', equals: ['planned'], to: dayOf(now) });

async function tellAll(context: JobContext, people: readonly string[]): Promise<Counts> {
  const { tx, now } = context;
  const counts = { told: 0, held: 0, dropped: 0, unreached: 0 };
  for (const staffNo of people) {
    const planned = await listAll(tx, notices, { index: 'byPerson', equals: [staffNo, 'planned'], to: dayOf(now) });
    // Somebody may have told them meanwhile.
    if (planned.length > 0) counts[await tellPlanned(context, staffNo, planned)] += 1;
  }
  return counts;
}

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
