import { type Cadre, cadres } from '../domain/cadre.ts';
import { courses, enrolments } from '../domain/course.ts';
import { type Day, dayOf, firstDayOf, type Instant, instantAt, monthOf } from '../domain/day.ts';
import { isWorthMessage, type NoticeFacts, sayOnce, stillTrue, underCap } from '../domain/digest.ts';
import { type Hearing, hearings, isMuted, isPutOff } from '../domain/hearing.ts';
import { hourEntries } from '../domain/hours.ts';
import { leaves } from '../domain/leave.ts';
import { makeUps } from '../domain/make-up.ts';
import { type Notice, notices } from '../domain/notice.ts';
import { objections } from '../domain/objection.ts';
import type { Policy, PolicyBook } from '../domain/policy.ts';
import { fiveYearProgress } from '../domain/progress.ts';
import { reflections } from '../domain/reflection.ts';
import { longWaiting, queueOf, withoutClerk } from '../domain/waiting.ts';
import { type Outgoing, outbox } from '../messenger/outbox.ts';
import type { Reply } from '../messenger/reply.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';
import { comingSessions } from './course/coming.ts';
import { mayDecideLeave } from './course/leave-approvers.ts';
import { untakenSessions } from './course/untaken.ts';
import { sayDigest } from './digest.ts';
import { countOpen } from './open-matters.ts';
import { addressOf, peopleWith } from './people.ts';
import { readers } from './reflection-desk.ts';
import { readUnreached } from './unreached.ts';

/** The rules and the day by which it is seen how things stand. */
export interface TellingRules {
  readonly policy: Policy;
  readonly policies: PolicyBook;
  readonly today: Day;
}

/** What telling somebody something unasked needs. */
export interface TellingParts extends Omit<TellingRules, 'today'> {
  readonly tx: Transaction;
  readonly now: Instant;
  /** Where people are told. */
  readonly messenger: string;
  /** Puts a message into the queue; false when its key is known already. */
  readonly tell: (
    staffNo: string,
    reply: Reply,
    about: Pick<Outgoing, 'key' | 'purpose' | 'notAfter' | 'urgent'>,
  ) => Promise<boolean>;
}

/** One message a person and day, whoever asks for it. */
export const chaseKey = (day: Day, staffNo: string): string => `digest:${day}:${staffNo}`;

/** Why nothing can be told a person now, or null when it can. */
export type Hindrance = 'heard-today' | 'capped' | null;

