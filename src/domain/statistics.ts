import { type Cadre, type Grade, grades, hasFiveYearQuota } from './cadre.ts';
import { type Day, daysBetween, yearOf } from './day.ts';
import { contents, forms, kinds } from './hours.ts';
import type { Policy } from './policy.ts';
import { quotaLine } from './progress.ts';
import { noContent, theoryShareOf } from './totals.ts';

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

/** What the trainings of a group come to: hundredths within the period, and those that ended in it. */
export type GroupSums = Pick<GroupFigures, 'hours' | 'attendances' | 'participants'>;

/** Sums of approved trainings within a period, by 工号, by content, and by the dimension's groups where it has its own. */
export interface PeriodSums {
  readonly byPerson: ReadonlyMap<string, GroupSums>;
  readonly byContent: ReadonlyMap<string, GroupSums>;
  readonly byGroup: ReadonlyMap<string, GroupSums>;
}

const noSums: GroupSums = { hours: 0, attendances: 0, participants: 0 };

/**
 * Statistics of approved hours of `people` within a period. Hours are those that fall into the period by days, so that
 * adjoining periods add up; a training is attended when its last day lies in it. People are counted as they are on the
 * roster now, whatever unit they were in then.
 */
export function statisticsOf(
  people: readonly Cadre[],
  dimension: Dimension,
  period: Period,
  { byPerson, byContent, byGroup }: PeriodSums,
): Statistics {
  const perPerson = people.map(({ staffNo }) => byPerson.get(staffNo) ?? noSums);
  const groups =
    dimension === 'unit' || dimension === 'grade'
      ? groupPeople(people, perPerson, (cadre) => cadre[dimension])
      : new Map([...byGroup].map(([group, sums]) => [group, { ...sums, people: people.length }]));
  const hours = noContent();
  for (const content of contents) hours[content] = byContent.get(content)?.hours ?? 0;
  return {
    period,
    all: { group: '', ...(groupPeople(people, perPerson, () => '').get('') ?? { ...noSums, people: 0 }) },
    groups: namesOf(dimension, people, period).flatMap((group) => {
      const figures = groups.get(group);
      return figures === undefined || isEmpty(dimension, figures) ? [] : [{ group, ...figures }];
    }),
    theoryShare: theoryShareOf(hours),
    perPerson: perPerson.map((sums) => sums.hours),
  };
}

/** What people are divided by is there even without hours. */
const isEmpty = (dimension: Dimension, { hours, attendances }: GroupSums): boolean =>
  dimension !== 'unit' && dimension !== 'grade' && hours === 0 && attendances === 0;

/** What the people of each group have done together; everybody belongs to one. */
function groupPeople(
  people: readonly Cadre[],
  sums: readonly GroupSums[],
  nameOf: (cadre: Cadre) => string,
): Map<string, Omit<GroupFigures, 'group'>> {
  const groups = new Map<string, { people: number; participants: number; attendances: number; hours: number }>();
  for (const [number, cadre] of people.entries()) {
    const name = nameOf(cadre);
    const figures = groups.get(name) ?? { people: 0, participants: 0, attendances: 0, hours: 0 };
    const { hours, attendances } = sums[number] ?? noSums;
    figures.people += 1;
    figures.hours += hours;
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
