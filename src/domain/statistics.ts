import { type Cadre, type Grade, grades, hasFiveYearQuota } from './cadre.ts';
import { type Day, daysBetween, yearOf } from './day.ts';
import { contents, forms, type HourEntry, kinds } from './hours.ts';
import type { Policy } from './policy.ts';
import { quotaLine } from './progress.ts';
import { hoursWithin, noContent, theoryShareOf } from './totals.ts';

/** By what 统计 divides hours: 单位, 内容, 类别, 方式, 职级, 年度. */
export const dimensions = ['unit', 'content', 'kind', 'form', 'grade', 'year'] as const;
export type Dimension = (typeof dimensions)[number];

/** The days that are looked at, both ends included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** One group of a dimension, or the whole. Hours are hundredths. */
export interface GroupFigures {
  /** A unit's name, an identifier of the glossary, or a year. */
  readonly group: string;
  /** 应训: people who belong to the group; for content, kind, form and year everybody. */
  readonly people: number;
  /** 参训人数: those with at least one training of the group that ended in the period. */
  readonly participants: number;
  /** 参训人次: trainings that ended in the period. */
  readonly attendances: number;
  readonly hours: number;
}

export interface Statistics {
  readonly period: Period;
  readonly all: GroupFigures;
  /** In the order of the roster, of the glossary or of time; groups without anything are left out, but not units. */
  readonly groups: readonly GroupFigures[];
  /** Percent of 理论教育 and 党性教育 among the hours; null without hours. */
  readonly theoryShare: number | null;
  /** Hundredths of each of the people, in their order. */
  readonly perPerson: readonly number[];
}

type Figures = { -readonly [K in Exclude<keyof GroupFigures, 'group'>]: GroupFigures[K] };

const noFigures = (people = 0): Figures => ({ people, participants: 0, attendances: 0, hours: 0 });

/** A group of trainings; `seen` is 1 at the number of each person who is counted among its participants. */
interface Tally {
  readonly figures: Figures;
  readonly seen: Uint8Array;
}

/** Figures that are fed entry by entry, in any order, so that the caller decides how many at a time. */
export interface StatisticsTally {
  /** Entries of others, and those not approved, count for nothing. */
  add(entry: HourEntry): void;
  result(): Statistics;
}

/**
 * Statistics of approved hours of `people` within a period. Hours are those that fall into the period by days, so that
 * adjoining periods add up; a training is attended when its last day lies in it. People are counted as they are on the
 * roster now, whatever unit they were in then.
 */
