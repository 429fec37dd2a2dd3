import { type Cadre, hasFiveYearQuota } from './cadre.ts';
import { type Day, daysBetween, yearOf } from './day.ts';
import { type Content, contents, type HourEntry } from './hours.ts';
import type { Policy } from './policy.ts';
import { hoursWithin, noContent, theoryShareOf } from './totals.ts';

/** What a person has done by a day, as the quota counts it. */
export interface Done {
  /** Hundredths approved within the cycle, of trainings that ended by the day. */
  readonly earned: number;
  /** Approved 专业化能力 trainings that ended in the day's year until then, and in the year before. */
  readonly professional: number;
  readonly professionalBefore: number;
}

/** Where a person stands on a day against what is asked (三.5). Hours are hundredths. */
export interface QuotaProgress extends QuotaLine {
  cycle: { from: Day; to: Day };
  /** Whether the five-year quota is asked of the person; without it quota, pace and what is missing are 0. */
  counted: boolean;
  /** The quota was reduced because of an appointment inside the cycle. */
  proRata: boolean;
  /** Approved within the cycle, trainings that ended by the day. */
  earned: number;
  behindBy: number;
  /** Behind by more than the tolerance: only then is anybody reminded or listed. */
  lagging: boolean;
  missing: number;
  /** Months until the cycle's end, the current one included. */
  monthsLeft: number;
  neededPerMonth: number;
  reached: boolean;
  /** The calendar year; `pace` is the yearly pace line, or the yearly quota of those without a five-year quota. */
  year: { year: number; pace: number };
  /** `missedYear` is the year before, when it passed without the training that was asked of the person, or null. */
  professional: { year: number; count: number; required: number; missedYear: number | null };
}

/** The same with what the person's own entries say besides. */
export interface FiveYearProgress extends QuotaProgress {
  /** Submitted and not decided. */
  pending: number;
  year: { year: number; earned: number; pace: number };
  byContent: Record<Content, number>;
  /** Percent, for information; null without hours. */
  theoryShare: number | null;
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
  const pace = { from: paceFrom(cadre, policy), to };
  const months = monthsFrom(pace.from, to);
  const all = monthsFrom(from, to);
  const whole = hasFiveYearQuota(cadre) ? policy.fiveYearQuota : 0;
  const quota = months === all ? whole : Math.ceil((whole * months) / (all * 100)) * 100;
  const days = daysBetween(pace.from, to) + 1;
  const passed = Math.min(Math.max(0, daysBetween(pace.from, asOf) + 1), days);
  return { quota, pace, paceNow: days <= 0 ? quota : Math.floor((quota * passed) / (days * 100)) * 100 };
}

function paceFrom({ appointedOn }: Pick<Cadre, 'appointedOn'>, { cycle: { from }, proRata }: Policy): Day {
  return proRata && appointedOn !== null && appointedOn > from ? appointedOn : from;
}

/** The same for many people, of whom most share a line: each is worked out once. */
export function quotaLines(policy: Policy, asOf: Day): (cadre: Pick<Cadre, 'grade' | 'appointedOn'>) => QuotaLine {
  const known = new Map<string, QuotaLine>();
  return (cadre) => {
    const begin = paceFrom(cadre, policy);
    const name = hasFiveYearQuota(cadre) ? begin : `${begin} without quota`;
    const line = known.get(name) ?? quotaLine(cadre, policy, asOf);
    known.set(name, line);
    return line;
  };
}

/**
 * Progress of a person on the day `asOf` (三.5), from what the own trainings come to. Pro rata: the pace line begins on
 * the day of the appointment; trainings before it, but inside the cycle, still count as earned. A year without its
 * 专业化能力 training stays a debt of the year after: what makes up for it is the department's word.
 */
export function quotaProgress(
  cadre: Pick<Cadre, 'grade' | 'appointedOn'>,
  { earned, professional, professionalBefore }: Done,
  policy: Policy,
  asOf: Day,
  { quota, pace, paceNow }: QuotaLine = quotaLine(cadre, policy, asOf),
): QuotaProgress {
  const { from, to } = policy.cycle;
  const counted = hasFiveYearQuota(cadre);
  const year = yearOf(asOf);
  const missing = Math.max(0, quota - earned);
  const monthsLeft = monthsFrom(asOf < from ? from : asOf, to);
  const behindBy = Math.max(0, paceNow - earned);
  const required = counted ? policy.professionalPerYear : 0;
  const wasAsked = cadre.appointedOn === null || yearOf(cadre.appointedOn) < year;
  return {
    cycle: { from, to },
    counted,
    quota,
    proRata: counted && quota !== policy.fiveYearQuota,
    earned,
    pace,
    paceNow,
    behindBy,
    lagging: behindBy > policy.chasing.paceTolerance,
    missing,
    monthsLeft,
    neededPerMonth: Math.ceil(missing / (100 * Math.max(1, monthsLeft))) * 100,
    reached: counted && missing === 0,
    year: { year, pace: counted ? policy.yearlyPace : policy.yearlyQuotaOther },
    professional: {
      year,
      count: professional,
      required,
      missedYear: wasAsked && professionalBefore < required ? year - 1 : null,
    },
  };
}

/**
 * Progress of one person on the day `asOf`: 处级干部 5 年内累计 550 以上学时, 每年至少 1 次专业化能力专题培训 (三.5).
 * `entries` are the person's own, of any state; trainings that end after `asOf` do not count yet.
 */
export function fiveYearProgress(
  cadre: Pick<Cadre, 'grade' | 'appointedOn'>,
  entries: readonly HourEntry[],
  policy: Policy,
  asOf: Day,
): FiveYearProgress {
  const { cycle } = policy;
  const year = yearOf(asOf);
  const byContent = noContent();
  let [pending, thisYear, professional, professionalBefore] = [0, 0, 0, 0];
  for (const entry of entries) {
    const { to, state, content } = entry;
    if (to > asOf) continue;
    if (state === 'submitted') pending += hoursWithin(entry, cycle.from, cycle.to);
    if (state !== 'approved') continue;
    byContent[content] += hoursWithin(entry, cycle.from, cycle.to);
    thisYear += hoursWithin(entry, `${year}-01-01`, `${year}-12-31`);
    if (content !== 'professional') continue;
    if (yearOf(to) === year) professional += 1;
    if (yearOf(to) === year - 1) professionalBefore += 1;
  }
  const earned = contents.reduce((sum, content) => sum + byContent[content], 0);
  const progress = quotaProgress(cadre, { earned, professional, professionalBefore }, policy, asOf);
  return {
    ...progress,
    pending,
    year: { ...progress.year, earned: thisYear },
    byContent,
    theoryShare: theoryShareOf(byContent),
  };
}
