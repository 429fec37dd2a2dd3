import type { Cadre } from './cadre.ts';
import { type Day, dayOf, type Instant, timeOf } from './day.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import { isWorkday } from './working-days.ts';

/** A message that went out, as far as 减负自查 looks at it. */
export interface SentMessage {
  /** 工号, or a chat. */
  readonly target: string;
  readonly purpose: 'answer' | 'decision' | 'chase' | 'bulletin' | 'notice';
  readonly sentAt: Instant;
}

/** A reminder that should not have gone out so. */
export interface Breach {
  readonly staffNo: string;
  readonly day: Day;
  readonly what: 'day-off' | 'outside-hours' | 'twice-a-day' | 'over-cap';
}

/**
 * 减负自查 of a month: how often the bot has spoken unasked, and the proof that it kept its rules: working days and hours
 * only, one reminder a person and day, the monthly cap.
 */
export interface BurdenReport {
  readonly people: number;
  /** People → how many reminders they had: `byCount[3]` people had three. */
  readonly byCount: readonly number[];
  readonly chases: number;
  readonly mostADay: number;
  readonly mostAMonth: number;
  readonly byPurpose: Readonly<Record<SentMessage['purpose'], number>>;
  readonly breaches: readonly Breach[];
}

export function burdenReport(
  sent: readonly SentMessage[],
  active: readonly Pick<Cadre, 'staffNo'>[],
  policy: Policy,
  calendar: WorkCalendar,
): BurdenReport {
  const byPurpose = { answer: 0, decision: 0, chase: 0, bulletin: 0, notice: 0 };
  const months = new Map<string, number>(active.map(({ staffNo }) => [staffNo, 0]));
  const days = new Map<string, number>();
  const breaches: Breach[] = [];
  for (const { target, purpose, sentAt } of sent) {
    byPurpose[purpose] += 1;
    if (purpose !== 'chase') continue;
    const day = dayOf(sentAt);
    const time = timeOf(sentAt);
    const month = (months.get(target) ?? 0) + 1;
    const today = (days.get(`${target} ${day}`) ?? 0) + 1;
    months.set(target, month);
    days.set(`${target} ${day}`, today);
    if (!isWorkday(calendar, day)) breaches.push({ staffNo: target, day, what: 'day-off' });
    if (time < policy.chasing.from || time >= policy.chasing.to) {
      breaches.push({ staffNo: target, day, what: 'outside-hours' });
    }
    if (today === 2) breaches.push({ staffNo: target, day, what: 'twice-a-day' });
    if (month === policy.chasing.perMonth + 1) breaches.push({ staffNo: target, day, what: 'over-cap' });
  }
  const most = Math.max(0, ...months.values());
  const byCount = Array.from({ length: most + 1 }, () => 0);
  for (const count of months.values()) byCount[count] = (byCount[count] ?? 0) + 1;
  return {
    people: months.size,
    byCount,
    chases: byPurpose.chase,
    mostADay: Math.max(0, ...days.values()),
    mostAMonth: most,
    byPurpose,
    breaches,
  };
}
