import { z } from 'zod';
import { countAttendances } from './attended.ts';
import { hasFiveYearQuota, unitsOf } from './cadre.ts';
import { defineCollection } from './collection.ts';
import { comingTrainingSchema } from './coming-training.ts';
import { addMonths, type Day, dayOf, firstDayOf, lastDayOf, type Month, yearOf } from './day.ts';
import { type Content, contents, type HourEntry } from './hours.ts';
import { percentOf } from './percent.ts';
import type { Policy } from './policy.ts';
import { quotaLines } from './progress.ts';
import type { Reflection } from './reflection.ts';
import { daySchema, instantSchema, monthSchema, staffNoSchema } from './schema.ts';
import { theoryShareOf } from './totals.ts';
import {
  averageOf,
  type CountedCadre,
  mergeSmall,
  regroup,
  startUnit,
  type UnitSums,
  unitFiguresSchema,
  withAverages,
} from './unit-figures.ts';

export { leadingUnits, otherUnits } from './unit-figures.ts';

/** A number and the 登记号 of the entries behind it. */
const entryFigureSchema = z.object({ value: z.number(), ids: z.array(z.number().int()) });
/** A number of people and their 工号; never shown in a group. */
const peopleFigureSchema = z.object({ value: z.number().int(), ids: z.array(staffNoSchema) });
/** Percent with one decimal, or null when there is nothing to compare with. */
const percentSchema = z.number().nullable();
const contentFiguresSchema = z.record(z.enum(contents), entryFigureSchema);
const reflectionFiguresSchema = z.object({ owed: entryFigureSchema, handedIn: entryFigureSchema, rate: percentSchema });

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
  /** 参训人次 of the month: trainings attended, of which a class may have several entries. */
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
  byContent: contentFiguresSchema,
  theoryShare: percentSchema,
  /** On or above the pace line at the month's end; `rate` is 达标率. */
  onPace: peopleFigureSchema.extend({ rate: percentSchema }),
  /** Who has already reached the quota of the cycle. */
  reached: peopleFigureSchema.extend({ rate: percentSchema }),
  /** 体会 that fell due in the month before `asOf`, and those of them handed in; `rate` is 体会提交率. */
  reflections: reflectionFiguresSchema,
  /** In the order of the roster. */
  units: z.array(unitFiguresSchema),
  /** The other side of what stands above, year for month and month for year; absent in bulletins kept before it was counted. */
  more: z
    .object({
      yearParticipants: peopleFigureSchema,
      /** 参训人次 of the year; absent in bulletins kept before a class of several entries was counted once. */
      yearAttendances: z.number().int().optional(),
      monthContent: contentFiguresSchema,
      monthTheoryShare: percentSchema,
      yearReflections: reflectionFiguresSchema,
    })
    .optional(),
});
export type BulletinFigures = z.output<typeof bulletinFiguresSchema>;

/** A training that a bulletin announced. */
const announcedSchema = comingTrainingSchema.pick({ day: true, until: true, title: true, place: true, audience: true });

/** What a bulletin prints of the audit chain: its head as it was before. */
const printedSchema = z.object({ auditN: z.number().int().nonnegative(), auditHash16: z.string().length(16) });

/** 更正: the figures as they are from then on, by whom and why. */
const correctionSchema = printedSchema.extend({
  figures: bulletinFiguresSchema,
  at: instantSchema,
  by: staffNoSchema,
  why: z.string(),
});

/** 月度通报. What was released stays as it was; a correction stands behind it. */
export const bulletinSchema = z.object({
  month: monthSchema,
  state: z.enum(['draft', 'released']),
  figures: bulletinFiguresSchema,
  createdAt: instantSchema,
  releasedAt: instantSchema.nullable(),
  releasedBy: staffNoSchema.nullable(),
  ...printedSchema.shape,
  coming: z.array(announcedSchema).optional(),
  /** The groups that got it. */
  groups: z.array(z.object({ messenger: z.string(), id: z.string() })).optional(),
  corrections: z.array(correctionSchema).optional(),
});
export type Bulletin = z.output<typeof bulletinSchema>;