export function tallyStatistics(people: readonly Cadre[], dimension: Dimension, period: Period): StatisticsTally {
  const { from, to } = period;
  const numbers = new Map(people.map(({ staffNo }, number) => [staffNo, number]));
  const hoursOf = people.map(() => 0);
  const attendancesOf = people.map(() => 0);
  const byContent = noContent();
  const tallies = new Map<string, Tally>();
  const count = (group: string, number: number, hours: number, ended: boolean): void => {
    let tally = tallies.get(group);
    if (tally === undefined) {
      tally = { figures: noFigures(people.length), seen: new Uint8Array(people.length) };
      tallies.set(group, tally);
    }
    const { figures, seen } = tally;
    figures.hours += hours;
    if (!ended) return;
    figures.attendances += 1;
    if (seen[number] === 1) return;
    seen[number] = 1;
    figures.participants += 1;
  };
  const countYears = (entry: HourEntry, number: number, hours: number, ended: boolean): void => {
    const { shares } = entry;
    for (const { year } of shares) {
      const part =
        shares.length === 1 ? hours : hoursWithin(entry, later(from, `${year}-01-01`), earlier(to, `${year}-12-31`));
      const endedThen = ended && (shares.length === 1 || yearOf(entry.to) === year);
      if (part > 0 || endedThen) count(String(year), number, part, endedThen);
    }
  };

  return {
    add: (entry) => {
      if (entry.state !== 'approved' || entry.to < from || entry.from > to) return;
      const number = numbers.get(entry.staffNo);
      if (number === undefined) return;
      const ended = entry.to <= to;
      const hours = hoursWithin(entry, from, to);
      if (hours === 0 && !ended) return;
      hoursOf[number] = (hoursOf[number] ?? 0) + hours;
      if (ended) attendancesOf[number] = (attendancesOf[number] ?? 0) + 1;
      byContent[entry.content] += hours;
      if (dimension === 'year') countYears(entry, number, hours, ended);
      else if (dimension !== 'unit' && dimension !== 'grade') count(entry[dimension], number, hours, ended);
    },
    result: () => {
      const grouped = (nameOf: (cadre: Cadre) => string) => groupPeople(people, nameOf, hoursOf, attendancesOf);
      const figuresOf =
        dimension === 'unit' || dimension === 'grade'
          ? grouped((cadre) => cadre[dimension])
          : new Map([...tallies].map(([group, { figures }]) => [group, figures]));
      return {
        period,
        all: { group: '', ...(grouped(() => '').get('') ?? noFigures()) },
        groups: namesOf(dimension, people, period).flatMap((group) => {
          const figures = figuresOf.get(group);
          return figures === undefined ? [] : [{ group, ...figures }];
        }),
        theoryShare: theoryShareOf(byContent),
        perPerson: hoursOf,
      };
    },
  };
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** What the people of each group have done together; everybody belongs to one. */
function groupPeople(
  people: readonly Cadre[],
  nameOf: (cadre: Cadre) => string,
  hoursOf: readonly number[],
  attendancesOf: readonly number[],
): Map<string, Figures> {
  const groups = new Map<string, Figures>();
  for (const [number, cadre] of people.entries()) {
    const name = nameOf(cadre);
    const figures = groups.get(name) ?? noFigures();
    const attendances = attendancesOf[number] ?? 0;
    figures.people += 1;
    figures.hours += hoursOf[number] ?? 0;
    figures.attendances += attendances;
    if (attendances > 0) figures.participants += 1;
    groups.set(name, figures);
  }
  return groups;
}

/** Every group that there can be, in its order. */
function namesOf(dimension: Dimension, people: readonly Cadre[], { from, to }: Period): readonly string[] {
  switch (dimension) {
    case 'unit':
      return [...new Set(people.map(({ unit }) => unit))];
    case 'content':
      return contents;
    case 'kind':
      return kinds;
    case 'form':
      return forms;
    case 'grade':
      return grades;
    case 'year':
      return Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, i) => String(yearOf(from) + i));
  }
}

/**
 * How many of the people with a five-year quota are on the pace line, and have reached the quota, on a day. `earned`
 * are the hundredths of each within the cycle, of trainings that ended by the day.
 */
export function standingOf(
  people: readonly Cadre[],
  earned: readonly number[],
  policy: Policy,
  asOf: Day,
): { counted: number; onPace: number; reached: number } {
  const standing = { counted: 0, onPace: 0, reached: 0 };
  for (const [number, cadre] of people.entries()) {
    if (!hasFiveYearQuota(cadre)) continue;
    const hours = earned[number] ?? 0;
    const { quota, paceNow } = quotaLine(cadre, policy, asOf);
    standing.counted += 1;
    if (hours >= paceNow) standing.onPace += 1;
    if (hours >= quota) standing.reached += 1;
  }
  return standing;
}

/** Whose hours are counted; without any wish everybody with a five-year quota, as in the bulletin. */
export interface PeopleFilter {
  readonly unit?: string | undefined;
  readonly grade?: Grade | undefined;
  /** 优秀年轻干部 only. */
  readonly young?: boolean | undefined;
  /** Also those without a five-year quota. */
  readonly everybody?: boolean | undefined;
}

export const isWanted = (cadre: Cadre, { unit, grade, young, everybody }: PeopleFilter): boolean =>
  cadre.state === 'active' &&
  (everybody === true || grade === 'other' || cadre.grade !== 'other') &&
  (unit === undefined || cadre.unit === unit) &&
  (grade === undefined || cadre.grade === grade) &&
  (young !== true || cadre.youngTalent);

/** Whether a period is one that somebody may mean: it has days, and not more than a century. */
export const isPeriod = ({ from, to }: Period): boolean => from <= to && daysBetween(from, to) < 36_600;
