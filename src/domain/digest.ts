import type { Cadre, Role } from './cadre.ts';
import { hearsAs, ownStepKey } from './chase.ts';
import type { Course, Session } from './course.ts';
import { addDays, type Day, dayOf, type Instant, instantAt, monthOf, timeOf } from './day.ts';
import type { HourEntry } from './hours.ts';
import type { Leave } from './leave.ts';
import { isOwing, type MakeUp } from './make-up.ts';
import { makeUpStepKey } from './make-up-chase.ts';
import { type Notice, noticeSubjects } from './notice.ts';
import type { Objection } from './objection.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import type { FiveYearProgress } from './progress.ts';
import { isOwed, type Reflection } from './reflection.ts';
import type { ApprovalQueue } from './waiting.ts';
import { isWorkday, workdayFrom, workdaysSince } from './working-days.ts';

/** What is known, at the time of telling, of the thing that a notice asks for. */
export interface NoticeFacts {
  readonly today: Day;
  /** Whether the hearer is still active. */
  readonly active: boolean;
  /** Who hears it, and who owes the reflection that it is about: people move, retire and lose their office. */
  readonly hearer?: Cadre | undefined;
  readonly writer?: Cadre | undefined;
  readonly clerks?: readonly Cadre[] | undefined;
  /** The reflection that the notice is about. */
  readonly reflection?: Reflection | undefined;
  /** The make-up that the notice is about; the leave, when it waits for the hearer's word; the 异议, when for their answer. */
  readonly makeUp?: MakeUp | undefined;
  readonly leave?: Leave | undefined;
  readonly objection?: Objection | undefined;
  /** The hearer's progress. */
  readonly progress?: FiveYearProgress | undefined;
  /** The returned entry that the notice is about. */
  readonly entry?: HourEntry | undefined;
  /** What has waited too long for this approver. */
  readonly waiting?: ApprovalQueue | undefined;
  /** The class that the notice is about, and its 课次 of that day at which the hearer will be. */
  readonly course?: Course | undefined;
  readonly sessions?: readonly Session[] | undefined;
  /** How many people messages do not reach. */
  readonly unreached?: number | undefined;
  /** Whether the roll that the notice is about still has to be taken. */
  readonly rollMissing?: boolean | undefined;
}

/** When the daily message goes out; the hours in which people may be reminded hold it. */
export const digestTime = '09:07';

/** Whether a planned notice still has to be told: what it asks is not done, and its time has not passed. */
export function stillTrue(notice: Notice, facts: NoticeFacts): boolean {
  if (!facts.active) return false;
  switch (notice.subject) {
    case 'reflection': {
      const { reflection, today } = facts;
      if (reflection === undefined || !isOwed(reflection)) return false;
      const ownKey = notice.tier === 'overdue' ? ownStepKey(reflection, 'overdue') : notice.key;
      return isStep(notice, reflection.dueOn, ownKey, today, facts);
    }
    case 'make-up': {
      const { makeUp, today } = facts;
      if (makeUp === undefined || !isOwing(makeUp)) return false;
      const ownKey = notice.tier === 'overdue' ? makeUpStepKey(makeUp, 'overdue') : notice.key;
      return isStep(notice, makeUp.dueOn, ownKey, today, facts);
    }
    case 'leave':
      return facts.leave?.state === 'asked';
    case 'objection':
      return facts.objection?.state === 'open';
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
      return notice.about === facts.today && facts.waiting !== undefined;
    case 'course':
      return (
        facts.course?.state === 'open' &&
        (facts.sessions ?? []).length > 0 &&
        notice.dueOn !== null &&
        facts.today < notice.dueOn
      );
    case 'unreached':
      return (facts.unreached ?? 0) > 0 && facts.hearer?.roles.some(isDesk) === true;
    case 'roll':
      return facts.rollMissing === true && facts.hearer?.roles.some(isDesk) === true;
  }
}

const isDesk = (role: Role): boolean => role === 'clerk' || role === 'department-head';

/** Whether the step of the chase is still where things stand, and its hearer still the one to hear of it. */
function isStep(
  { tier, key }: Notice,
  dueOn: Day,
  ownKey: string,
  today: Day,
  { hearer, writer, clerks }: NoticeFacts,
): boolean {
  switch (tier) {
    case 'before':
      return today < dueOn;
    case 'due':
      return today === dueOn;
    case 'overdue':
      return today > dueOn && key === ownKey;
    case 'unit-head':
    case 'department':
      return hearer !== undefined && writer?.state === 'active' && hearsAs(tier, hearer, writer, clerks ?? []);
    default:
      return true;
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

/**
 * Of the notices of one person about the same thing only the first is said; `said` stand for all. What others owe is one
 * thing, whether the hearer is to know as the head of the unit or as the department.
 */
export function sayOnce(person: readonly Notice[]): { said: Notice[]; same: Notice[] } {
  const said: Notice[] = [];
  const same: Notice[] = [];
  for (const notice of composeDigest(person)) {
    const first = isOthers(notice) ? isOthers : ({ tier }: Notice) => tier === 'manual';
    const twin = said.some((other) => first(other) && isAboutSame(other, notice));
    (twin ? same : said).push(notice);
  }
  return { said, same };
}

const isOthers = ({ tier }: Notice): boolean => tier === 'unit-head' || tier === 'department';

const isAboutSame = (a: Notice, b: Notice): boolean =>
  a.subject === b.subject &&
  (a.about === b.about || (!singular.includes(a.subject) && a.figures['year'] === b.figures['year']));

/** Of which there are several at a time, each a matter of its own. */
const singular: readonly Notice['subject'][] = ['reflection', 'make-up', 'returned', 'course', 'leave', 'objection'];

/**
 * Whether words are worth one of the month's messages. A desk's queue is there every day and would use them all up: by
 * itself it is a message again only `approvalAgainDays` working days after it was `lastSaid`; with anything else it goes
 * along every time.
 */
export const isWorthMessage = (
  said: readonly Pick<Notice, 'subject'>[],
  lastSaid: Day | null,
  today: Day,
  policy: Policy,
  calendar: WorkCalendar,
): boolean =>
  said.some(({ subject }) => subject !== 'approvals') ||
  (said.length > 0 &&
    (lastSaid === null || workdaysSince(calendar, lastSaid, today) >= policy.chasing.approvalAgainDays));

/** Whether the bot may speak unasked: on a sure working day from `chasing.from` until before `chasing.to`. */
export function mayChase(now: Instant, calendar: WorkCalendar, policy: Policy): boolean {
  const time = timeOf(now);
  return isWorkday(calendar, dayOf(now)) && time >= policy.chasing.from && time < policy.chasing.to;
}

/** When the bot may first send what came about by itself: at once within the hours of `chasing`, otherwise as they begin. */
export function awakeFrom(now: Instant, { chasing }: Pick<Policy, 'chasing'>): Instant {
  const [today, time] = [dayOf(now), timeOf(now)];
  if (time >= chasing.from && time < chasing.to) return now;
  return instantAt(time < chasing.from ? today : addDays(today, 1), chasing.from);
}

/** The day of the next daily message: today before the hours of a working day, otherwise the next working day. */
export const nextDigestDay = (now: Instant, calendar: WorkCalendar, policy: Policy): Day =>
  workdayFrom(calendar, timeOf(now) < policy.chasing.from ? dayOf(now) : addDays(dayOf(now), 1));

/** Whether another digest may go to a person who has had `sentThisMonth` of them this month. */
export const underCap = (sentThisMonth: number, policy: Policy): boolean => sentThisMonth < policy.chasing.perMonth;
