import { z } from 'zod';
import { type Cadre, hasFiveYearQuota } from './cadre.ts';
import { defineCollection } from './collection.ts';
import { addMonths, type Day, dayOf, lastDayOf, type Month, monthOf, yearOf } from './day.ts';
import { contents, type HourEntry } from './hours.ts';
import type { Policy } from './policy.ts';
import { fiveYearProgress } from './progress.ts';
import type { Reflection } from './reflection.ts';
import { daySchema, instantSchema, monthSchema, staffNoSchema } from './schema.ts';
import { noContent, theoryShareOf } from './totals.ts';

/** A number and the 登记号 of the entries behind it. */
const entryFigureSchema = z.object({ value: z.number(), ids: z.array(z.number().int()) });
/** A number of people and their 工号; never shown in a group. */
const peopleFigureSchema = z.object({ value: z.number().int(), ids: z.array(staffNoSchema) });
/** Percent with one decimal, or null when there is nothing to compare with. */
const percentSchema = z.number().nullable();

/** Name under which units with too few people appear together. */
export const otherUnits = '其他单位';

/**
 * The figures of a monthly bulletin. They are about the active people with a five-year quota and about approved entries;
 * an entry belongs, with all its hours, to the month and year of its last day. Hours are hundredths.
 */
export const bulletinFiguresSchema = z.object({
  month: monthSchema,
  /** The day whose knowledge the figures show. */
  asOf: daySchema,
  /** 应训人数. */
  people: peopleFigureSchema,
  /** 参训人数 of the month. */
  participants: peopleFigureSchema,
  /** 参训人次 of the month. */
  attendances: entryFigureSchema,
  /** 学时 of the month, of the month before, and of the year so far; `change` is 环比, null when the last month has none. */
  hours: z.object({
    month: entryFigureSchema,
    lastMonth: entryFigureSchema,
    year: entryFigureSchema,
    change: percentSchema,
  }),
  /** 人均学时 over 应训人数. */
  average: z.object({ month: z.number().int(), year: z.number().int() }),
  /** 内容占比: hours of the year so far. */
  byContent: z.record(z.enum(contents), entryFigureSchema),
  theoryShare: percentSchema,
  /** On or above the pace line at the month's end; `rate` is 达标率. */
  onPace: peopleFigureSchema.extend({ rate: percentSchema }),
  /** Who has already reached the quota of the cycle. */
  reached: peopleFigureSchema.extend({ rate: percentSchema }),
  /** 体会 that fell due in the month, and those of them handed in; `rate` is 体会提交率. */
  reflections: z.object({ owed: entryFigureSchema, handedIn: entryFigureSchema, rate: percentSchema }),
  /** In the order of the roster; `ids` are the month's entries. */
  units: z.array(
    z.object({
      unit: z.string(),
      people: z.number().int(),
      hours: z.number().int(),
      average: z.number().int(),
      yearHours: z.number().int(),
      yearAverage: z.number().int(),
      ids: z.array(z.number().int()),
    }),
  ),
});
export type BulletinFigures = z.output<typeof bulletinFiguresSchema>;
export type UnitFigures = BulletinFigures['units'][number];

/** 月度通报. The head of the audit chain as it was before is printed on it. */
export const bulletinSchema = z.object({
  month: monthSchema,
  state: z.enum(['draft', 'released']),
  figures: bulletinFiguresSchema,
  createdAt: instantSchema,
  releasedAt: instantSchema.nullable(),
  releasedBy: staffNoSchema.nullable(),
  auditN: z.number().int().nonnegative(),
  auditHash16: z.string().length(16),
});
export type Bulletin = z.output<typeof bulletinSchema>;

export const bulletins = defineCollection({ name: 'bulletins', schema: bulletinSchema, key: ['month'] });

type EntryFigure = z.output<typeof entryFigureSchema>;

const emptyFigure = (): EntryFigure => ({ value: 0, ids: [] });

const sumHours = (entries: readonly HourEntry[]): EntryFigure => ({
  value: entries.reduce((sum, entry) => sum + entry.hours, 0),
  ids: entries.map((entry) => entry.id),
});

const countPeople = (ids: string[]) => ({ value: ids.length, ids });

/** Percent with one decimal, cut so that 100 and 70 are never shown for less. */
const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 1000) / whole) / 10;

const averageOf = (hours: number, people: number): number => (people === 0 ? 0 : Math.round(hours / people));

/** Units with fewer than `smallest` people come together as 其他单位, which swallows the next smallest while too small itself. */
function mergeSmall(units: readonly UnitFigures[], smallest: number): UnitFigures[] {
  const bySize = [...units].sort((a, b) => a.people - b.people);
  const merged = new Set<UnitFigures>();
  let people = 0;
  for (const unit of bySize) {
    if (unit.people >= smallest && (merged.size === 0 || people >= smallest)) break;
    merged.add(unit);
    people += unit.people;
  }
  if (merged.size === 0) return [...units];
  const rest = { unit: otherUnits, people, hours: 0, yearHours: 0, ids: [] as number[] };
  for (const unit of merged) {
    rest.hours += unit.hours;
    rest.yearHours += unit.yearHours;
    for (const id of unit.ids) rest.ids.push(id);
  }
  return [...units.filter((unit) => !merged.has(unit)), withAverages(rest)];
}

const withAverages = (unit: Omit<UnitFigures, 'average' | 'yearAverage'>): UnitFigures => ({
  unit: unit.unit,
  people: unit.people,
  hours: unit.hours,
  average: averageOf(unit.hours, unit.people),
  yearHours: unit.yearHours,
  yearAverage: averageOf(unit.yearHours, unit.people),
  ids: unit.ids,
});