/** Whether something may go to a person now: nothing has today, and less than the cap has this month. */
export async function hindranceFor(view: Reader, staffNo: string, now: Instant, policy: Policy): Promise<Hindrance> {
  const today = dayOf(now);
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
 * Tells a person what has been planned, as one message. What is done by then is dropped; what is muted, and what the cap,
 * a message of today or a snooze keeps back, waits for another day, and whatever is for somebody `unreached`, who has no
 * account yet, until there is one. `urgent`: 加急, which only somebody of the department decides.
 */
export async function tellPlanned(
  parts: TellingParts,
  staffNo: string,
  planned: readonly Notice[],
  urgent = false,
): Promise<'told' | 'held' | 'dropped' | 'unreached'> {
  const { tx, now, policy, policies, messenger, tell } = parts;
  const today = dayOf(now);
  const cadre = await tx.get(cadres, staffNo);
  const hearing = await tx.get(hearings, staffNo);
  const known = new Map<string, NoticeFacts>();
  for (const notice of planned) {
    const facts = await factsFor(tx, notice, cadre, { policy, policies, today });
    if (!stillTrue(notice, facts)) await tx.put(notices, { ...notice, state: 'dropped' });
    else if (!isMuted(hearing, notice)) known.set(notice.key, facts);
  }
  const open = planned.filter(({ key }) => known.has(key));
  if (open.length === 0 || cadre === undefined) return 'dropped';
  const { said, same } = sayOnce(open.filter((notice) => !isPutOff(hearing, notice, today)));
  if (said.length === 0 || (await hindranceFor(tx, staffNo, now, policy)) !== null) return 'held';
  const lastSaid = said.every(({ subject }) => subject === 'approvals') ? await approvalsSaid(tx, staffNo) : null;
  if (!isWorthMessage(said, lastSaid, today, policy, policies.calendar)) return 'held';
  if ((await addressOf(tx, messenger, staffNo)) === null) return 'unreached';
  const isNew = await tell(staffNo, sayDigest(said, known, today, await countOpen(tx, cadre, policies, today)), {
    key: chaseKey(today, staffNo),
    purpose: 'chase',
    notAfter: instantAt(today, policy.chasing.to),
    urgent,
  });
  if (!isNew) return 'held';
  for (const { urgent: _, ...notice } of [...said, ...same]) {
    await tx.put(notices, { ...notice, state: 'told', toldOn: today, ...(urgent ? { urgent } : {}) });
  }
  return 'told';
}

/** When a person last heard of what waits at the desk, or null. */
async function approvalsSaid(view: Reader, staffNo: string): Promise<Day | null> {
  const told = await listAll(view, notices, { index: 'byPerson', equals: [staffNo, 'told'], order: 'desc' });
  return told.find(({ subject }) => subject === 'approvals')?.toldOn ?? null;
}

/** Whether a person would hear a notice, if there were nothing else in the way. */
export async function isHeard(
  view: Reader,
  notice: Notice,
  cadre: Cadre | undefined,
  hearing: Hearing | undefined,
  rules: TellingRules,
): Promise<boolean> {
  return !isMuted(hearing, notice) && stillTrue(notice, await factsFor(view, notice, cadre, rules));
}

/** What is known now of what a notice is about. */
export async function factsFor(
  view: Reader,
  notice: Notice,
  cadre: Cadre | undefined,
  { policy, policies: { calendar }, today }: TellingRules,
): Promise<NoticeFacts> {
  if (cadre?.state !== 'active') return { today, active: false };
  switch (notice.subject) {
    case 'reflection': {
      const reflection = await view.get(reflections, Number(notice.about));
      const writer = reflection && (await view.get(cadres, reflection.staffNo));
      // Who the clerks are matters to what others owe alone, and to find them the whole roster is read.
      const clerks = notice.tier === 'department' ? await peopleWith(view, 'clerk') : [];
      return { today, active: true, hearer: cadre, writer, clerks, reflection };
    }
    case 'make-up': {
      const makeUp = await view.get(makeUps, notice.about);
      const writer = makeUp && (await view.get(cadres, makeUp.staffNo));
      const clerks = notice.tier === 'department' ? await peopleWith(view, 'clerk') : [];
      return { today, active: true, hearer: cadre, writer, clerks, makeUp };
    }
    case 'leave': {
      const leave = await view.get(leaves, Number(notice.about));
      const course = leave && (await view.get(courses, leave.courseId));
      const isTheirs =
        leave !== undefined && course !== undefined && (await mayDecideLeave(view, cadre, course, leave));
      return { today, active: true, ...(isTheirs ? { leave } : {}) };
    }
    case 'objection': {
      const objection = await view.get(objections, Number(notice.about));
      const isTheirs = objection?.staffNo !== cadre.staffNo && cadre.roles.some((role) => readers.includes(role));
      return { today, active: true, ...(isTheirs ? { objection } : {}) };
    }
    case 'returned':
      return { today, active: true, entry: await view.get(hourEntries, Number(notice.about)) };
    case 'quota':
    case 'professional': {
      const entries = await listAll(view, hourEntries, { index: 'byPerson', equals: [cadre.staffNo] });
      return { today, active: true, progress: fiveYearProgress(cadre, entries, policy, today) };
    }
    case 'course': {
      const course = await view.get(courses, Number(notice.about));
      const enrolment = await view.get(enrolments, `${notice.about}:${cadre.staffNo}`);
      const own = await listAll(view, leaves, { index: 'byPerson', equals: [cadre.staffNo, Number(notice.about)] });
      const isKnown = course !== undefined && enrolment !== undefined;
      const sessions = isKnown ? comingSessions(course, enrolment, own, notice.dueOn ?? today) : [];
      return { today, active: true, course, sessions };
    }
    case 'unreached': {
      const people = await readUnreached(view, String(notice.figures['messenger']), today);
      return { today, active: true, hearer: cadre, unreached: people.length };
    }
    case 'roll': {
      const courseId = Number(notice.figures['id']);
      const course = await view.get(courses, courseId);
      const missing = course === undefined ? [] : await untakenSessions(view, course);
      const rollMissing = missing.some(({ no }) => no === notice.figures['no']);
      return { today, active: true, hearer: cadre, rollMissing };
    }
    case 'approvals': {
      const waiting = await listAll(view, hourEntries, { index: 'byState', equals: ['submitted'] });
      const clerks = await peopleWith(view, 'clerk');
      const theirs = cadre.roles.includes('clerk')
        ? waiting
        : cadre.roles.includes('department-head')
          ? withoutClerk(waiting, clerks)
          : [];
      const long = longWaiting(theirs, today, policy, calendar);
      return { today, active: true, waiting: queueOf(long, cadre.staffNo, today, calendar) };
    }
  }
}
