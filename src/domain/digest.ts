import { type Day, dayOf, type Instant, monthOf, timeOf } from './day.ts';
import type { HourEntry } from './hours.ts';
import { type Notice, noticeSubjects } from './notice.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import type { FiveYearProgress } from './progress.ts';
import { isOwed, type Reflection } from './reflection.ts';
import { isWorkday } from './working-days.ts';

/** What is known, at the time of telling, of the thing that a notice asks for. */
export interface NoticeFacts {
  readonly today: Day;
  /** Whether the hearer is still active. */
  readonly active: boolean;
  /** The reflection that the notice is about. */
  readonly reflection?: Reflection | undefined;
  /** The hearer's progress. */
  readonly progress?: FiveYearProgress | undefined;
  /** The returned entry that the notice is about. */
  readonly entry?: HourEntry | undefined;
  /** How many entries wait for this approver. */
  readonly waiting?: number | undefined;
}

/** Whether a planned notice still has to be told: what it asks is not done, and its time has not passed. */
export function stillTrue(notice: Notice, facts: NoticeFacts): boolean {
  if (!facts.active) return false;
  switch (notice.subject) {
    case 'reflection': {
      const { reflection, today } = facts;
      if (reflection === undefined || !isOwed(reflection)) return false;
      if (notice.tier === 'before') return today < reflection.dueOn;
      return notice.tier !== 'due' || today === reflection.dueOn;
    }
    case 'returned':
      return facts.entry?.state === 'returned' && facts.entry.version === notice.figures['version'];
    case 'quota':
      return isTimely(notice, facts) && facts.progress?.lagging === true;
    case 'professional': {
      const professional = facts.progress?.professional;
      if (professional === undefined || !isTimely(notice, facts)) return false;
      const { year, count, required, missedYear } = professional;
      return (notice.figures['year'] ?? year) === year ? count < required : notice.figures['year'] === missedYear;
    }
    case 'approvals':
      return notice.about === facts.today && (facts.waiting ?? 0) > 0;
  }
}

/** What is looked at every month is told in its month; what somebody asked for whenever it can be. */
const isTimely = ({ tier, about }: Notice, { today }: NoticeFacts): boolean =>
  tier === 'manual' || about === monthOf(today);

const digestOrder: readonly Notice['tier'][] = [
  'manual',
  'overdue',
  'due',
  'before',
  'periodic',
  'unit-head',
  'department',
];

/** The notices of one person in the order of a digest: own duties by urgency, then what others owe. */
export function composeDigest(person: readonly Notice[]): Notice[] {
  const rank = (notice: Notice): string =>
    [digestOrder.indexOf(notice.tier), notice.dueOn ?? '9999', noticeSubjects.indexOf(notice.subject), notice.key].join(
      ' ',
    );
  const ranked = person.map((notice) => ({ notice, rank: rank(notice) }));
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)).map(({ notice }) => notice);
}

/** Of the notices of one person about the same thing only the most urgent is said; `said` stand for all. */
export function sayOnce(person: readonly Notice[]): { said: Notice[]; same: Notice[] } {
  const said: Notice[] = [];
  const same: Notice[] = [];
  for (const notice of composeDigest(person)) {
    const isOwn = notice.tier !== 'unit-head' && notice.tier !== 'department';
    const twin = isOwn && said.some((other) => other.tier === 'manual' && isAboutSame(other, notice));
    (twin ? same : said).push(notice);
  }
  return { said, same };
}

const isAboutSame = (a: Notice, b: Notice): boolean =>
  a.subject === b.subject &&
  (a.about === b.about ||
    (a.subject !== 'reflection' && a.subject !== 'returned' && a.figures['year'] === b.figures['year']));

/** Whether the bot may speak unasked: on a sure working day from `chasing.from` until before `chasing.to`. */
export function mayChase(now: Instant, calendar: WorkCalendar, policy: Policy): boolean {
  const time = timeOf(now);
  return isWorkday(calendar, dayOf(now)) && time >= policy.chasing.from && time < policy.chasing.to;
}

/** Whether another digest may go to a person who has had `sentThisMonth` of them this month. */
export const underCap = (sentThisMonth: number, policy: Policy): boolean => sentThisMonth < policy.chasing.perMonth;