/** 参训人次 of the year; in bulletins kept before a class was counted once, its entries. */
export const yearAttendances = ({ more, hours }: Pick<BulletinFigures, 'more' | 'hours'>): number =>
  more?.yearAttendances ?? hours.year.ids.length;

/** The figures that hold, with the head of the chain printed under them. */
export const currentVersion = (bulletin: Bulletin): Pick<Bulletin, 'figures' | 'auditN' | 'auditHash16'> =>
  bulletin.corrections?.at(-1) ?? bulletin;

export const bulletins = defineCollection({ name: 'bulletins', schema: bulletinSchema, key: ['month'] });

type EntryFigure = z.output<typeof entryFigureSchema>;

const emptyFigure = (): EntryFigure => ({ value: 0, ids: [] });

/** What of a training the figures are made of. */
export const tallied = ['id', 'staffNo', 'to', 'hours', 'content', 'state', 'courseId'] as const;
type TalliedEntry = Pick<HourEntry, (typeof tallied)[number]>;

function addTo(figure: EntryFigure, entry: TalliedEntry): void {
  figure.value += entry.hours;
  figure.ids.push(entry.id);
}

const mapContents = <T>(of: (content: Content) => T): Record<Content, T> => ({
  theory: of('theory'),
  'party-spirit': of('party-spirit'),
  professional: of('professional'),
  knowledge: of('knowledge'),
});

function reflectionFigures(
  reflections: readonly Reflection[],
  counted: ReadonlyMap<string, unknown>,
  from: Day,
  to: Day,
  asOf: Day,
): BulletinFigures['reflections'] {
  const owed = emptyFigure();
  const handedIn = emptyFigure();
  for (const { entryId, staffNo, state, dueOn, handedInAt } of reflections) {
    if (dueOn < from || dueOn > to || dueOn >= asOf || state === 'waived' || !counted.has(staffNo)) continue;
    owed.ids.push(entryId);
    if (state !== 'returned' && handedInAt !== null && dayOf(handedInAt) <= asOf) handedIn.ids.push(entryId);
  }
  owed.value = owed.ids.length;
  handedIn.value = handedIn.ids.length;
  return { owed, handedIn, rate: percentOf(handedIn.value, owed.value) };
}

/** All that is kept of a counted person, of whom there may be a hundred thousand. */
interface CountedPerson {
  readonly unit: UnitSums;
  /** Whether anything was approved that ended in the month, and in the year. */
  inMonth: boolean;
  inYear: boolean;
  readonly onPace: boolean;
  readonly reached: boolean;
}

/** The days that the bulletin of a month is about, as known on `asOf`. */
export interface BulletinDays {
  readonly month: Month;
  readonly asOf: Day;
}

/** A month that is not over is counted, and measured against the pace line, until `asOf`. */
export const countedUntil = ({ month, asOf }: BulletinDays): Day => (asOf < lastDayOf(month) ? asOf : lastDayOf(month));

/** Figures that are fed training by training, in any order, so that nobody needs to hold them all. */
export interface BulletinTally {
  /** One that ended in the year until the month's end or, for 环比, in the month before; others count for nothing. */
  add(entry: TalliedEntry): void;
  /**
   * `reflections` are those due in the year until the month's end; `shownUnits` the units that an earlier version of
   * this month showed by themselves.
   */
  result(rest: {
    readonly reflections: readonly Reflection[];
    readonly shownUnits?: readonly string[];
  }): BulletinFigures;
}

/**
 * The figures of the bulletin of a month. `earned` is, by 工号, what was approved within the cycle of trainings that
 * ended by `countedUntil`. Linear in people and trainings.
 */