/** The entries of each counted person. */
function groupByPerson(people: readonly Cadre[], entries: readonly HourEntry[], until: Day): Map<string, HourEntry[]> {
  const groups = new Map<string, HourEntry[]>(people.map((cadre) => [cadre.staffNo, []]));
  for (const entry of entries) {
    if (entry.state === 'approved' && entry.to <= until) groups.get(entry.staffNo)?.push(entry);
  }
  return groups;
}

function unitFigures(
  people: readonly Cadre[],
  monthEntries: ReadonlyMap<string, readonly HourEntry[]>,
  yearHours: ReadonlyMap<string, number>,
): UnitFigures[] {
  const units = new Map<string, Omit<UnitFigures, 'average' | 'yearAverage'>>();
  for (const { unit, staffNo } of people) {
    const row = units.get(unit) ?? { unit, people: 0, hours: 0, yearHours: 0, ids: [] };
    row.people += 1;
    for (const entry of monthEntries.get(staffNo) ?? []) {
      row.hours += entry.hours;
      row.ids.push(entry.id);
    }
    row.yearHours += yearHours.get(staffNo) ?? 0;
    units.set(unit, row);
  }
  return [...units.values()].map(withAverages);
}

function reflectionFigures(
  reflections: readonly Reflection[],
  counted: ReadonlySet<string>,
  month: Month,
  asOf: Day,
): BulletinFigures['reflections'] {
  const owed = emptyFigure();
  const handedIn = emptyFigure();
  for (const { entryId, staffNo, state, dueOn, handedInAt } of reflections) {
    if (monthOf(dueOn) !== month || state === 'waived' || !counted.has(staffNo)) continue;
    owed.ids.push(entryId);
    if (state !== 'returned' && handedInAt !== null && dayOf(handedInAt) <= asOf) handedIn.ids.push(entryId);
  }
  owed.value = owed.ids.length;
  handedIn.value = handedIn.ids.length;
  return { owed, handedIn, rate: percentOf(handedIn.value, owed.value) };
}

/**
 * The figures of the bulletin of `month`, as known on `asOf`. `entries` are those of the whole cycle until the month's
 * end and, for 环比, of the month before it. A month that is not over is counted, and measured against the pace line,
 * until `asOf`. Linear in people and entries.
 */
export function bulletinFigures(input: {
  readonly month: Month;
  readonly cadres: readonly Cadre[];
  readonly entries: readonly HourEntry[];
  readonly reflections: readonly Reflection[];
  readonly policy: Policy;
  readonly asOf: Day;
}): BulletinFigures {
  const { month, policy, asOf } = input;
  const monthEnd = lastDayOf(month);
  const until = asOf < monthEnd ? asOf : monthEnd;
  const year = yearOf(monthEnd);
  const lastMonth = addMonths(month, -1);
  const people = input.cadres.filter((cadre) => cadre.state === 'active' && hasFiveYearQuota(cadre));
  const byPerson = groupByPerson(people, input.entries, until);

  const monthEntries = new Map<string, HourEntry[]>();
  const yearHours = new Map<string, number>();
  const all = { month: [] as HourEntry[], lastMonth: [] as HourEntry[], year: [] as HourEntry[] };
  const onPace: string[] = [];
  const reached: string[] = [];
  for (const cadre of people) {
    const { staffNo } = cadre;
    const own = byPerson.get(staffNo) ?? [];
    const ownMonth: HourEntry[] = [];
    let ownYear = 0;
    for (const entry of own) {
      const ended = monthOf(entry.to);
      if (ended === month) ownMonth.push(entry);
      if (ended === lastMonth) all.lastMonth.push(entry);
      if (yearOf(entry.to) !== year) continue;
      all.year.push(entry);
      ownYear += entry.hours;
    }
    for (const entry of ownMonth) all.month.push(entry);
    if (ownMonth.length > 0) monthEntries.set(staffNo, ownMonth);
    yearHours.set(staffNo, ownYear);
    const progress = fiveYearProgress(cadre, own, policy, until);
    if (progress.behindBy === 0) onPace.push(staffNo);
    if (progress.reached) reached.push(staffNo);
  }

  const byContent = Object.fromEntries(contents.map((content) => [content, emptyFigure()])) as Record<
    (typeof contents)[number],
    EntryFigure
  >;
  const contentHours = noContent();
  for (const entry of all.year) {
    byContent[entry.content].value += entry.hours;
    byContent[entry.content].ids.push(entry.id);
    contentHours[entry.content] += entry.hours;
  }
  const hours = { month: sumHours(all.month), lastMonth: sumHours(all.lastMonth), year: sumHours(all.year) };
  const before = hours.lastMonth.value;
  return {
    month,
    asOf,
    people: countPeople(people.map((cadre) => cadre.staffNo)),
    participants: countPeople([...monthEntries.keys()]),
    attendances: { value: all.month.length, ids: hours.month.ids },
    hours: { ...hours, change: before === 0 ? null : Math.round(((hours.month.value - before) * 1000) / before) / 10 },
    average: {
      month: averageOf(hours.month.value, people.length),
      year: averageOf(hours.year.value, people.length),
    },
    byContent,
    theoryShare: theoryShareOf(contentHours),
    onPace: { ...countPeople(onPace), rate: percentOf(onPace.length, people.length) },
    reached: { ...countPeople(reached), rate: percentOf(reached.length, people.length) },
    reflections: reflectionFigures(input.reflections, new Set(yearHours.keys()), month, asOf),
    units: mergeSmall(unitFigures(people, monthEntries, yearHours), policy.smallestUnitShown),
  };
}
