import { type Cadre, hasFiveYearQuota } from './cadre.ts';
import { type Day, daysBetween, yearOf } from './day.ts';
import type { Content, HourEntry } from './hours.ts';
import type { Policy } from './policy.ts';
import { hoursWithin, noContent, theoryShareOf } from './totals.ts';

/** Where a person stands on a day (三.5). Hours are hundredths. */
export interface FiveYearProgress extends QuotaLine {
  cycle: { from: Day; to: Day };
  /** Whether the five-year quota is asked of the person; without it quota, pace and what is missing are 0. */
  counted: boolean;
  /** The quota was reduced because of an appointment inside the cycle. */
  proRata: boolean;
  /** Approved within the cycle, trainings that ended by the day. */
  earned: number;
  /** Submitted and not decided. */
  pending: number;
  behindBy: number;
  /** Behind by more than the tolerance: only then is anybody reminded or listed. */
  lagging: boolean;
  missing: number;
  /** Months until the cycle's end, the current one included. */
  monthsLeft: number;
  neededPerMonth: number;
  reached: boolean;
  /** The calendar year; `pace` is the yearly pace line, or the yearly quota of those without a five-year quota. */
  year: { year: number; earned: number; pace: number };
  byContent: Record<Content, number>;
  /** Percent, for information; null without hours. */
  theoryShare: number | null;
  /** `missedYear` is the year before, when it passed without the training that was asked of the person, or null. */
  professional: { year: number; count: number; required: number; missedYear: number | null };
}

/** Calendar months from the month of `from` to the month of `to`, both included; 0 when `to` is in an earlier month. */
function monthsFrom(from: Day, to: Day): number {
  const index = (day: Day) => yearOf(day) * 12 + Number(day.slice(5, 7));
  return Math.max(0, index(to) - index(from) + 1);
}

/** What is asked of a person within the cycle, and how far the pace line towards it has come on a day. */
export interface QuotaLine {
  quota: number;
  /** The days over which the line climbs evenly from 0 to the quota. */
  pace: { from: Day; to: Day };
  /** Where it stands when `asOf` is over, cut to whole hours: a line to look at, not a sum. */
  paceNow: number;
}

/**
 * The quota of a person: 0 without a five-year quota; for somebody appointed inside the cycle the part of it that the
 * months from the appointment's (included) to the cycle's end make, rounded up to whole hours. The line begins on the
 * day of the appointment.
 */
export function quotaLine(cadre: Pick<Cadre, 'grade' | 'appointedOn'>, policy: Policy, asOf: Day): QuotaLine {
  const { from, to } = policy.cycle;
  const appointedOn = policy.proRata ? cadre.appointedOn : null;
  const pace = { from: appointedOn !== null && appointedOn > from ? appointedOn : from, to };
  const months = monthsFrom(pace.from, to);
  const all = monthsFrom(from, to);
  const whole = hasFiveYearQuota(cadre) ? policy.fiveYearQuota : 0;
  const quota = months === all ? whole : Math.ceil((whole * months) / (all * 100)) * 100;
  const days = daysBetween(pace.from, to) + 1;
  const passed = Math.min(Math.max(0, daysBetween(pace.from, asOf) + 1), days);
  return { quota, pace, paceNow: days <= 0 ? quota : Math.floor((quota * passed) / (days * 100)) * 100 };
}

/**
 * Progress of one person on the day `asOf`: 处级干部 5 年内累计 550 以上学时, 每年至少 1 次专业化能力专题培训 (三.5).
 *
 * `entries` are the person's own, of any state; trainings that end after `asOf` do not count yet. Pro rata: the pace
 * line begins on the day of the appointment; trainings before it, but inside the cycle, still count as earned. A year
 * without its 专业化能力 training stays a debt of the year after: what makes up for it is the department's word.
 */
export function fiveYearProgress(
  cadre: Pick<Cadre, 'grade' | 'appointedOn'>,
  entries: readonly HourEntry[],
  policy: Policy,
  asOf: Day,
): FiveYearProgress {
  const { from, to } = policy.cycle;
  const counted = hasFiveYearQuota(cadre);
  const year = yearOf(asOf);
  const sums = sumUp(entries, policy, asOf);
  const { quota, pace, paceNow } = quotaLine(cadre, policy, asOf);
  const missing = Math.max(0, quota - sums.earned);
  const monthsLeft = monthsFrom(asOf < from ? from : asOf, to);
  const behindBy = Math.max(0, paceNow - sums.earned);
  const required = counted ? policy.professionalPerYear : 0;
  const wasAsked = cadre.appointedOn === null || yearOf(cadre.appointedOn) < year;
  return {
    cycle: { from, to },
    counted,
    quota,
    proRata: counted && quota !== policy.fiveYearQuota,
    earned: sums.earned,
    pending: sums.pending,
    pace,
    paceNow,
    behindBy,
    lagging: behindBy > policy.chasing.paceTolerance,
    missing,
    monthsLeft,
    neededPerMonth: Math.ceil(missing / (100 * Math.max(1, monthsLeft))) * 100,
    reached: counted && missing === 0,
    year: {
      year,
      earned: sums.thisYear,
      pace: counted ? policy.yearlyPace : policy.yearlyQuotaOther,
    },
    byContent: sums.byContent,
    theoryShare: theoryShareOf(sums.byContent),
    professional: {
      year,
      count: sums.professional,
      required,
      missedYear: wasAsked && sums.professionalBefore < required ? year - 1 : null,
    },
  };
}

/** Everything that progress asks of a person's entries, in one walk: lists do it for everybody. */
function sumUp(entries: readonly HourEntry[], { cycle }: Policy, asOf: Day) {
  const year = yearOf(asOf);
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const firstBefore = `${year - 1}-01-01`;
  const byContent = noContent();
  const sums = { earned: 0, pending: 0, thisYear: 0, professional: 0, professionalBefore: 0, byContent };
  for (const entry of entries) {
    const { to, state, content } = entry;
    if (to > asOf || (state !== 'approved' && state !== 'submitted')) continue;
    const hours = hoursWithin(entry, cycle.from, cycle.to);
    if (state === 'submitted') {
      sums.pending += hours;
      continue;
    }
    sums.earned += hours;
    byContent[content] += hours;
    if (to >= first) sums.thisYear += hoursWithin(entry, first, last);
    if (content !== 'professional') continue;
    if (to >= first) sums.professional += 1;
    else if (to >= firstBefore) sums.professionalBefore += 1;
  }
  return sums;
}
