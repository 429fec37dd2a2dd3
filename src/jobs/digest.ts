import { sayDigest } from '../bot/digest.ts';
import { countOpen } from '../bot/open-matters.ts';
import { type Cadre, cadres } from '../domain/cadre.ts';
import { addDays, dayOf, firstDayOf, type Instant, instantAt, monthOf } from '../domain/day.ts';
import { composeDigest, mayChase, type NoticeFacts, stillTrue, underCap } from '../domain/digest.ts';
import { hourEntries } from '../domain/hours.ts';
import { type Notice, notices } from '../domain/notice.ts';
import type { Policy } from '../domain/policy.ts';
import { reflections } from '../domain/reflection.ts';
import { outbox } from '../messenger/outbox.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { JobContext, ShortJob } from './job.ts';
import { progressOf } from './planning.ts';
import { everyWorkday } from './schedule.ts';

const replannedDays = 31;

/**
 * 每日提醒: what has been planned for a person goes out as one message, once a working day, inside the hours and under
 * the monthly cap. What is done by then is dropped; what the cap or the hour keeps back waits for another day.
 */
export const digest: ShortJob = {
  name: 'digest',
  type: 'short',
  schedule: { time: '09:07', on: everyWorkday, words: texts.everyWorkday('09:07'), catchUp: 1 },
  run: async (context) => {
    const { tx, now, policy, policies } = context;
    if (!mayChase(now, policies.calendar, policy)) return texts.digest.outsideHours;
    await replanExpired(tx, now);
    const planned = await listAll(tx, notices, { index: 'byState', equals: ['planned'], to: dayOf(now) });
    const byPerson = new Map<string, Notice[]>();
    for (const notice of planned) byPerson.set(notice.staffNo, [...(byPerson.get(notice.staffNo) ?? []), notice]);
    const counts = { told: 0, held: 0, dropped: 0 };
    for (const [staffNo, theirs] of byPerson) counts[await tellPerson(context, staffNo, theirs)] += 1;
    return texts.digest.done(counts.told, counts.held);
  },
};

async function tellPerson(
  { tx, now, policy, tell }: JobContext,
  staffNo: string,
  planned: readonly Notice[],
): Promise<'told' | 'held' | 'dropped'> {
  const today = dayOf(now);
  const cadre = await tx.get(cadres, staffNo);
  const known = new Map<string, NoticeFacts>();
  for (const notice of planned) {
    const facts = await factsFor(tx, notice, cadre, policy, now);
    if (stillTrue(notice, facts)) known.set(notice.key, facts);
    else await tx.put(notices, { ...notice, state: 'dropped' });
  }
  const live = composeDigest(planned.filter(({ key }) => known.has(key)));
  if (live.length === 0 || cadre === undefined) return 'dropped';
  if (!(await mayHear(tx, staffNo, now, policy))) return 'held';
  const isNew = await tell(staffNo, sayDigest(live, known, today, await countOpen(tx, cadre, policy, today)), {
    key: `digest:${today}:${staffNo}`,
    purpose: 'chase',
    notAfter: instantAt(today, policy.chasing.to),
  });
  if (!isNew) return 'held';
  for (const notice of live) await tx.put(notices, { ...notice, state: 'told', toldOn: today });
  return 'told';
}

async function factsFor(
  view: Reader,
  notice: Notice,
  cadre: Cadre | undefined,
  policy: Policy,
  now: Instant,
): Promise<NoticeFacts> {
  const today = dayOf(now);
  if (cadre?.state !== 'active') return { today, active: false };
  switch (notice.subject) {
    case 'reflection':
      return { today, active: true, reflection: await view.get(reflections, Number(notice.about)) };
    case 'returned':
      return { today, active: true, entry: await view.get(hourEntries, Number(notice.about)) };
    case 'quota':
    case 'professional':
      return { today, active: true, progress: await progressOf(view, cadre, policy, today) };
    case 'approvals': {
      const waiting = await listAll(view, hourEntries, { index: 'byState', equals: ['submitted'] });
      return { today, active: true, waiting: waiting.filter(({ staffNo }) => staffNo !== cadre.staffNo).length };
    }
  }
}

/** Nothing has reached the person today, and this month less than the cap. */
async function mayHear(view: Reader, staffNo: string, now: Instant, policy: Policy): Promise<boolean> {
  const since = instantAt(firstDayOf(monthOf(dayOf(now))));
  const chases = await listAll(view, outbox, { index: 'byTarget', equals: [staffNo, 'chase'], from: since, to: now });
  const heard = chases.filter(({ state }) => state !== 'failed' && state !== 'expired');
  return underCap(heard.length, policy) && heard.every(({ createdAt }) => dayOf(createdAt) !== dayOf(now));
}

/** What a digest should have said that could not go out in its hours is planned again. */
async function replanExpired(tx: Transaction, now: Instant): Promise<void> {
  const since = instantAt(addDays(dayOf(now), -replannedDays));
  const expired = await listAll(tx, outbox, { index: 'byPurpose', equals: ['chase', 'expired'], from: since });
  for (const { target, createdAt } of expired) {
    const told = await listAll(tx, notices, { index: 'byPerson', equals: [target, 'told'] });
    for (const notice of told.filter(({ toldOn }) => toldOn === dayOf(createdAt))) {
      await tx.put(notices, { ...notice, state: 'planned', toldOn: null });
    }
  }
}
