import { type Cadre, cadres } from '../domain/cadre.ts';
import { type Day, dayOf, firstDayOf, type Instant, instantAt, monthOf } from '../domain/day.ts';
import { type NoticeFacts, sayOnce, stillTrue, underCap } from '../domain/digest.ts';
import { type Hearing, hearings, isMuted, isSnoozed } from '../domain/hearing.ts';
import { hourEntries } from '../domain/hours.ts';
import { type Notice, notices } from '../domain/notice.ts';
import type { Policy } from '../domain/policy.ts';
import { fiveYearProgress } from '../domain/progress.ts';
import { reflections } from '../domain/reflection.ts';
import { type Outgoing, outbox } from '../messenger/outbox.ts';
import type { Reply } from '../messenger/reply.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';
import { sayDigest } from './digest.ts';
import { countOpen } from './open-matters.ts';

/** What telling somebody something unasked needs. */
export interface TellingParts {
  readonly tx: Transaction;
  readonly now: Instant;
  readonly policy: Policy;
  /** Puts a message into the queue; false when its key is known already. */
  readonly tell: (
    staffNo: string,
    reply: Reply,
    about: Pick<Outgoing, 'key' | 'purpose' | 'notAfter'>,
  ) => Promise<boolean>;
}

/** Why nothing can be told a person now, or null when it can. */
export type Hindrance = 'heard-today' | 'capped' | 'snoozed' | null;

/** Whether something may go to a person now: nothing has today, this month less than the cap, and nothing is put off. */
export async function hindranceFor(view: Reader, staffNo: string, now: Instant, policy: Policy): Promise<Hindrance> {
  const today = dayOf(now);
  if (isSnoozed(await view.get(hearings, staffNo), today)) return 'snoozed';
  const heard = await chasesOf(view, staffNo, monthOf(today), now);
  if (heard.some((at) => dayOf(at) === today)) return 'heard-today';
  return underCap(heard.length, policy) ? null : 'capped';
}

/** When a person has been chased this month, or will be: what failed or came too late does not count. */
export async function chasesOf(view: Reader, staffNo: string, month: string, until: Instant): Promise<Instant[]> {
  const since = instantAt(firstDayOf(month));
  const rows = await listAll(view, outbox, { index: 'byTarget', equals: [staffNo, 'chase'], from: since, to: until });
  return rows.filter(({ state }) => state !== 'failed' && state !== 'expired').map(({ createdAt }) => createdAt);
}

/**
 * Tells a person what has been planned, as one message. What is done by then, or muted, is dropped; what the cap, a
 * message of today or a snooze keeps back waits for another day.
 */
export async function tellPlanned(
  parts: TellingParts,
  staffNo: string,
  planned: readonly Notice[],
): Promise<'told' | 'held' | 'dropped'> {
  const { tx, now, policy, tell } = parts;
  const today = dayOf(now);
  const cadre = await tx.get(cadres, staffNo);
  const hearing = await tx.get(hearings, staffNo);
  const known = new Map<string, NoticeFacts>();
  for (const notice of planned) {
    const facts = await factsFor(tx, notice, cadre, policy, today);
    if (stillTrue(notice, facts) && !isMuted(hearing, notice)) known.set(notice.key, facts);
    else await tx.put(notices, { ...notice, state: 'dropped' });
  }
  const { said, same } = sayOnce(planned.filter(({ key }) => known.has(key)));
  if (said.length === 0 || cadre === undefined) return 'dropped';
  if ((await hindranceFor(tx, staffNo, now, policy)) !== null) return 'held';
  const isNew = await tell(staffNo, sayDigest(said, known, today, await countOpen(tx, cadre, policy, today)), {
    key: `digest:${today}:${staffNo}`,
    purpose: 'chase',
    notAfter: instantAt(today, policy.chasing.to),
  });
  if (!isNew) return 'held';
  for (const notice of [...said, ...same]) await tx.put(notices, { ...notice, state: 'told', toldOn: today });
  return 'told';
}

/** Whether a person would hear a notice, if there were nothing else in the way. */
export async function isHeard(
  view: Reader,
  notice: Notice,
  cadre: Cadre | undefined,
  hearing: Hearing | undefined,
  policy: Policy,
  today: Day,
): Promise<boolean> {
  return !isMuted(hearing, notice) && stillTrue(notice, await factsFor(view, notice, cadre, policy, today));
}

/** What is known now of what a notice is about. */
export async function factsFor(
  view: Reader,
  notice: Notice,
  cadre: Cadre | undefined,
  policy: Policy,
  today: Day,
): Promise<NoticeFacts> {
  if (cadre?.state !== 'active') return { today, active: false };
  switch (notice.subject) {
    case 'reflection':
      return { today, active: true, reflection: await view.get(reflections, Number(notice.about)) };
    case 'returned':
      return { today, active: true, entry: await view.get(hourEntries, Number(notice.about)) };
    case 'quota':
    case 'professional': {
      const entries = await listAll(view, hourEntries, { index: 'byPerson', equals: [cadre.staffNo] });
      return { today, active: true, progress: fiveYearProgress(cadre, entries, policy, today) };
    }
    case 'approvals': {
      const waiting = await listAll(view, hourEntries, { index: 'byState', equals: ['submitted'] });
      return { today, active: true, waiting: waiting.filter(({ staffNo }) => staffNo !== cadre.staffNo).length };
    }
  }
}