export function tallyBulletin(
  cadres: readonly CountedCadre[],
  earned: ReadonlyMap<string, number>,
  policy: Policy,
  { month, asOf }: BulletinDays,
): BulletinTally {
  const first = firstDayOf(month);
  const firstOfLast = firstDayOf(addMonths(month, -1));
  const firstOfYear = `${yearOf(first)}-01-01`;
  const until = countedUntil({ month, asOf });
  const lineOf = quotaLines(policy, until);
  const units = new Map(unitsOf(cadres).map((unit) => [unit, startUnit(unit)]));
  const people = new Map<string, CountedPerson>();
  for (const { staffNo, unit: name, ...cadre } of cadres) {
    const unit = units.get(name);
    if (unit === undefined || cadre.state !== 'active' || !hasFiveYearQuota(cadre)) continue;
    const { quota, paceNow } = lineOf(cadre);
    const done = earned.get(staffNo) ?? 0;
    unit.people += 1;
    people.set(staffNo, { unit, inMonth: false, inYear: false, onPace: done >= paceNow, reached: done >= quota });
  }
  const [inMonth, inYear] = [countAttendances(), countAttendances()];
  const hours = { month: emptyFigure(), lastMonth: emptyFigure(), year: emptyFigure() };
  const byContent = mapContents(emptyFigure);
  const monthContent = mapContents(emptyFigure);
  const add = (entry: TalliedEntry): void => {
    const { to } = entry;
    const person = people.get(entry.staffNo);
    if (person === undefined || entry.state !== 'approved' || to > until) return;
    const { unit } = person;
    if (to >= firstOfYear) {
      person.inYear = true;
      inYear.add(entry);
      unit.yearHours += entry.hours;
      unit.yearIds.push(entry.id);
      addTo(hours.year, entry);
      addTo(byContent[entry.content], entry);
    }
    if (to >= first) {
      person.inMonth = true;
      inMonth.add(entry);
      unit.hours += entry.hours;
      unit.ids.push(entry.id);
      addTo(hours.month, entry);
      addTo(monthContent[entry.content], entry);
    } else if (to >= firstOfLast) addTo(hours.lastMonth, entry);
  };
  const result: BulletinTally['result'] = ({ reflections, shownUnits }) => {
    const count = (having: (person: CountedPerson) => boolean) => {
      const ids: string[] = [];
      for (const [staffNo, person] of people) if (having(person)) ids.push(staffNo);
      return { value: ids.length, ids };
    };
    const rated = (figure: ReturnType<typeof count>) => ({ ...figure, rate: percentOf(figure.value, people.size) });
    const before = hours.lastMonth.value;
    const shown = [...units.values()].filter((unit) => unit.people > 0).map(withAverages);
    const smallest = policy.smallestUnitShown;
    return {
      month,
      asOf,
      people: count(() => true),
      participants: count((person) => person.inMonth),
      attendances: { value: inMonth.value, ids: hours.month.ids },
      hours: {
        ...hours,
        change: before === 0 ? null : Math.round(((hours.month.value - before) * 1000) / before) / 10,
      },
      average: {
        month: averageOf(hours.month.value, people.size),
        year: averageOf(hours.year.value, people.size),
      },
      byContent,
      theoryShare: theoryShareOf(mapContents((content) => byContent[content].value)),
      onPace: rated(count((person) => person.onPace)),
      reached: rated(count((person) => person.reached)),
      reflections: reflectionFigures(reflections, people, first, lastDayOf(month), asOf),
      units: shownUnits === undefined ? mergeSmall(shown, smallest) : regroup(shown, shownUnits, smallest),
      more: {
        yearParticipants: count((person) => person.inYear),
        yearAttendances: inYear.value,
        monthContent,
        monthTheoryShare: theoryShareOf(mapContents((content) => monthContent[content].value)),
        yearReflections: reflectionFigures(reflections, people, firstOfYear, lastDayOf(month), asOf),
      },
    };
  };
  return { add, result };
}
