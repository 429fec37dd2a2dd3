import { type Cadre, type Grade, grades } from './cadre.ts';
import { type Day, daysBetween, yearOf } from './day.ts';
import { contents, forms, type HourEntry, kinds } from './hours.ts';
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
}

interface Tally {
  people: number;
  participants: number;
  attendances: number;
  hours: number;
  /** By the number of a person: 1 when counted among the participants. */
  readonly seen: Uint8Array;
}

const figuresOf = (group: string, { people, participants, attendances, hours }: Tally): GroupFigures => ({
  group,
  people,
  participants,
  attendances,
  hours,
});

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
  const emptyTally = (): Tally => ({
    people: 0,
    participants: 0,
    attendances: 0,
    hours: 0,
    seen: new Uint8Array(people.length),
  });
  const all = { ...emptyTally(), people: people.length };
  const byContent = noContent();
  const groups = new Map<string, Tally>();
  const groupOf = (name: string): Tally => {
    let tally = groups.get(name);
    if (tally === undefined) {
      tally = emptyTally();
      groups.set(name, tally);
    }
    return tally;
  };
  for (const name of namesOf(dimension, people, period)) groupOf(name);
  for (const cadre of people) {
    if (dimension === 'unit' || dimension === 'grade') groupOf(cadre[dimension]).people += 1;
  }
  const isPersonal = dimension === 'unit' || dimension === 'grade';
  if (!isPersonal) for (const tally of groups.values()) tally.people = people.length;

  const count = (tally: Tally, number: number, hours: number, ended: boolean): void => {
    tally.hours += hours;
    if (!ended) return;
    tally.attendances += 1;
    if (tally.seen[number] === 1) return;
    tally.seen[number] = 1;
    tally.participants += 1;
  };

  return {
    add: (entry) => {
      if (entry.state !== 'approved' || entry.to < from || entry.from > to) return;
      const number = numbers.get(entry.staffNo);
      const cadre = number === undefined ? undefined : people[number];
      if (number === undefined || cadre === undefined) return;
      const hours = hoursWithin(entry, from, to);
      const ended = entry.to <= to;
      if (hours === 0 && !ended) return;
      count(all, number, hours, ended);
      byContent[entry.content] += hours;
      if (dimension === 'year') {
        for (const { year } of entry.shares) {
          const part = hoursWithin(entry, later(from, `${year}-01-01`), earlier(to, `${year}-12-31`));
          const endedThen = ended && yearOf(entry.to) === year;
          if (part > 0 || endedThen) count(groupOf(String(year)), number, part, endedThen);
        }
        return;
      }
      const name = dimension === 'unit' || dimension === 'grade' ? cadre[dimension] : entry[dimension];
      count(groupOf(name), number, hours, ended);
    },
    result: () => ({
      period,
      all: figuresOf('', all),
      groups: [...groups]
        .filter(([, tally]) => isPersonal || tally.hours > 0 || tally.attendances > 0)
        .map(([name, tally]) => figuresOf(name, tally))
        .filter(({ people: size }) => !isPersonal || size > 0),
      theoryShare: theoryShareOf(byContent),
    }),
  };
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

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
      return Array.from({ length: Math.min(yearOf(to) - yearOf(from) + 1, 100) }, (_, i) => String(yearOf(from) + i));
  }
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
