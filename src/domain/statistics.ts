import { type Cadre, type Grade, grades, hasFiveYearQuota } from './cadre.ts';
import { type Day, daysBetween, yearOf } from './day.ts';
import { contents, forms, kinds } from './hours.ts';
import { percentOf } from './percent.ts';
import type { Policy } from './policy.ts';
import { quotaLines } from './progress.ts';
import { theoryContents } from './totals.ts';

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

/** A part of people's trainings, which is added up by itself. */
export interface Part {
  readonly period: Period;
  /** Only those with one of some values. */
  readonly only?: { readonly field: 'content' | 'kind' | 'form'; readonly in: readonly string[] };
  /** How many they are is asked for and not their hours. */
  readonly isCounted?: true;
}

/** What the trainings of people come to, part by part, in lists with a place for each person. */
export interface PartSums {
  /** 工号 → place; whoever has none at all is not there. */
  readonly places: ReadonlyMap<string, number>;
  /** Hundredths within the days of each part; of one that is counted nobody's. */
  readonly hours: readonly (readonly number[])[];
  /** How many ended in them. */
  readonly attendances: readonly (readonly number[])[];
}

/** What a person has of one part. */
export const partOf = (list: readonly number[] | undefined, place: number | undefined): number =>
  place === undefined ? 0 : (list?.[place] ?? 0);

/** A group that is a part of everybody's trainings, as a unit or a grade is not. */
interface GroupPart {
  readonly group: string;
  readonly part: Part;
}

/** The groups of a dimension that are parts, in the order of the glossary or of time; years only until `asOf`. */
function groupParts(dimension: Dimension, period: Period, asOf: Day): GroupPart[] {
  switch (dimension) {
    case 'unit':
    case 'grade':
      return [];
    case 'year':
      return yearsOf(period)
        .map((year) => ({ group: year, part: { period: yearWithin(period, year) } }))
        .filter(({ part }) => part.period.from <= asOf);
    default:
      return { content: contents, kind: kinds, form: forms }[dimension].map((group) => ({
        group,
        part: { period, only: { field: dimension, in: [group] } },
      }));
  }
}

const yearsOf = ({ from, to }: Period): string[] =>
  Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, i) => String(yearOf(from) + i));

/** What of a year lies in a period. */
export function yearWithin({ from, to }: Period, year: string): Period {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return { from: from > first ? from : first, to: to < last ? to : last };
}

/** Everybody of whom lists know what statistics divide by. */
type Counted = Pick<Cadre, 'staffNo' | 'unit' | 'grade'>;

/**
 * Statistics of approved hours within a period, by some dimensions, from what each person's trainings that ended by
 * `asOf` come to in the `parts`. Hours are those that fall into the period by days, so that adjoining periods add up; a
 * training is attended when its last day lies in it. People are counted as they are on the roster now, whatever unit
 * they were in then.
 */
export function planStatistics(
  by: readonly Dimension[],
  period: Period,
  asOf: Day,
): {
  readonly parts: readonly Part[];
  readonly count: (people: readonly Counted[], sums: PartSums) => Statistics[];
} {
  const dimensions = by.map((dimension) => ({ dimension, own: groupParts(dimension, period, asOf) }));
  const theory: Part = { period, only: { field: 'content', in: theoryContents } };
  const parts = [{ period }, theory, ...dimensions.flatMap(({ own }) => own.map(({ part }) => part))];
  return {
    parts,
    count: (people, sums) => {
      const places = people.map(({ staffNo }) => sums.places.get(staffNo));
      const all = addUp('', places, sums);
      const theoryShare = percentOf(addUp('', places, sums, parts.indexOf(theory)).hours, all.hours);
      const perPerson = places.map((place) => partOf(sums.hours[0], place));
      return dimensions.map(({ dimension, own }) => ({
        period,
        all,
        groups:
          dimension === 'unit' || dimension === 'grade'
            ? groupPeople(people, places, sums, dimension)
            : own
                .map(({ group, part }) => addUp(group, places, sums, parts.indexOf(part)))
                .filter(({ hours, attendances }) => hours !== 0 || attendances !== 0),
        theoryShare,
        perPerson,
      }));
    },
  };
}

type Places = readonly (number | undefined)[];

/** What the people at some places have done together in one part; without another in the whole. */
function addUp(group: string, places: Places, { hours, attendances }: PartSums, part = 0): GroupFigures {
  const figures = { group, people: places.length, participants: 0, attendances: 0, hours: 0 };
  const [ofHours, ofAttendances] = [hours[part], attendances[part]];
  for (const place of places) {
    const count = partOf(ofAttendances, place);
    figures.hours += partOf(ofHours, place);
    figures.attendances += count;
    if (count > 0) figures.participants += 1;
  }
  return figures;
}

/** The groups that people are divided by, which are there even without hours; everybody belongs to one. */
function groupPeople(
  people: readonly Counted[],
  places: Places,
  sums: PartSums,
  dimension: 'unit' | 'grade',
): GroupFigures[] {
  const groups = new Map<string, (number | undefined)[]>();
  for (const [number, { [dimension]: name }] of people.entries()) {
    const group = groups.get(name) ?? [];
    group.push(places[number]);
    groups.set(name, group);
  }
  const names = dimension === 'unit' ? [...groups.keys()] : grades.filter((grade) => groups.has(grade));
  return names.map((name) => addUp(name, groups.get(name) ?? [], sums));
}

/**
 * How many of the people with a five-year quota are on the pace line, and have reached the quota, on a day. `earned`
 * are the hundredths of each within the cycle, of trainings that ended by the day.
 */
export function standingOf(
  people: readonly Pick<Cadre, 'grade' | 'appointedOn'>[],
  earned: readonly number[],
  policy: Policy,
  asOf: Day,
): { counted: number; onPace: number; reached: number } {
  const lineOf = quotaLines(policy, asOf);
  const standing = { counted: 0, onPace: 0, reached: 0 };
  for (const [number, cadre] of people.entries()) {
    if (!hasFiveYearQuota(cadre)) continue;
    const hours = earned[number] ?? 0;
    const { quota, paceNow } = lineOf(cadre);
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

/** Whether somebody active is meant; `youngTalent` is asked for only with `young`. */
export const isWanted = (
  cadre: Pick<Cadre, 'unit' | 'grade'> & Partial<Pick<Cadre, 'youngTalent'>>,
  { unit, grade, young, everybody }: PeopleFilter,
): boolean =>
  (everybody === true || grade === 'other' || cadre.grade !== 'other') &&
  (unit === undefined || cadre.unit === unit) &&
  (grade === undefined || cadre.grade === grade) &&
  (young !== true || cadre.youngTalent === true);

/** Whether a period is one that somebody may mean: it has days, and not more than a century. */
export const isPeriod = ({ from, to }: Period): boolean => from <= to && daysBetween(from, to) < 36_600;
