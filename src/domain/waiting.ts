import type { Cadre } from './cadre.ts';
import { type Day, dayOf, lastDayOf, type Month } from './day.ts';
import type { HourEntry } from './hours.ts';
import { type Notice, planned } from './notice.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import { dayWorkdaysBefore, isWorkday, workdaysSince } from './working-days.ts';

/** Entries that have waited for a decision for at least `approvalDays` working days. */
export const longWaiting = (
  waiting: readonly HourEntry[],
  today: Day,
  policy: Policy,
  calendar: WorkCalendar,
): HourEntry[] => {
  const since = dayWorkdaysBefore(calendar, today, policy.chasing.approvalDays);
  return waiting.filter(({ state, submittedAt }) => state === 'submitted' && dayOf(submittedAt) <= since);
};

/** What of these entries an approver is to decide on; nobody decides on their own. */
export interface ApprovalQueue {
  readonly count: number;
  readonly oldestId: number;
  /** Working days since the oldest was submitted. */
  readonly oldestDays: number;
}

export function queueOf(
  long: readonly HourEntry[],
  approver: string,
  today: Day,
  calendar: WorkCalendar,
): ApprovalQueue | undefined {
  const [oldest, ...others] = long
    .filter(({ staffNo }) => staffNo !== approver)
    .sort((a, b) => (a.submittedAt === b.submittedAt ? a.id - b.id : a.submittedAt < b.submittedAt ? -1 : 1));
  if (oldest === undefined) return undefined;
  const oldestDays = workdaysSince(calendar, dayOf(oldest.submittedAt), today);
  return { count: others.length + 1, oldestId: oldest.id, oldestDays };
}

/** One notice a working day per active approver: how many entries, not their own, have waited too long. */
export function planApprovalNotices(
  waiting: readonly HourEntry[],
  approvers: readonly Cadre[],
  today: Day,
  policy: Policy,
  calendar: WorkCalendar,
): Notice[] {
  if (!isWorkday(calendar, today)) return [];
  const long = longWaiting(waiting, today, policy, calendar);
  return approvers.flatMap(({ staffNo, state }) => {
    const figures = queueOf(long, staffNo, today, calendar);
    if (state !== 'active' || figures === undefined) return [];
    const key = `approvals:${today}:${staffNo}`;
    const shared = { staffNo, subject: 'approvals', tier: 'periodic', about: today, plannedOn: today } as const;
    return [planned({ ...shared, key, figures: { ...figures } })];
  });
}

/** What no clerk may decide, because there is none or because it is the only clerk's own: the head of the department does. */
export const withoutClerk = (waiting: readonly HourEntry[], clerks: readonly Cadre[]): HourEntry[] =>
  waiting.filter((entry) => clerks.every(({ staffNo, state }) => state !== 'active' || staffNo === entry.staffNo));

/** Entries that were returned at least `returnedDays` working days ago and that their owner has not touched since. */
export const longReturned = (
  returned: readonly HourEntry[],
  today: Day,
  policy: Policy,
  calendar: WorkCalendar,
): HourEntry[] => {
  const since = dayWorkdaysBefore(calendar, today, policy.chasing.returnedDays);
  return returned.filter(
    ({ state, decidedAt }) => state === 'returned' && decidedAt !== null && dayOf(decidedAt) <= since,
  );
};

/** The owner of an entry that was returned and left hears of it once; `people` is the roster. */
export function planReturnedNotices(
  returned: readonly HourEntry[],
  people: readonly Cadre[],
  today: Day,
  policy: Policy,
  calendar: WorkCalendar,
): Notice[] {
  if (!isWorkday(calendar, today)) return [];
  const active = new Set(people.filter(({ state }) => state === 'active').map(({ staffNo }) => staffNo));
  return longReturned(returned, today, policy, calendar)
    .filter(({ staffNo }) => active.has(staffNo))
    .map(({ id, version, staffNo, title, reason }) =>
      planned({
        key: `returned:${id}:${version}`,
        staffNo,
        subject: 'returned',
        tier: 'periodic',
        about: String(id),
        plannedOn: today,
        figures: { version, title, reason: reason ?? '' },
      }),
    );
}

/** Waiting entries that the bulletin of a month leaves out unless they are approved before it. */
export const leftOut = (waiting: readonly HourEntry[], month: Month): HourEntry[] =>
  waiting.filter(({ state, to }) => state === 'submitted' && to <= lastDayOf(month));
